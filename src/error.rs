//! Why a command could not do what it was asked to, and the exit code that says so.
//!
//! Problems in the content are diagnostics; this is for everything else, and for diagnostics that end the work.

use crate::diagnostics::Diagnostic;
use std::io::{self, ErrorKind};
use std::net::IpAddr;
use std::path::PathBuf;

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

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The site cannot be published as it is; each diagnostic says why.
    #[error("the site has problems ({})", .0.len())]
    Content(Vec<Diagnostic>),
    /// What was asked for cannot be: a sentence, and what to do instead.
    #[error("{0}")]
    Usage(String),
    /// A file or folder cannot be read or written.
    #[error("cannot {doing} {}: {error}", path.display())]
    File {
        /// What was tried, such as "write".
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system says.
        #[source]
        error: io::Error,
    },
    /// The output folder got nothing of a build.
    #[error("cannot write to {}: {error}; nothing was published", output.display())]
    Unwritten {
        /// The output folder.
        output: PathBuf,
        /// What the system says.
        #[source]
        error: io::Error,
    },
    /// The built files could not all be moved to their places.
    #[error("cannot publish to {}: {error}; {}", output.display(), if *restored {
        "the output folder is as it was"
    } else {
        "some of its files are new and some are old, until a build goes through"
    })]
    Unpublished {
        /// The output folder.
        output: PathBuf,
        /// What the system says.
        #[source]
        error: io::Error,
        /// The output folder is as it was; otherwise old and new files are mixed until the next build.
        restored: bool,
    },
    /// Nothing can be served at this port.
    #[error("port {port} on {address} cannot be used: {}", match error.kind() {
        ErrorKind::AddrInUse => "another program listens there".to_owned(),
        _ => error.to_string(),
    })]
    Port {
        /// The address.
        address: IpAddr,
        /// The port.
        port: u16,
        /// What the system says.
        #[source]
        error: io::Error,
    },
    /// The system refuses something else, such as a thread.
    #[error("{what}: {error}")]
    System {
        /// What cannot be.
        what: &'static str,
        /// What the system says.
        #[source]
        error: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Error {
    /// For what turns an error of the system into "cannot write PATH" and the like.
    pub fn file(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::File { doing, path, error }
    }

    /// For what turns another error of the system into one with a sentence.
    pub fn system<E: std::error::Error + Send + Sync + 'static>(
        what: &'static str,
    ) -> impl FnOnce(E) -> Self {
        move |error| Self::System { what, error: Box::new(error) }
    }

    /// The exit code of a command that ends with this.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Content(_) => Exit::Content,
            Self::Usage(_) => Exit::Usage,
            Self::File { .. }
            | Self::Unwritten { .. }
            | Self::Unpublished { .. }
            | Self::Port { .. }
            | Self::System { .. } => Exit::Machine,
        }
    }
}
