//! Guidepost against its peers on the same Markdown: `cargo bench --bench peers [-- PAGES...] [--only NAME]`.
//!
//! Writes a seeded corpus (1,000 words a page, tables, code in six languages, links, tags, sections of 40 pages)
//! in each tool's layout, installs the peers into `target/peers`, and runs all in turn. Every run writes into a
//! folder of its own that did not exist before: file systems are slow where something was just deleted. Figures
//! are medians; processor time and memory are those the system counts for the whole process.

#![allow(clippy::cast_precision_loss)] // seconds and megabytes for people to read

mod corpus;

use corpus::{install_crate, install_hugo, install_python, write_corpus, write_framework};
use nix::sys::resource::{UsageWho, getrusage};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What one run cost.
#[derive(Clone, Copy, Default)]
struct Cost {
    wall: f64,
    cpu: f64,
    memory: f64,
}

/// How a program is called: with the corpus, and the folder to write into.
type Call<'a> = Box<dyn Fn(&Path, &Path) -> Command + 'a>;

/// A program to measure: its name, the most pages it is given, and how it is called.
struct Tool<'a> {
    name: &'static str,
    most: usize,
    command: Call<'a>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--measure", program, rest @ ..] => return measure(program, rest),
        ["--bare", from, to] => return bare(Path::new(from), Path::new(to)),
        _ => {}
    }
    let only = arguments.iter().position(|a| a == "--only").and_then(|i| arguments.get(i + 1)).cloned();
    let sizes: Vec<usize> = arguments.iter().filter_map(|a| a.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1000, 5000, 20_000] } else { sizes };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers");
    let hugo = install_hugo(&folder);
    let mdbook = install_crate(&folder, "mdbook", "0.5.4");
    let zensical = install_python(&folder, "zensical==0.0.73", "zensical");
    let guidepost = env!("CARGO_BIN_EXE_guidepost");
    let own = std::env::current_exe().expect("this program");

    let ours = |theme: &'static str| {
        move |root: &Path, to: &Path| {
            let site = root.join("guidepost");
            let _ = fs::remove_dir_all(site.join(".guidepost"));
            let config = fs::read_to_string(site.join("guidepost.toml")).expect("configuration");
            let lines: Vec<&str> = config.lines().filter(|l| !l.starts_with("theme =")).collect();
            fs::write(site.join("guidepost.toml"), format!("theme = \"{theme}\"\n{}\n", lines.join("\n")))
                .expect("configuration");
            let mut command = Command::new(guidepost);
            command.args(["build", "--quiet", "--output"]).arg(to).current_dir(site);
            command
        }
    };
    let tools = [
        Tool { name: "Guidepost", most: usize::MAX, command: Box::new(ours("small")) },
        Tool { name: "Guidepost, default theme", most: usize::MAX, command: Box::new(ours("default")) },
        Tool {
            name: "bare reader-writer",
            most: usize::MAX,
            command: Box::new(|root, to| {
                let mut command = Command::new(&own);
                command.arg("--bare").arg(root.join("guidepost/content")).arg(to);
                command
            }),
        },
        Tool {
            name: "Hugo 0.168.0",
            most: 5000,
            command: Box::new(|root, to| {
                let mut command = Command::new(&hugo);
                command
                    .args(["--quiet", "--noBuildLock", "--destination"])
                    .arg(to)
                    .current_dir(root.join("hugo"));
                command
            }),
        },
        Tool {
            name: "mdBook 0.5.4",
            most: 5000,
            command: Box::new(|root, to| {
                let mut command = Command::new(&mdbook);
                command.args(["build", "--dest-dir"]).arg(to).current_dir(root.join("mdbook"));
                command
            }),
        },
        Tool {
            name: "Zensical 0.0.73",
            most: 1000,
            command: Box::new(|root, to| {
                let site = root.join("zensical");
                // It writes below its own folder only.
                let name = format!("site-{}", to.file_name().unwrap_or_default().to_string_lossy());
                let config = format!("[project]\nsite_name = \"Corpus\"\nsite_dir = \"{name}\"\n");
                fs::write(site.join("zensical.toml"), config).expect("configuration");
                let _ = std::os::unix::fs::symlink(site.join(name), to);
                let _ = fs::remove_dir_all(site.join(".cache"));
                let mut command = Command::new(&zensical);
                command.args(["build", "--clean"]).current_dir(site);
                command
            }),
        },
    ];
    println!("| pages | | wall | CPU | peak memory | files | output | ratio |");
    println!("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for pages in sizes {
        let root = folder.join(format!("corpus-{pages}"));
        let _ = fs::remove_dir_all(&root);
        write_corpus(&root, pages);
        let chosen: Vec<&Tool> = tools
            .iter()
            .filter(|t| pages <= t.most && only.as_ref().is_none_or(|o| t.name.contains(o.as_str())))
            .collect();
        let runs = if pages > 1000 { 3 } else { 5 };
        let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); chosen.len()];
        let mut sizes = vec![(0, 0); chosen.len()];
        // In turn, so that what disturbs the machine disturbs all. A slow tool runs once; it will not be close.
        for run in 0..=runs {
            for (i, tool) in chosen.iter().enumerate() {
                if costs[i].first().is_some_and(|c| c.wall > 15.0) {
                    continue;
                }
                let to = folder.join("runs").join(format!("{pages}-{i}-{run}"));
                fs::create_dir_all(to.parent().expect("a folder")).expect("folder");
                let cost = cost((tool.command)(&root, &to));
                sizes[i] = weigh(&to);
                // The first run warms the disk's cache; of a slow tool it has to do.
                if run > 0 || cost.wall > 15.0 {
                    costs[i].push(cost);
                }
            }
        }
        let first = median(&costs[0]).wall;
        for (i, tool) in chosen.iter().enumerate() {
            let cost = median(&costs[i]);
            println!(
                "| {pages} | {} | {:.2} s | {:.2} s | {:.0} MB | {} | {:.0} MB | {:.1} |",
                tool.name,
                cost.wall,
                cost.cpu,
                cost.memory,
                sizes[i].0,
                sizes[i].1,
                cost.wall / first
            );
        }
        if only.is_none() {
            incremental(&root, pages, &folder);
        }
    }
    if only.is_none() {
        frameworks(&folder);
    }
    // Not before the runs: ext4 passes over what was deleted within the last minutes, at a cost to every new file.
    let _ = fs::remove_dir_all(folder.join("runs"));
}

