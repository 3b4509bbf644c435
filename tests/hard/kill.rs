//! Builds that are killed: no file is torn, and the next build ends what the killed one began.

use crate::versions::Versions;
use crate::{Form, Random};
use std::fs;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

/// What became of the kills.
#[derive(Default)]
struct Tally {
    killed: usize,
    while_publishing: usize,
    without_memo: usize,
    /// The output was still the old version, whole; or already the new one; or some of each.
    old: usize,
    new: usize,
    between: usize,
    too_late: usize,
}

pub fn run(form: Form) -> String {
    let wanted = form.of(25, 500);
    let versions = Versions::new(form.of(40, 120));
    let mut random = Random(0x5EED);
    let mut tally = Tally::default();
    versions.turn_to(0);
    versions.site.build(&["--quiet"]);
    let mut published = 0;
    let whole = build_time(&versions);
    while tally.killed < wanted {
        assert!(tally.too_late < 4 * wanted, "builds end before they can be killed");
        let next = 1 - published;
        versions.turn_to(next);
        // Sometimes the build that would have ended what was begun is killed too.
        loop {
            kill_one(&versions, &mut random, whole, (published, next), &mut tally);
            if !random.is(0.2) {
                break;
            }
        }
        // And sometimes the author takes the change back before the next build.
        published = if random.is(0.25) { published } else { next };
        versions.turn_to(published);
        let what = format!("the build after {} kills", tally.killed);
        let ran = versions.site.run(&["build", "--quiet"]);
        assert_eq!(ran.code, 0, "{what}: {}", ran.stderr);
        versions.expect(published, &what);
    }
    let parts: Vec<String> = crate::tree::names(&versions.site.path(".guidepost"))
        .into_iter()
        .filter(|name| name.contains(".new"))
        .collect();
    assert!(parts.is_empty(), "left in the memo's folder: {parts:?}");
    format!(
        "| kills | while publishing | without a memo | old version after it | new | some files of each | torn files | mixed after the next build | left over |\n\
         |---|---|---|---|---|---|---|---|---|\n\
         | {} | {} | {} | {} | {} | {} | 0 | 0 | 0 |",
        tally.killed, tally.while_publishing, tally.without_memo, tally.old, tally.new, tally.between,
    )
}

/// How long a build of the other version takes.
fn build_time(versions: &Versions) -> Duration {
    let mut longest = Duration::ZERO;
    for version in [1, 0] {
        versions.turn_to(version);
        versions.forget();
        let started = Instant::now();
        versions.site.build(&["--quiet"]);
        longest = longest.max(started.elapsed());
        versions.expect(version, "before any kill");
    }
    longest
}

fn kill_one(
    versions: &Versions,
    random: &mut Random,
    whole: Duration,
    (old, new): (usize, usize),
    tally: &mut Tally,
) {
    let forget = random.is(0.5);
    if forget {
        versions.forget();
    }
    let publishing = random.is(0.5);
    let before = records(versions);
    let mut child =
        versions.site.command(&["build", "--quiet"]).stderr(Stdio::null()).spawn().expect("started");
    let share = random.share();
    if publishing {
        // The record of what is to be published is written before the first move.
        until_records_change(versions, before, &mut child);
        sleep(whole.mul_f64(share * 0.1));
    } else {
        sleep(whole.mul_f64(share * 1.05));
    }
    let ended = child.try_wait().expect("its state").is_some();
    child.kill().expect("killed");
    let status = child.wait().expect("ended");
    if ended || status.success() {
        tally.too_late += 1;
        return;
    }
    tally.killed += 1;
    tally.while_publishing += usize::from(publishing);
    tally.without_memo += usize::from(forget);
    versions.expect_whole_files(&format!("kill {}", tally.killed));
    match versions.version() {
        Some(version) if version == old => tally.old += 1,
        Some(version) if version == new => tally.new += 1,
        _ => tally.between += 1,
    }
}

fn records(versions: &Versions) -> Option<SystemTime> {
    fs::metadata(versions.site.path("output/.guidepost/manifest")).and_then(|m| m.modified()).ok()
}

fn until_records_change(versions: &Versions, before: Option<SystemTime>, child: &mut Child) {
    while records(versions) == before && child.try_wait().expect("its state").is_none() {
        sleep(Duration::from_micros(100));
    }
}
