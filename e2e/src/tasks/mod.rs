//! What each `cargo xtask` command does, one module each, and what they share. Must not know the
//! other crates' code: it drives their tools, their binary and their HTTP.

pub(crate) mod build;
mod command;
mod dist;
mod inputs;
mod npm;
mod place;
mod rust;
mod wasm;

pub(crate) use place::Place;
