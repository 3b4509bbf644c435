//! Tells open pages of changes, over server-sent events (WHATWG HTML, section 9.2).

use super::served::Served;
use crate::source::Hash;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::time::Duration;

/// How often a silent connection is tried, so that one whose page is gone does not stay for ever.
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
        *self.version.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.bell.notify_all();
    }

    /// Writes events for one open page until its connection ends. `path` is the page's file; `seen` the hash of
    /// what the page shows.
    pub fn follow(&self, path: &str, mut seen: Option<Hash>, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "retry: 500\n\n")?;
        out.flush()?;
        let mut told: Option<Arc<str>> = None;
        let mut told_gone = false;
        let mut version = None;
        loop {
            if let Some(known) = version {
                let guard = self.version.lock().unwrap_or_else(PoisonError::into_inner);
                let (guard, wait) = self
                    .bell
                    .wait_timeout_while(guard, HEARTBEAT, |v| *v == known)
                    .unwrap_or_else(PoisonError::into_inner);
                drop(guard);
                if wait.timed_out() {
                    write!(out, ": still here\n\n")?;
                    out.flush()?;
                    continue;
                }
            }
            version = Some(*self.version.lock().unwrap_or_else(PoisonError::into_inner));
            let served = self.current();
            if served.problems != told {
                told.clone_from(&served.problems);
                event(out, "problems", told.as_deref().unwrap_or_default())?;
            }
            match served.files.get(path).map(|f| f.hash) {
                Some(hash) if seen == Some(hash) && !told_gone => {}
                Some(hash) => {
                    seen = Some(hash);
                    told_gone = false;
                    event(out, "page", &hash.short(32))?;
                }
                None if told_gone || served.files.is_empty() => {}
                None => {
                    told_gone = true;
                    event(out, "gone", path)?;
                }
            }
        }
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
