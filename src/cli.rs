//! The command line: one function a command, no logic of its own.

use crate::cache::Cache;
use crate::config::{self, Overrides};
use crate::diagnostics::report::{self, Format};
use crate::diagnostics::{Diagnostic, Severity};
use crate::layout;
use crate::pipeline::{self, Input, Memo, Outcome};
use crate::publish::{Failure, Publisher};
use crate::render::sink::Nowhere;
use crate::source::Source;
use crate::{output, scaffold, schema, serve};
use clap::{Args, CommandFactory, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Turns a folder of guides, maturity frameworks and playbooks into one cross-linked static site.
#[derive(Debug, Parser)]
#[command(name = "guidepost", version, arg_required_else_help = true, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site into its output folder
    Build(BuildArguments),
    /// Report everything that is wrong; write nothing
    Check(CheckArguments),
    /// Preview the site while editing it
    Serve {
        /// The site's folder
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// The port; the first free one from 3000 on when it is left out
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// The address to listen on; 127.0.0.1 when it is left out
        #[arg(long, value_name = "ADDR")]
        host: Option<String>,
        /// Open the browser
        #[arg(long)]
        open: bool,
        /// Include pages that are marked as drafts
        #[arg(long)]
        drafts: bool,
    },
    /// Start a site: a small, complete, working one
    Init {
        /// The folder to start it in
        #[arg(default_value = ".", value_name = "DIR")]
        folder: PathBuf,
    },
    /// Add a guide, a playbook, a framework or a dimension
    New {
        /// What to add
        kind: scaffold::Kind,
        /// Its title or its name
        name: String,
        /// The site's folder
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// The framework that gets a new dimension
        #[arg(long, value_name = "NAME")]
        framework: Option<String>,
    },
    /// Print the JSON Schema of a kind of file; of all kinds when none is named
    Schema {
        /// The kind of file
        kind: Option<schema::Kind>,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
struct SiteArguments {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Where the site will be published, instead of `base_url` in guidepost.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Include pages that are marked as drafts
    #[arg(long)]
    drafts: bool,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Number of threads; all processors when left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Print errors only
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Args)]
struct BuildArguments {
    #[command(flatten)]
    site: SiteArguments,
    /// The folder to build into, instead of `output` in guidepost.toml
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct CheckArguments {
    #[command(flatten)]
    site: SiteArguments,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

fn base_url(text: &str) -> Result<String, String> {
    config::parse_base_url(text).map(|url| url.to_string())
}

/// What a shell expects of a program that was interrupted: 128 and the number of SIGINT.
const INTERRUPTED: i32 = 130;

/// How a command ended; the number is its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The content has errors, or warnings under `--strict`.
    Content = 1,
    /// The command was used wrongly.
    Usage = 2,
    /// The machine failed: disk, port.
    Machine = 3,
}

/// Runs the command that the arguments ask for.
pub fn run(cli: Cli) -> Exit {
    match cli.command {
        Command::Build(arguments) => with_threads(arguments.site.jobs, || build(&arguments)),
        Command::Check(arguments) => with_threads(arguments.site.jobs, || check(&arguments)),
        Command::Serve { root, port, host, open, drafts } => {
            serve(&serve::Options { root, port, host, open, drafts })
        }
        Command::Init { folder } => init(&folder),
        Command::New { kind, name, root, framework } => new(&root, kind, &name, framework.as_deref()),
        Command::Schema { kind } => {
            let _ = write!(std::io::stdout(), "{}", kind.map_or_else(schema::all, schema::Kind::text));
            Exit::Done
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "guidepost", &mut script);
            let _ = std::io::stdout().write_all(&script);
            Exit::Done
        }
    }
}

fn with_threads(jobs: Option<u16>, work: impl FnOnce() -> Exit + Send) -> Exit {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.map_or(0, usize::from)).build();
    match pool {
        Ok(pool) => pool.install(work),
        Err(error) => machine_failed(&format!("no threads can be started: {error}")),
    }
}

fn machine_failed(what: &str) -> Exit {
    say_error(&format!("error: {what}"));
    Exit::Machine
}

