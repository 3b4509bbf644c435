//! What the fuzzer begins with, and what it once broke something with: nothing breaks any more.

use crate::fixture::{files, project};

#[path = "../../fuzz/targets.rs"]
mod targets;

macro_rules! replay {
    ($($target:ident)+) => {$(
        #[test]
        fn $target() {
            let corpus = files(&project().join("fuzz/corpus").join(stringify!($target)));
            assert!(corpus.len() > 2, "there is a corpus");
            for file in corpus {
                println!("{}", file.display());
                targets::$target(&std::fs::read(file).expect("bytes"));
            }
        }
    )+};
}

replay! { front_matter address markdown framework configuration manifest memo code table }
