//! A disk that fills up: a build publishes all or nothing.
//!
//! The disk is a small one in memory. Where mounting is not permitted, files may only grow to some size instead,
//! which fails in the same places.

use crate::Form;
use crate::fixture::Ran;
use crate::tree::names;
use crate::versions::{Versions, published};
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// More than any version of the site needs, twice over.
const DISK: usize = 48 << 20;
const INODES: usize = 3000;

pub fn run(form: Form) -> String {
    let versions = Versions::new(form.of(12, 60));
    let steps = form.of(8, 85);
    let before = Before::new(&versions);
    let disk = Disk::new();
    let mut tally = Tally::default();
    for step in 0..steps {
        // Every fifth is a first build, and every seventh lacks room for names, not for bytes.
        let fresh = step % 5 == 4;
        let short_of = if disk.mounted && step % 7 == 6 { Short::Files } else { Short::Bytes };
        let share = share(step, steps);
        try_one(&versions, &before, &disk, (short_of, share, fresh), &mut tally);
    }
    assert!(tally.failed > 0 && tally.done > 0, "{} failed, {} were done", tally.failed, tally.done);
    let how = if disk.mounted {
        "A disk in memory with more and more room"
    } else {
        "Mounting is not permitted here, so instead of a full disk: files that may grow to more and more bytes"
    };
    format!(
        "{how}, in {steps} steps: {} builds failed with exit code 3 and left the old output as it was and nothing else, {} \
         published the whole new one. With room again, all published the whole new one.",
        tally.failed, tally.done
    )
}

#[derive(Default)]
struct Tally {
    failed: usize,
    done: usize,
}

/// What there is too little of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Short {
    Bytes,
    Files,
}

#[allow(clippy::cast_precision_loss)]
fn share(step: usize, steps: usize) -> f64 {
    step as f64 / (steps - 1) as f64
}

/// The old version published, the new one written: where each step begins.
struct Before {
    folder: PathBuf,
    /// What a build writes, at most.
    bytes: f64,
    files: f64,
}

impl Before {
    #[allow(clippy::cast_precision_loss)]
    fn new(versions: &Versions) -> Self {
        versions.turn_to(0);
        versions.site.build(&["--quiet"]);
        versions.turn_to(1);
        let all = crate::tree::tree(&versions.site.path("."));
        let size: usize = all
            .iter()
            .filter(|(path, _)| !path.starts_with("content/"))
            .map(|(_, bytes)| bytes.len().next_multiple_of(4096))
            .sum();
        Self { folder: versions.site.path("."), bytes: size as f64 * 1.1, files: all.len() as f64 * 1.1 }
    }
}

fn try_one(
    versions: &Versions,
    before: &Before,
    disk: &Disk,
    (short_of, share, fresh): (Short, f64, bool),
    tally: &mut Tally,
) {
    let what = format!("{short_of:?}, {share:.3} of what is needed, first build: {fresh}");
    disk.begin(&before.folder);
    let output = disk.site().join("output");
    if fresh {
        fs::remove_dir_all(&output).expect("removed");
    }
    let ran = match short_of {
        Short::Bytes => disk.run_with_bytes(versions, before.bytes * share),
        Short::Files => disk.run_with_files(versions, before.files * share),
    };
    let found = versions.which(&published(&output));
    match ran.code {
        0 => {
            assert_eq!(found, Some(1), "{what}: the build said it was done");
            tally.done += 1;
        }
        3 => {
            let untouched = if fresh { published(&output).is_empty() } else { found == Some(0) };
            assert!(untouched, "{what}: failed, and the output is not as it was: {}", ran.stderr);
            tally.failed += 1;
        }
        code => panic!("{what}: exit code {code}: {}", ran.stderr),
    }
    let left: Vec<String> = names(&output.join(".guidepost"))
        .into_iter()
        .filter(|name| !["manifest", "places", "lock"].contains(&name.as_str()))
        .collect();
    assert!(left.is_empty(), "{what}: left in output/.guidepost: {left:?}");
    let parts: Vec<String> =
        names(&disk.site().join(".guidepost")).into_iter().filter(|name| name.contains(".new")).collect();
    assert!(parts.is_empty(), "{what}: left in the memo's folder: {parts:?}");
    let ran = disk.run(versions);
    assert_eq!(ran.code, 0, "{what}: with room again: {}", ran.stderr);
    assert_eq!(versions.which(&published(&output)), Some(1), "{what}: with room again");
}

/// The small disk, gone when it is dropped.
struct Disk {
    folder: TempDir,
    mounted: bool,
}

impl Disk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the disk");
        let options = format!("size={DISK},nr_inodes={INODES}");
        let mounted = mount(
            Some("tmpfs"),
            folder.path(),
            Some("tmpfs"),
            MsFlags::MS_NOSUID | MsFlags::MS_NODEV,
            Some(options.as_str()),
        );
        Self { folder, mounted: mounted.is_ok() }
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Copies a site to the disk, with all times, so that its output counts as untouched.
    fn begin(&self, from: &Path) {
        let _ = fs::remove_dir_all(self.site());
        let copied = Command::new("cp").arg("-a").arg(from).arg(self.site()).status().expect("cp runs");
        assert!(copied.success(), "copied");
    }

    fn run(&self, versions: &Versions) -> Ran {
        versions.site.run(&["build", "--quiet", "--root", &self.site().to_string_lossy()])
    }

    fn run_with_bytes(&self, versions: &Versions, free: f64) -> Ran {
        if !self.mounted {
            // In blocks of 512 bytes; the largest file has 600,000.
            return self.run_with_limit(versions, free.min(700_000.0) as u64 / 512);
        }
        let cx = self.folder.path().join("cx");
        let mut file = File::create(&cx).expect("cx");
        let block = vec![1; 1 << 16];
        while file.write_all(&block).is_ok() {}
        let full = file.metadata().expect("its size").len();
        file.set_len(full.saturating_sub(free as u64)).expect("some room");
        let ran = self.run(versions);
        fs::remove_file(cx).expect("removed");
        ran
    }

    fn run_with_files(&self, versions: &Versions, free: f64) -> Ran {
        let cx = self.folder.path().join("fillers");
        fs::create_dir(&cx).expect("a folder");
        let mut names = Vec::new();
        loop {
            let name = cx.join(names.len().to_string());
            match File::create(&name) {
                Ok(_) => names.push(name),
                Err(error) if error.kind() == ErrorKind::StorageFull => break,
                Err(error) => panic!("cx: {error}"),
            }
        }
        names.iter().take(free as usize).for_each(|name| fs::remove_file(name).expect("some room"));
        let ran = self.run(versions);
        fs::remove_dir_all(cx).expect("removed");
        ran
    }

    /// Files may grow to some number of blocks; the signal about it is ignored, as the program would inherit it.
    fn run_with_limit(&self, versions: &Versions, blocks: u64) -> Ran {
        let build = versions.site.command(&["build", "--quiet", "--root", &self.site().to_string_lossy()]);
        let mut limited = Command::new("sh");
        limited
            .args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", &blocks.to_string()])
            .arg(build.get_program())
            .args(build.get_args())
            .current_dir(versions.site.path("."));
        for (key, value) in build.get_envs() {
            match value {
                Some(value) => limited.env(key, value),
                None => limited.env_remove(key),
            };
        }
        Ran::from(limited.output().expect("sh runs"))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if self.mounted {
            let _ = umount2(self.folder.path(), MntFlags::MNT_DETACH);
        }
    }
}
