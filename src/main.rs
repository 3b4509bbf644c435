//! Arguments in, exit code out.

use clap::Parser;
use guidepost::cli::{Cli, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(run(Cli::parse()) as u8)
}
