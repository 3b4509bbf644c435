//! Everything a user can see, through the real binary. `SNAPSHOTS=overwrite cargo test` updates expected output.

mod any_framework;
mod blocks;
mod both_kinds;
mod brand;
mod cache;
mod code;
mod commands;
mod content;
mod corpus;
mod diagnostics;
mod explain;
mod fixture;
mod frameworks;
mod limits;
mod links;
mod markdown;
mod navigation;
mod output;
mod pictures;
mod properties;
mod safety;
mod scaffold;
mod serve;
mod texts;
mod told;
