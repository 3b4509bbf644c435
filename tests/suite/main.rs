//! Everything a user can see, through the real binary. `SNAPSHOTS=overwrite cargo test` updates expected output.

mod any_framework;
mod both_kinds;
mod brand;
mod cache;
mod commands;
mod content;
mod corpus;
mod diagnostics;
mod fixture;
mod frameworks;
mod limits;
mod links;
mod markdown;
mod media;
mod navigation;
mod once;
mod output;
mod properties;
mod safety;
mod scaffold;
mod serve;
mod texts;
