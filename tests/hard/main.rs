//! What has to hold when things go badly: kills, full disks, signals, two builds at once, hostile names.
//!
//! `cargo test --test hard` runs the short form. `cargo test --release --test hard -- --long` runs the long one and
//! writes `tests/hard/RESULTS.md`. Words after `--` choose checks by their names. All go through the real binary;
//! what is random has a fixed seed, though the moment of a kill is the machine's to choose.

mod disk;
#[path = "../suite/fixture.rs"]
#[allow(dead_code)] // the suite uses the rest
mod fixture;
mod kill;
mod names;
mod signals;
mod slow;
mod together;
mod tree;
mod versions;

use std::fmt::Write;
use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How much is tried.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For every run of the tests.
    Short,
    /// For the figures in `RESULTS.md`.
    Long,
}

impl Form {
    /// A number of tries.
    pub fn of(self, short: usize, long: usize) -> usize {
        if self == Self::Short { short } else { long }
    }
}

/// A check panics when something does not hold, and says its figures in Markdown otherwise.
type Check = (&'static str, fn(Form) -> String);

const CHECKS: &[Check] = &[
    ("kill", kill::run),
    ("disk", disk::run),
    ("signals", signals::run),
    ("together", together::run),
    ("slow", slow),
    ("names::line_breaks", names::line_breaks),
    ("names::aliases", names::aliases),
    ("names::settings", names::settings),
    ("names::manifests", names::manifests),
    ("names::records", names::records),
    ("names::links_in_the_output", names::links_in_the_output),
    ("names::lengths", names::lengths),
    ("names::one_place", names::one_place),
    ("names::schemes", names::schemes),
    ("names::control_characters", names::control_characters),
];

/// Inputs that once took minutes or gigabytes.
fn slow(form: Form) -> String {
    let rows = slow::run(form == Form::Short);
    let failures: Vec<String> = rows.iter().filter_map(slow::Row::failure).collect();
    let table: String = rows.iter().map(slow::Row::markdown).collect();
    assert!(failures.is_empty(), "{table}\n{}", failures.join("\n"));
    format!("{}{table}", slow::Row::HEADER)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // The program calls itself to be counted alone.
    if slow::measure(&arguments) {
        return ExitCode::SUCCESS;
    }
    let form = if arguments.iter().any(|a| a == "--long") { Form::Long } else { Form::Short };
    let chosen: Vec<&String> = arguments.iter().filter(|a| !a.starts_with('-')).collect();
    let (checks, filtered): (Vec<Check>, Vec<Check>) =
        CHECKS.iter().partition(|(name, _)| chosen.is_empty() || chosen.iter().any(|c| name.contains(*c)));
    if arguments.iter().any(|a| a == "--list") {
        for (name, _) in &checks {
            println!("{name}: test");
        }
        return ExitCode::SUCCESS;
    }

    println!("\nrunning {} tests", checks.len());
    let started = Instant::now();
    let mut results = String::new();
    let mut failed: Vec<&str> = Vec::new();
    for (name, check) in &checks {
        let began = Instant::now();
        if let Ok(figures) = catch_unwind(|| check(form)) {
            println!("test {name} ... ok ({})\n{figures}", seconds(began.elapsed()));
            let _ = writeln!(results, "## {name}\n\n{}\n", figures.trim());
        } else {
            println!("test {name} ... FAILED");
            failed.push(name);
        }
    }
    if form == Form::Long && failed.is_empty() && filtered.is_empty() {
        let file = fixture::project().join("tests/hard/RESULTS.md");
        std::fs::write(file, format!("{HEAD}{}\n", results.trim_end())).expect("results written");
    }
    let word = if failed.is_empty() { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {word}. {} passed; {} failed; 0 ignored; 0 measured; {} filtered out; finished in {}\n",
        checks.len() - failed.len(),
        failed.len(),
        filtered.len(),
        seconds(started.elapsed()),
    );
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

const HEAD: &str = "# What holds when things go badly

Written by `cargo test --release --test hard -- --long`; the short form runs with the other tests.

";

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// Numbers that look random and are the same in every run (xorshift64*).
pub struct Random(pub u64);

impl Random {
    /// A number from 0 to 1.
    #[allow(clippy::cast_precision_loss)]
    pub fn share(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True as often as `share` says.
    pub fn is(&mut self, share: f64) -> bool {
        self.share() < share
    }
}
