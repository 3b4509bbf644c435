//! The command line: one function a command, no logic of its own.

use crate::cache::Cache;
use crate::config::{self, Overrides};
use crate::console::{self, Progress};
use crate::diagnostics::report::Format;
use crate::diagnostics::{Code, Severity, explain, suggest};
use crate::error::{Error, Exit};
use crate::layout;
use crate::pipeline::{self, Input, Memo, Outcome};
use crate::publish::{self, Publisher};
use crate::render::sink::Nowhere;
use crate::source::Source;
use crate::{output, scaffold, schema, serve};
use clap::{Args, CommandFactory, Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::time::Instant;

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
    /// Say what a diagnostic means and how to fix it; list all of them when none is named
    Explain {
        /// Its code, such as `broken-link`
        code: Option<String>,
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

/// Runs the command that the arguments ask for.
pub fn run(cli: Cli) -> Exit {
    command(cli).unwrap_or_else(|error| {
        console::fail(&error);
        error.exit()
    })
}

fn command(cli: Cli) -> Result<Exit, Error> {
    match cli.command {
        Command::Build(arguments) => with_threads(arguments.site.jobs, || build(&arguments)),
        Command::Check(arguments) => with_threads(arguments.site.jobs, || check(&arguments)),
        Command::Serve { root, port, host, open, drafts } => {
            serve::run(&serve::Options { root, port, host, open, drafts })?;
            Ok(Exit::Done)
        }
        Command::Init { folder } => init(&folder),
        Command::New { kind, name, root, framework } => new(&root, kind, &name, framework.as_deref()),
        Command::Schema { kind } => {
            console::hand_over(kind.map_or_else(schema::all, schema::Kind::text).as_bytes())?;
            Ok(Exit::Done)
        }
        Command::Explain { code } => explain(code.as_deref()),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "guidepost", &mut script);
            console::hand_over(&script)?;
            Ok(Exit::Done)
        }
    }
}

fn explain(name: Option<&str>) -> Result<Exit, Error> {
    let Some(name) = name else {
        console::hand_over(explain::list().as_bytes())?;
        return Ok(Exit::Done);
    };
    let Some(code) = Code::named(name) else {
        let near = suggest(name, "codes", Code::ALL.iter().map(|code| code.name()));
        let message = format!("there is no diagnostic `{name}`; {near} (`guidepost explain` lists all)");
        return Err(Error::Usage(message));
    };
    console::hand_over(explain::Page::of(code).for_terminal().as_bytes())?;
    Ok(Exit::Done)
}

fn with_threads(jobs: Option<u16>, work: impl FnOnce() -> Result<Exit, Error> + Send) -> Result<Exit, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.map_or(0, usize::from)).build();
    pool.map_err(Error::system("no threads can be started"))?.install(work)
}

fn build(arguments: &BuildArguments) -> Result<Exit, Error> {
    let started = Instant::now();
    let site = &arguments.site;
    let (mut input, cache, mut memo) = read(site)?;
    let output = arguments.output.clone().unwrap_or_else(|| site.root.join(&input.config.output));
    output::check(&site.root, &output, &input.source.linked)?;
    let publisher = Publisher::open(&output, &site.root.join(layout::MEMO))?;
    input.last_build = Some(publisher.last_build());
    let interrupter = publisher.interrupter();
    // Without a handler an interrupt still ends the build; the next one then tidies up.
    let _ = ctrlc::set_handler(move || interrupter.stop(|| std::process::exit(INTERRUPTED)));
    let progress = Progress::new(site.quiet);
    let mut outcome =
        pipeline::build(&input, &mut memo, &publisher, &|done, total| progress.tell(done, total));
    progress.end();
    let failure = outcome.failure.take();
    if is_stopped(&outcome, site) || failure.is_some() {
        publisher.abandon();
        return refuse(
            site,
            &input.source,
            &outcome,
            failure.map(|error| Error::Unwritten { output, error }),
        );
    }
    let published = match publisher.commit(|path| path.as_str().ends_with(".html")) {
        Ok(published) => published,
        Err(Error::Content(problems)) => {
            outcome.diagnostics.extend(problems);
            return refuse(site, &input.source, &outcome, None);
        }
        Err(error) => return Err(error),
    };
    // A site that may not be written to is built all the same, only not faster the next time.
    let _ = cache.save(&memo);
    let _ = console::problems(&outcome, &input.source, Format::Human, site.quiet);
    if !site.quiet {
        console::built(&outcome, &published, &output, started.elapsed());
        console::policy(&input.config.markdown.remote_images);
    }
    Ok(Exit::Done)
}

/// Says why nothing is published: `failure`, or what the content has wrong.
fn refuse(
    site: &SiteArguments,
    source: &Source,
    outcome: &Outcome,
    failure: Option<Error>,
) -> Result<Exit, Error> {
    let _ = console::problems(outcome, source, Format::Human, site.quiet && outcome.has_errors());
    if let Some(failure) = failure {
        return Err(failure);
    }
    console::stopped(outcome);
    Ok(Exit::Content)
}

fn check(arguments: &CheckArguments) -> Result<Exit, Error> {
    let started = Instant::now();
    let site = &arguments.site;
    let (mut input, _, mut memo) = read(site)?;
    input.last_build = publish::last_build(&site.root.join(&input.config.output));
    let progress = Progress::new(site.quiet || arguments.format != Format::Human);
    let outcome = pipeline::build(&input, &mut memo, &Nowhere, &|done, total| progress.tell(done, total));
    progress.end();
    console::problems(&outcome, &input.source, arguments.format, site.quiet)?;
    if !site.quiet && arguments.format == Format::Human {
        console::checked(&outcome, input.source.content.len(), started.elapsed());
    }
    Ok(if is_stopped(&outcome, site) { Exit::Content } else { Exit::Done })
}

/// Does what was found keep the site from being published?
fn is_stopped(outcome: &Outcome, site: &SiteArguments) -> bool {
    outcome.has_errors() || (site.strict && outcome.count(Severity::Warning) > 0)
}

fn init(folder: &Path) -> Result<Exit, Error> {
    let files = scaffold::init(folder)?;
    console::say(&format!("Started a site of {} files in {}", files.len(), folder.display()));
    let there = if folder == Path::new(".") { String::new() } else { format!("cd {} && ", folder.display()) };
    console::say(&format!("Preview it: {there}guidepost serve"));
    Ok(Exit::Done)
}

fn new(root: &Path, kind: scaffold::Kind, name: &str, framework: Option<&str>) -> Result<Exit, Error> {
    for file in scaffold::new(root, kind, name, framework)? {
        console::say(&format!("Wrote {file}"));
    }
    if matches!(kind, scaffold::Kind::Guide | scaffold::Kind::Playbook) {
        console::say("It is a draft: `guidepost serve --drafts` shows it");
    }
    Ok(Exit::Done)
}

/// Reads the site and what is known of it from earlier builds.
fn read(site: &SiteArguments) -> Result<(Input, Cache, Memo), Error> {
    if !site.root.is_dir() {
        return Err(Error::Usage(format!("there is no folder {}", site.root.display())));
    }
    let overrides = Overrides { base_url: site.base_url.clone(), drafts: site.drafts };
    let (input, (cache, memo)) =
        rayon::join(|| Input::read(&site.root, overrides), || Cache::load(&site.root));
    if !site.quiet {
        input.source.notes.iter().for_each(|note| console::complain(note));
    }
    Ok((input, cache, memo))
}
