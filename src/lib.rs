//! Guidepost turns a folder of guides, maturity frameworks and playbooks into one cross-linked static site.
//!
//! One road, one direction: `source -> content -> site -> view -> render -> publish`. See `ARCHITECTURE.md`.

mod cache;
pub mod cli;
mod colour;
pub mod config;
mod console;
pub mod content;
pub mod diagnostics;
pub mod error;
mod hash;
mod last_build;
mod layout;
mod output;
mod output_path;
pub mod pipeline;
pub mod publish;
pub mod render;
mod scaffold;
pub mod schema;
mod serve;
pub mod site;
pub mod source;
pub mod span;
mod stylesheet;
pub mod texts;
pub mod theme;
pub mod variables;
pub mod view;
