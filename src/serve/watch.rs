//! Waits for files to change and for the changes to settle.

use crate::console;
use crate::layout;
use notify::Watcher as _;
use notify::event::{AccessKind, AccessMode};
use notify::{Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// A save is settled when nothing more happens for this long: editors write, rename and touch in one breath.
const SETTLED: Duration = Duration::from_millis(6);
/// A checkout or a copy of many files goes on with short pauses, and is to be built once.
const SETTLED_MANY: Duration = Duration::from_millis(150);
const MANY: usize = 12;
/// Even when something never settles, the preview shows what there is.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often files are looked at where the system cannot tell of changes.
const POLL: Duration = Duration::from_millis(700);

/// Watches a site's folder.
///
/// notify's own debouncers wait a fixed time after each path; waiting for quiet, longer when much happens, makes
/// a save quick and a checkout one build.
pub struct Watcher {
    inner: Box<dyn notify::Watcher>,
    changes: Receiver<PathBuf>,
    sender: Sender<PathBuf>,
    root: PathBuf,
    followed: BTreeSet<PathBuf>,
    polling: bool,
    /// A folder that was watched whole may have gone or come back.
    unsure: bool,
}

impl Watcher {
    /// Begins to watch.
    pub fn start(root: &Path) -> notify::Result<Self> {
        let (sender, changes) = channel();
        let (inner, polling): (Box<dyn notify::Watcher>, bool) =
            match RecommendedWatcher::new(handler(sender.clone()), Config::default()) {
                Ok(inner) => (Box::new(inner), false),
                Err(error) => (Box::new(poll(&sender, &error)?), true),
            };
        let mut watcher = Self {
            inner,
            changes,
            sender,
            root: root.to_owned(),
            followed: BTreeSet::new(),
            polling,
            unsure: false,
        };
        watcher.watch_all()?;
        Ok(watcher)
    }

    /// Watches everything; falls back to polling where the system has no more watches to give.
    fn watch_all(&mut self) -> notify::Result<()> {
        let mut targets = vec![(self.root.clone(), RecursiveMode::NonRecursive)];
        targets.extend(
            [layout::CONTENT, layout::THEMES, layout::TEXTS]
                .map(|f| (self.root.join(f), RecursiveMode::Recursive)),
        );
        targets.extend(self.followed.iter().map(|f| (f.clone(), RecursiveMode::NonRecursive)));
        for (path, mode) in targets {
            if !path.exists() {
                continue;
            }
            match self.inner.watch(&path, mode) {
                Ok(()) => {}
                Err(error) if is_limit(&error) && !self.polling => {
                    self.polling = true;
                    self.inner = Box::new(poll(&self.sender, &error)?);
                    return self.watch_all();
                }
                // A folder may vanish between looking and watching; the folder above tells of its return.
                Err(_) if path != self.root => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Watches folders outside the site that links lead into, and folders that came back.
    pub fn follow(&mut self, linked: &BTreeSet<PathBuf>) {
        // Watching a folder again means walking all of it, so it is done only when there is a reason.
        if self.unsure || !linked.is_subset(&self.followed) {
            self.followed.extend(linked.iter().cloned());
            self.unsure = self.watch_all().is_err();
        }
    }

    /// Waits for changes and gives the paths that were touched.
    pub fn wait(&mut self) -> BTreeSet<PathBuf> {
        let mut touched: BTreeSet<PathBuf> = BTreeSet::new();
        // What came in while the last build ran belongs to something larger that is still going on.
        touched.extend(self.changes.try_iter());
        let busy = !touched.is_empty();
        // The sender lives as long as the watcher, so there is always someone to wait for.
        if !busy && let Ok(first) = self.changes.recv() {
            touched.insert(first);
        }
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let quiet = if busy || touched.len() > MANY { SETTLED_MANY } else { SETTLED };
            match self.changes.recv_timeout(quiet) {
                Ok(path) => drop(touched.insert(path)),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        self.unsure |= touched.iter().any(|path| path.parent() == Some(&self.root) || *path == self.root);
        touched
    }
}

/// A watcher that looks at the files itself, for a system that has nothing left to tell of changes with.
fn poll(sender: &Sender<PathBuf>, why: &notify::Error) -> notify::Result<PollWatcher> {
    console::complain(&format!(
        "warning: the system cannot tell of changes ({why}), so files are looked at every {} ms;\n\
         `sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=1024` raises its limits",
        POLL.as_millis()
    ));
    let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
    PollWatcher::new(handler(sender.clone()), config)
}

fn is_limit(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // ENOSPC: what inotify says when the limit is reached.
        ErrorKind::Io(error) => error.raw_os_error() == Some(28),
        _ => false,
    }
}

fn handler(sender: Sender<PathBuf>) -> impl Fn(notify::Result<Event>) + Send + 'static {
    move |event| {
        let Ok(event) = event else { return };
        let is_change = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
            EventKind::Access(_) => false,
            _ => true,
        };
        if is_change {
            for path in event.paths {
                let _ = sender.send(path);
            }
        }
    }
}
