//! The parts of the Rust toolchain that the wasm build needs and that a plain install lacks.

use std::path::PathBuf;

use anyhow::bail;

use super::{Place, command};

/// The target that browsers run.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Installs what `rust-toolchain.toml` lists when the wasm target or the library's sources are missing.
pub(crate) fn ensure(place: &Place) -> anyhow::Result<()> {
    if missing(place)?.is_empty() {
        return Ok(());
    }
    let mut install = place.program("rustup", "");
    // Set by the rustup above us; with it rustup would not read rust-toolchain.toml.
    install.args(["toolchain", "install"]).env_remove("RUSTUP_TOOLCHAIN");
    if command::ask(place.program("rustup", "").arg("--version"))?.is_some() {
        command::run(&mut install)?;
    }
    match missing(place)?.as_slice() {
        [] => Ok(()),
        parts => bail!(
            "the Rust toolchain has no {}: install rustup (https://rustup.rs), run `rustup toolchain install` in this folder and try again",
            parts.join(" and no ")
        ),
    }
}

fn missing(place: &Place) -> anyhow::Result<Vec<&'static str>> {
    let sysroot = command::output(place.program("rustc", "").args(["--print", "sysroot"]))?;
    let rustlib = PathBuf::from(sysroot.trim()).join("lib").join("rustlib");
    let mut missing = Vec::new();
    if !rustlib.join(WASM).join("lib").is_dir() {
        missing.push("target wasm32-unknown-unknown");
    }
    if !rustlib.join("src/rust/library/std").is_dir() {
        missing.push("component rust-src");
    }
    Ok(missing)
}
