//! `cargo xtask`: builds, shows, tests and measures Placet. Only the command line stands here; what
//! a command does stands in `tasks`.

#[path = "../tasks/mod.rs"]
mod tasks;

use std::process::ExitCode;

use clap::Parser;

use crate::tasks::Place;

/// Builds, shows, tests and measures Placet.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Builds the widget and the server in release: `target/release/placet`.
    Build,
}

fn main() -> ExitCode {
    match run(&Task::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: &Task) -> anyhow::Result<()> {
    let place = Place::find()?;
    match task {
        Task::Build => tasks::build::run(&place),
    }
}
