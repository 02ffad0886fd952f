//! `cargo xtask build`: from sources to one server binary that holds the widget.

use std::fs::{self, File};

use anyhow::Context as _;

use super::{Place, command, dist, npm, rust, size, wasm};

const STEPS: u8 = 5;

/// What is built.
#[derive(Debug, Default, Clone, Copy, clap::Args)]
pub(crate) struct Options {
    /// Stops before the server, which `cargo build` then builds with debug information.
    #[arg(long)]
    widget: bool,
}

/// Builds everything in release, says where it lies and how large the widget is.
pub(crate) fn run(place: &Place, options: Options) -> anyhow::Result<()> {
    if options.widget {
        widget(place)?;
        println!("\n{}", size::built(place)?);
        return Ok(());
    }
    all(place)?;
    println!("\nThe server: {}\n\n{}", place.server().display(), size::built(place)?);
    Ok(())
}

/// The widget's files and the server.
pub(crate) fn all(place: &Place) -> anyhow::Result<()> {
    widget(place)?;
    step(5, "the server in release (minutes the first time)");
    command::run(&mut place.cargo(&["build", "--release", "--package", "server"]))
}

/// The widget's files, without which the server does not compile.
pub(crate) fn widget(place: &Place) -> anyhow::Result<()> {
    let _alone = alone(place)?;
    step(1, "Node, npm and the Rust toolchain");
    npm::check(place)?;
    rust::ensure(place)?;
    step(2, "the widget's build tools from npm");
    report(npm::install(place, "widget")?);
    step(3, "the banner as WebAssembly (minutes the first time)");
    report(wasm::build(place)?);
    step(4, "the loader, the glue and their compressed forms");
    report(dist::build(place)?);
    Ok(())
}

/// Keeps a second build out of the same folders until the returned file is closed.
fn alone(place: &Place) -> anyhow::Result<File> {
    let scratch = place.scratch();
    fs::create_dir_all(&scratch).with_context(|| format!("cannot make the folder {}", place.short(&scratch)))?;
    let lock = File::create(scratch.join("lock")).with_context(|| format!("cannot write to {}", place.short(&scratch)))?;
    if lock.try_lock().is_err() {
        println!("waiting for another build of the widget");
        lock.lock().context("cannot wait for another build of the widget")?;
    }
    Ok(lock)
}

fn step(number: u8, what: &str) {
    println!("[{number}/{STEPS}] {what}");
}

fn report(worked: bool) {
    if !worked {
        println!("      unchanged");
    }
}
