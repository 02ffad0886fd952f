//! `cargo xtask`: builds, shows, tests and measures Placet. Only the command line stands here; what
//! a command does stands in `tasks`.

#[path = "../tasks/mod.rs"]
mod tasks;

use std::process::ExitCode;

use clap::Parser;

use crate::tasks::{Place, bench, build, demo, size, test};

/// Builds, shows, tests and measures Placet.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Builds the widget and the server in release: `target/release/placet`.
    Build(build::Options),
    /// Runs the demo site on this machine, building what is missing.
    Demo(demo::Options),
    /// Runs everything that CI checks, or the named steps of it.
    Test {
        /// The steps; all of them when none is named.
        steps: Vec<test::Step>,
    },
    /// Prints the widget's sizes and fails when one is over its budget.
    Size(size::Options),
    /// Measures what the server does with consents on this machine.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    match run(Task::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    let place = Place::find()?;
    match task {
        Task::Build(options) => build::run(&place, options),
        Task::Demo(options) => demo::run(&place, &options),
        Task::Test { steps } => test::run(&place, &steps),
        Task::Size(options) => size::run_built(&place, options),
        Task::Bench(options) => bench::run(&place, &options),
    }
}
