//! Builds that are asked to end: the old output stays, and nothing is left lying around.

use crate::Form;
use crate::versions::Versions;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How a build ends that was interrupted: 128 and the number of SIGINT.
const INTERRUPTED: i32 = 130;

pub fn run(form: Form) -> String {
    let versions = Versions::new(form.of(40, 120));
    let tries = form.of(8, 60);
    let mut rows =
        "| signal | ended by it | exit code | old version after it | new |\n|---|---|---|---|---|".to_owned();
    for (signal, name, code) in
        [(Signal::SIGINT, "SIGINT", 130), (Signal::SIGTERM, "SIGTERM", 143), (Signal::SIGHUP, "SIGHUP", 129)]
    {
        let (mut old, mut new) = (0, 0);
        let whole = start_again(&versions);
        for i in 0..tries {
            // From the first moment to the last.
            let moment = whole.mul_f64(f64::from(i as u32) / f64::from(tries as u32));
            let what = format!("{name} after {moment:?}");
            let mut child =
                versions.site.command(&["build", "--quiet"]).stderr(Stdio::null()).spawn().expect("started");
            sleep(moment);
            let _ = kill(Pid::from_raw(i32::try_from(child.id()).expect("a process")), signal);
            let status = child.wait().expect("ended");
            // A shell shows both forms as the same number.
            let shown = status.code().or(status.signal().map(|s| 128 + s)).unwrap_or(-1);
            versions.expect_nothing_left(&what);
            // Before anything was written aside, the signal itself ends the program.
            let ended = shown == INTERRUPTED || shown == code;
            match versions.version() {
                Some(0) if ended => old += 1,
                Some(1) if ended => new += 1,
                Some(1) if shown == 0 => {}
                found => panic!("{what}: exit code {shown}, version {found:?}"),
            }
            if versions.version() == Some(1) {
                start_again(&versions);
            }
        }
        assert!(old > 0, "{name}: no build was stopped");
        versions.site.build(&["--quiet"]);
        versions.expect(1, "the build after all signals");
        rows.push_str(&format!(
            "\n| {name} | {} of {tries} | {INTERRUPTED} or {code} | {old} | {new} |",
            old + new
        ));
    }
    rows + "\n\nThe others were done before the signal came."
}

/// Publishes the first version and turns to the second; says how long a build takes.
fn start_again(versions: &Versions) -> Duration {
    versions.turn_to(0);
    versions.forget();
    let started = Instant::now();
    versions.site.build(&["--quiet"]);
    versions.expect(0, "the first version");
    let whole = started.elapsed();
    versions.turn_to(1);
    whole
}
