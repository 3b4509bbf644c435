//! Calls into libraries that draw what authors write.
//!
//! They have asserts and indexing that an unlucky input can reach. Such a panic is a bug of theirs, but the author needs a
//! diagnostic with a place, and the other pages need to be built: so it is caught here, and nowhere else.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What a function gives, or nothing when it panics; its message is not printed. Nothing it changed may be used afterwards.
pub fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let outer = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !GUARDED.get() {
                outer(panic);
            }
        }));
    });
    let before = GUARDED.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(call));
    GUARDED.set(before);
    outcome.ok()
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_is_nothing() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| -> u8 { panic!("never printed") }), None);
        assert_eq!(guarded(|| 2), Some(2));
    }
}