fn say_error(line: &str) {
    // A closed pipe is nobody's fault.
    let _ = writeln!(anstream::stderr(), "{line}");
}

fn say(line: &str) {
    let _ = writeln!(anstream::stdout(), "{line}");
}

fn build(arguments: &BuildArguments) -> Exit {
    let started = Instant::now();
    let site = &arguments.site;
    let Some((input, cache, mut memo)) = read(site) else { return Exit::Usage };
    let output = arguments.output.clone().unwrap_or_else(|| site.root.join(&input.config.output));
    if let Err(why) = output::check(&site.root, &output, &input.source.linked) {
        say_error(&format!("error: {why}"));
        return Exit::Usage;
    }
    let publisher = match Publisher::open(&output, &site.root.join(layout::MEMO)) {
        Ok(publisher) => publisher,
        Err(error) => return machine_failed(&format!("cannot write to {}: {error}", output.display())),
    };
    let interrupter = publisher.interrupter();
    // Without a handler an interrupt still ends the build; the next one then tidies up.
    let _ = ctrlc::set_handler(move || interrupter.stop(|| std::process::exit(INTERRUPTED)));
    let bar = progress_bar(site.quiet);
    let progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let mut outcome = pipeline::build(&input, &mut memo, &publisher, &progress);
    bar.finish_and_clear();
    let stopped = outcome.has_errors() || (site.strict && outcome.count(Severity::Warning) > 0);
    if stopped || outcome.failure.is_some() {
        publisher.abandon();
        return finish_badly(site, &input.source, &outcome, &output);
    }
    let published = match publisher.commit(|path| path.as_str().ends_with(".html")) {
        Ok(published) => published,
        Err(Failure::Machine { error, restored }) => {
            let state = if restored {
                "the output folder is as it was"
            } else {
                "some of its files are new and some are old, until a build goes through"
            };
            return machine_failed(&format!("cannot publish to {}: {error}; {state}", output.display()));
        }
        Err(Failure::Foreign(problems)) => {
            outcome.diagnostics.extend(problems);
            return finish_badly(site, &input.source, &outcome, &output);
        }
    };
    // A site that may not be written to is built all the same, only not faster the next time.
    let _ = cache.save(&memo);
    let _ = print_diagnostics(&outcome, &input.source, Format::Human, site.quiet);
    if !site.quiet {
        let pages = outcome.rendered.as_ref().map_or(0, |r| r.pages);
        say(&format!(
            "Built {pages} pages in {} into {}: {} files written, {} unchanged, {} removed{}",
            seconds(started.elapsed()),
            output.display(),
            published.written,
            published.unchanged,
            published.removed,
            tally(&outcome).map(|t| format!("; {t}")).unwrap_or_default(),
        ));
    }
    Exit::Done
}

fn finish_badly(site: &SiteArguments, source: &Source, outcome: &Outcome, output: &Path) -> Exit {
    let _ = print_diagnostics(outcome, source, Format::Human, site.quiet && outcome.has_errors());
    if let Some(error) = &outcome.failure {
        return machine_failed(&format!(
            "cannot write to {}: {error}; nothing was published",
            output.display()
        ));
    }
    let strict = if outcome.has_errors() { "" } else { " (--strict)" };
    let tally = tally(outcome).unwrap_or_default();
    say_error(&format!("{tally}: nothing was published{strict}"));
    Exit::Content
}

fn check(arguments: &CheckArguments) -> Exit {
    let started = Instant::now();
    let site = &arguments.site;
    let Some((input, _, mut memo)) = read(site) else { return Exit::Usage };
    let bar = progress_bar(site.quiet || arguments.format != Format::Human);
    let progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let outcome = pipeline::build(&input, &mut memo, &Nowhere, &progress);
    bar.finish_and_clear();
    if let Err(error) = print_diagnostics(&outcome, &input.source, arguments.format, site.quiet) {
        return machine_failed(&format!("what was found cannot be printed: {error}"));
    }
    if !site.quiet && arguments.format == Format::Human {
        let found = tally(&outcome).unwrap_or_else(|| "nothing to fix".to_owned());
        say(&format!(
            "Checked {} files in {}: {found}",
            input.source.content.len(),
            seconds(started.elapsed())
        ));
    }
    if outcome.has_errors() || (site.strict && outcome.count(Severity::Warning) > 0) {
        Exit::Content
    } else {
        Exit::Done
    }
}

