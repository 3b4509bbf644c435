//! Everything a user can see, through the real binary. `SNAPSHOTS=overwrite cargo test` updates expected output.

mod anchors;
mod any_framework;
mod both_kinds;
mod brand;
mod cache;
mod commands;
mod content;
mod corpus;
mod diagnostics;
mod exports;
mod fixture;
mod frameworks;
mod limits;
mod links;
mod lost;
mod markdown;
mod navigation;
mod not_found;
mod output;
mod properties;
mod safety;
mod scaffold;
mod serve;
mod specification;
mod texts;
