//! `cargo xtask build`: from sources to one server binary that holds the widget.

use super::{Place, command, dist, npm, rust, size, wasm};

const STEPS: u8 = 5;

/// Builds everything in release, says where it lies and how large the widget is.
pub(crate) fn run(place: &Place) -> anyhow::Result<()> {
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

fn step(number: u8, what: &str) {
    println!("[{number}/{STEPS}] {what}");
}

fn report(worked: bool) {
    if !worked {
        println!("      unchanged");
    }
}