fn serve(options: &serve::Options) -> Exit {
    if !serve::is_site(&options.root) {
        say_error(&format!(
            "error: there is no site in {}; name its folder with `--root`, or start one with `guidepost init`",
            options.root.display()
        ));
        return Exit::Usage;
    }
    match serve::run(options) {
        Ok(()) => Exit::Done,
        Err(serve::Failure::Usage(why)) => {
            say_error(&format!("error: {why}"));
            Exit::Usage
        }
        Err(serve::Failure::Machine(why)) => machine_failed(&why),
    }
}

fn init(folder: &Path) -> Exit {
    match scaffold::init(folder) {
        Ok(files) => {
            say(&format!("Started a site of {} files in {}", files.len(), folder.display()));
            let there =
                if folder == Path::new(".") { String::new() } else { format!("cd {} && ", folder.display()) };
            say(&format!("Preview it: {there}guidepost serve"));
            Exit::Done
        }
        Err(failure) => scaffold_failed(failure),
    }
}

fn new(root: &Path, kind: scaffold::Kind, name: &str, framework: Option<&str>) -> Exit {
    match scaffold::new(root, kind, name, framework) {
        Ok(files) => {
            for file in files {
                say(&format!("Wrote {file}"));
            }
            if matches!(kind, scaffold::Kind::Guide | scaffold::Kind::Playbook) {
                say("It is a draft: `guidepost serve --drafts` shows it");
            }
            Exit::Done
        }
        Err(failure) => scaffold_failed(failure),
    }
}

fn scaffold_failed(failure: scaffold::Failure) -> Exit {
    match failure {
        scaffold::Failure::Refused(why) => {
            say_error(&format!("error: {why}"));
            Exit::Usage
        }
        scaffold::Failure::Io(path, error) => {
            machine_failed(&format!("cannot write {}: {error}", path.display()))
        }
    }
}

/// Reads the site and what is known of it from earlier builds, or says why there is none.
fn read(site: &SiteArguments) -> Option<(Input, Cache, Memo)> {
    if !site.root.is_dir() {
        say_error(&format!("error: there is no folder {}", site.root.display()));
        return None;
    }
    let overrides = Overrides { base_url: site.base_url.clone(), drafts: site.drafts };
    let (input, (cache, memo)) =
        rayon::join(|| Input::read(&site.root, overrides), || Cache::load(&site.root));
    if !site.quiet {
        input.source.notes.iter().for_each(|note| say_error(note));
    }
    Some((input, cache, memo))
}

/// Prints what was found: for people on standard error, for programs on standard output.
fn print_diagnostics(
    outcome: &Outcome,
    source: &Source,
    format: Format,
    errors_only: bool,
) -> std::io::Result<()> {
    let shown: Vec<Diagnostic> = outcome
        .diagnostics
        .iter()
        .filter(|d| !errors_only || d.severity == Severity::Error)
        .cloned()
        .collect();
    let texts = |path: &crate::span::SourcePath| outcome.text(source, path);
    let text = report::render(&shown, format, &texts, format == Format::Human);
    let printed = if format == Format::Human {
        write!(anstream::stderr(), "{text}")
    } else {
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    };
    match printed {
        // A reader that has seen enough, such as `head`, is nobody's fault.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// "2 errors, 1 warning", or nothing.
fn tally(outcome: &Outcome) -> Option<String> {
    let part = |severity: Severity, word: &str| match outcome.count(severity) {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts: Vec<String> =
        [part(Severity::Error, "error"), part(Severity::Warning, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn seconds(time: Duration) -> String {
    if time.as_secs() >= 10 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{:.2} s", time.as_secs_f64())
    }
}

/// A bar on a terminal, nothing in a pipe.
fn progress_bar(quiet: bool) -> ProgressBar {
    let visible = !quiet && std::io::stderr().is_terminal();
    let bar = ProgressBar::with_draw_target(
        Some(0),
        if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() },
    );
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} pages") {
        bar.set_style(style);
    }
    bar
}
