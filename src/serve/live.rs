//! Tells open pages of changes, over server-sent events (WHATWG HTML, section 9.2).
//!
//! A stream says the same to whoever follows it: that there is another build, and what is wrong with it. So one is
//! enough for all tabs of a browser (`worker.js`). Each page then asks for itself, naming what it shows (RFC 9110,
//! section 13.1.2), and is answered only when that changed.

use super::served::Served;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::time::Duration;

/// How often a silent connection is tried, so that one whose browser is gone does not stay forever.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// The site being served, and a bell that rings when another takes its place.
#[derive(Debug)]
pub struct Live {
    current: RwLock<Arc<Served>>,
    version: Mutex<u64>,
    bell: Condvar,
}

impl Live {
    /// Begins with a site.
    pub fn new(served: Served) -> Self {
        Self { current: RwLock::new(Arc::new(served)), version: Mutex::new(0), bell: Condvar::new() }
    }

    /// The site as it is now. Whoever holds it sees one build, whatever happens meanwhile.
    pub fn current(&self) -> Arc<Served> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another site in its place and tells all open pages.
    pub fn swap(&self, served: Served) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(served);
        let mut version = self.version.lock().unwrap_or_else(PoisonError::into_inner);
        *version = version.wrapping_add(1);
        drop(version);
        self.bell.notify_all();
    }

    /// Writes an event for the build as it is, and one for each that follows, until the connection ends. Its data
    /// are the build's problems.
    pub fn follow(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "retry: 500\n\n")?;
        let mut told = None;
        loop {
            if let Some(version) = self.after(told) {
                told = Some(version);
                event(out, "build", self.current().problems.as_deref().unwrap_or_default())?;
            } else {
                write!(out, ": still here\n\n")?;
                out.flush()?;
            }
        }
    }

    /// The version that follows a known one, or nothing when none comes for a while.
    fn after(&self, known: Option<u64>) -> Option<u64> {
        let version = self.version.lock().unwrap_or_else(PoisonError::into_inner);
        let (version, _) = self
            .bell
            .wait_timeout_while(version, HEARTBEAT, |v| Some(*v) == known)
            .unwrap_or_else(PoisonError::into_inner);
        Some(*version).filter(|v| Some(*v) != known)
    }
}

/// One event; each line of the data is a field of its own.
fn event(out: &mut dyn Write, name: &str, data: &str) -> io::Result<()> {
    writeln!(out, "event: {name}")?;
    for line in data.split('\n') {
        writeln!(out, "data: {line}")?;
    }
    writeln!(out)?;
    out.flush()
}