/// What a build costs that begins where the last one ended.
fn incremental(root: &Path, pages: usize, folder: &Path) {
    let site = root.join("guidepost");
    let to = folder.join("runs").join(format!("{pages}-again"));
    let build = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
        command.args(["build", "--quiet", "--output"]).arg(&to).current_dir(&site);
        cost(command)
    };
    let _ = fs::remove_dir_all(site.join(".guidepost"));
    let full = build();
    build();
    let same: Vec<Cost> = (0..5).map(|_| build()).collect();
    let page = site.join("content/section-000/page-00002.md");
    let edited: Vec<Cost> = (0..5)
        .map(|i| {
            let text = fs::read_to_string(&page).expect("a page");
            fs::write(&page, format!("{text}\nEdit {i}.\n")).expect("written");
            build()
        })
        .collect();
    for (what, costs) in [("nothing changed", same), ("one page changed", edited)] {
        let cost = median(&costs);
        println!(
            "| {pages} | Guidepost, {what} | {:.2} s | {:.2} s | {:.0} MB | | | 1/{:.1} of a full build |",
            cost.wall,
            cost.cpu,
            cost.memory,
            full.wall / cost.wall
        );
    }
}

/// The framework side, where no peer exists.
fn frameworks(folder: &Path) {
    println!("\n| stages | aspects | cells | pages | wall | CPU | peak memory |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (stages, aspects) in [(5, 100), (5, 1000), (5, 5000), (10, 1000), (20, 1000)] {
        let root = folder.join(format!("framework-{stages}-{aspects}"));
        let _ = fs::remove_dir_all(&root);
        write_framework(&root, stages, aspects);
        let mut pages = 0;
        let costs: Vec<Cost> = (0..3)
            .map(|run| {
                let to = folder.join("runs").join(format!("f-{stages}-{aspects}-{run}"));
                let _ = fs::remove_dir_all(root.join(".guidepost"));
                let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
                command.args(["build", "--quiet", "--output"]).arg(&to).current_dir(&root);
                let cost = cost(command);
                pages = weigh(&to).0;
                cost
            })
            .collect();
        let cost = median(&costs);
        println!(
            "| {stages} | {aspects} | {} | {pages} files | {:.2} s | {:.2} s | {:.0} MB |",
            stages * aspects,
            cost.wall,
            cost.cpu,
            cost.memory
        );
    }
}

fn median(costs: &[Cost]) -> Cost {
    let of = |f: fn(&Cost) -> f64| {
        let mut all: Vec<f64> = costs.iter().map(f).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or_default()
    };
    Cost { wall: of(|c| c.wall), cpu: of(|c| c.cpu), memory: of(|c| c.memory) }
}

/// Runs a command within a process of its own, so that the system counts it alone.
fn cost(command: Command) -> Cost {
    let mut outer = Command::new(std::env::current_exe().expect("this program"));
    outer.arg("--measure").arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        outer.current_dir(folder);
    }
    let output = outer.stderr(Stdio::inherit()).output().expect("the program starts");
    assert!(output.status.success(), "{}", command.get_program().display());
    let text = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<f64> = text.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    Cost { wall: figures[0], cpu: figures[1], memory: figures[2] }
}

/// Runs a program and prints what it cost: seconds, seconds of all processors, megabytes.
fn measure(program: &str, arguments: &[&str]) {
    let started = Instant::now();
    let output = Command::new(program).args(arguments).output().expect("the program starts");
    let wall = started.elapsed().as_secs_f64();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("figures");
    let seconds = |t: nix::sys::time::TimeVal| t.tv_sec() as f64 + t.tv_usec() as f64 / 1e6;
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    println!("{wall} {cpu} {}", usage.max_rss() as f64 / 1024.0);
}

/// The least that any such program does: reads every file, turns it into HTML, and writes that.
fn bare(from: &Path, to: &Path) {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![from.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.par_iter().for_each(|file| {
        let text = fs::read_to_string(file).expect("text");
        let mut html = String::with_capacity(text.len() * 2);
        pulldown_cmark::html::push_html(
            &mut html,
            pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all()),
        );
        let folder = to.join(file.strip_prefix(from).expect("below").with_extension(""));
        fs::create_dir_all(&folder).expect("folder");
        fs::write(folder.join("index.html"), html).expect("written");
    });
}

/// How many files a folder holds, and how many megabytes.
fn weigh(folder: &Path) -> (usize, u64) {
    let mut sum = (0, 0);
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                sum.0 += 1;
                sum.1 += entry.metadata().map_or(0, |m| m.len());
            }
        }
    }
    (sum.0, sum.1 / 1_000_000)
}
