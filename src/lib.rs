//! Guidepost turns a folder of guides, maturity frameworks and playbooks into one cross-linked static site.
//!
//! One road, one direction: `source -> content -> site -> view -> render -> publish`. See `ARCHITECTURE.md`.

pub mod cache;
pub mod cli;
pub mod colour;
pub mod config;
pub mod console;
pub mod content;
pub mod diagnostics;
pub mod error;
pub mod hash;
pub mod layout;
pub mod output;
pub mod output_path;
pub mod pipeline;
pub mod publish;
pub mod render;
pub mod scaffold;
pub mod schema;
pub mod serve;
pub mod site;
pub mod source;
pub mod span;
pub mod stylesheet;
pub mod texts;
pub mod theme;
pub mod view;
