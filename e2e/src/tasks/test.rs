//! `cargo xtask test`: everything that CI checks, in steps with names. The first one that fails ends
//! the run.

use std::time::{Duration, Instant};

use clap::ValueEnum;

use super::{Place, browser, build, command, npm, rust, size, tidy};

/// A step of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// Every Rust file is formatted.
    Fmt,
    /// The house rules that a machine can check.
    Tidy,
    /// `shared` alone builds for browsers without any feature.
    Protocol,
    /// Clippy without a warning, in every crate and every shape of the widget.
    Lints,
    /// The widget and the server in release.
    Build,
    /// `shared`, the widget natively and in Node, and this tool.
    Unit,
    /// The server: store, HTTP, command line.
    Server,
    /// The real binary under a real browser.
    E2e,
    /// The documentation builds without a warning.
    Docs,
    /// The widget's files are within their budgets.
    Size,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::Protocol => "protocol",
            Self::Lints => "lints",
            Self::Build => "build",
            Self::Unit => "unit",
            Self::Server => "server",
            Self::E2e => "e2e",
            Self::Docs => "docs",
            Self::Size => "size",
        }
    }

    fn run(self, place: &Place) -> anyhow::Result<()> {
        match self {
            Self::Fmt => command::run(&mut place.cargo(&["fmt", "--all", "--check"])),
            Self::Tidy => tidy::run(place),
            Self::Protocol => protocol(place),
            Self::Lints => lints(place),
            Self::Build => build::all(place),
            Self::Unit => unit(place),
            Self::Server => server(place),
            Self::E2e => e2e(place),
            Self::Docs => docs(place),
            Self::Size => size::run(place, size::Options::default()),
        }
    }
}

/// Runs the steps, all of them when none is named, and sums them up.
pub(crate) fn run(place: &Place, named: &[Step]) -> anyhow::Result<()> {
    let mut done = Vec::new();
    let mut outcome = Ok(());
    for step in selection(named) {
        println!("\n==> {}", step.name());
        let began = Instant::now();
        outcome = step.run(place);
        done.push((step, began.elapsed(), outcome.is_ok()));
        if outcome.is_err() {
            break;
        }
    }
    println!("\n{}", table(&done));
    outcome
}

fn selection(named: &[Step]) -> Vec<Step> {
    Step::value_variants().iter().copied().filter(|step| named.is_empty() || named.contains(step)).collect()
}

fn table(done: &[(Step, Duration, bool)]) -> String {
    let rows = done.iter().map(|(step, took, passed)| {
        let verdict = if *passed { "ok" } else { "FAILED" };
        format!("{:<10}{:>7.1} s  {verdict}", step.name(), took.as_secs_f64())
    });
    let total: Duration = done.iter().map(|(_, took, _)| *took).sum();
    rows.chain([format!("{:<10}{:>7.1} s", "total", total.as_secs_f64())]).collect::<Vec<_>>().join("\n")
}

fn protocol(place: &Place) -> anyhow::Result<()> {
    rust::ensure(place)?;
    command::run(&mut place.cargo(&["check", "--package", "shared", "--target", rust::WASM, "--no-default-features"]))
}

fn lints(place: &Place) -> anyhow::Result<()> {
    // The server does not compile without the widget's files.
    build::widget(place)?;
    let shapes: [&[&str]; 5] = [
        &["--package", "shared", "--all-targets", "--all-features"],
        &["--package", "widget", "--all-targets", "--features", "ssr"],
        &["--package", "widget", "--target", rust::WASM, "--features", "hydrate"],
        &["--package", "server", "--all-targets"],
        &["--package", "e2e", "--all-targets", "--features", "harness"],
    ];
    for shape in shapes {
        command::run(place.cargo(&["clippy"]).args(shape).args(["--", "--deny", "warnings"]))?;
    }
    Ok(())
}

fn unit(place: &Place) -> anyhow::Result<()> {
    command::run(&mut place.cargo(&["test", "--package", "shared", "--all-features"]))?;
    command::run(&mut place.cargo(&["test", "--package", "widget", "--features", "ssr"]))?;
    command::run(&mut place.cargo(&["test", "--package", "e2e", "--bin", "xtask"]))?;
    npm::check(place)?;
    npm::install(place, "widget")?;
    command::run(place.program("npm", "widget").arg("test"))
}

fn server(place: &Place) -> anyhow::Result<()> {
    build::widget(place)?;
    command::run(&mut place.cargo(&["test", "--package", "server"]))
}

fn e2e(place: &Place) -> anyhow::Result<()> {
    let browser = browser::ensure(place)?;
    build::all(place)?;
    npm::install(place, "e2e")?;
    npm::install(place, "e2e/trackers")?;
    let mut tests = place.cargo(&["test", "--package", "e2e", "--features", "harness", "--lib", "--test", "it"]);
    tests.env("PLACET_BIN", place.server());
    command::run(tests.env("CHROME", browser.chromium).env("CHROMEDRIVER", browser.driver))
}

fn docs(place: &Place) -> anyhow::Result<()> {
    build::widget(place)?;
    let shapes: [&[&str]; 4] = [
        &["--package", "shared", "--all-features"],
        &["--package", "widget", "--features", "ssr"],
        &["--package", "server"],
        &["--package", "e2e", "--features", "harness"],
    ];
    for shape in shapes {
        let mut doc = place.cargo(&["doc", "--no-deps"]);
        command::run(doc.args(shape).env("RUSTDOCFLAGS", "--deny warnings"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_steps_run_in_the_fixed_order_and_no_name_means_all() {
        assert_eq!(selection(&[Step::Size, Step::Fmt]), [Step::Fmt, Step::Size]);
        assert_eq!(selection(&[]).len(), Step::value_variants().len());
    }

    #[test]
    fn the_summary_tells_which_step_failed() {
        let text = table(&[(Step::Fmt, Duration::from_millis(1500), true), (Step::Tidy, Duration::from_secs(2), false)]);
        assert!(text.contains("fmt           1.5 s  ok"), "{text}");
        assert!(text.contains("tidy          2.0 s  FAILED"), "{text}");
        assert!(text.contains("total         3.5 s"), "{text}");
    }
}
