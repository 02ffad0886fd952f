//! What each `cargo xtask` command does, one module each, and what they share. Must not know the
//! other crates' code: it drives their tools, their binary and their HTTP.

pub(crate) mod bench;
mod browser;
mod budget;
pub(crate) mod build;
mod command;
pub(crate) mod demo;
mod dist;
mod http;
mod inputs;
mod licences;
mod npm;
mod place;
mod readme;
mod rust;
mod server;
pub(crate) mod size;
pub(crate) mod test;
mod tidy;
mod wasm;

pub(crate) use place::Place;
