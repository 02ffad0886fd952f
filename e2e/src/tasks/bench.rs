//! `cargo xtask bench`: how many consents a second the server makes durable on this machine, how
//! long each takes, and what it costs. Prints figures and asserts only that none was lost.

mod load;
mod machine;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use shared::digest::Digest;
use shared::id::RecordId;

use self::load::{Burst, Load};
use self::machine::{Usage, fsyncs_per_second};
use super::http::Connection;
use super::server::Server;
use super::{Place, browser, build, command, dist, npm};

const CONNECTIONS: [usize; 4] = [1, 16, 64, 256];
const WARM_UP: Duration = Duration::from_secs(1);
const FSYNC_TIME: Duration = Duration::from_secs(2);
/// After which a server that has just started counts as idle.
const SETTLE: Duration = Duration::from_millis(500);

const HEAD: [&str; 2] =
    ["| connections | durable consents/s | p50 ms | p99 ms | max ms | server CPU µs/consent | RSS MiB |", "|--:|--:|--:|--:|--:|--:|--:|"];

/// What is measured.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// What to measure.
    #[arg(default_value = "consents")]
    what: What,
    /// Seconds per number of connections, after a second of warm-up.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// Consents posted over kept-open connections.
    Consents,
    /// What the gate costs a busy page's main thread, against the same page without it.
    Gate,
}

/// Builds what is missing, measures, and prints a Markdown table.
pub(crate) fn run(place: &Place, options: &Options) -> anyhow::Result<()> {
    build::all(place)?;
    if options.what == What::Gate {
        return gate(place);
    }
    if cfg!(debug_assertions) {
        // The clients share the processors with the server: unoptimised they would measure themselves.
        let seconds = options.seconds.to_string();
        let again = ["run", "--release", "--package", "e2e", "--bin", "xtask", "--", "bench", "consents", "--seconds", &seconds];
        return command::run(&mut place.cargo(&again));
    }
    // On the same file system as the target folder: a temporary folder may lie in memory.
    let folder = tempfile::tempdir_in(&place.target).context("cannot make a folder")?;
    let data = folder.path().join("data");
    let banner = dist::manifest(&place.dist())?.build.parse().context("the widget's manifest is not understood")?;
    let before = fsyncs_per_second(folder.path(), FSYNC_TIME)?;
    let spawned = Instant::now();
    let server = Server::start(place, "127.0.0.1:0", &data, folder.path(), "error")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start")?;
    let run = Run { server: &server, data: &data, spawned, time: Duration::from_secs(options.seconds), banner };
    let (mut report, answered) = runtime.block_on(run.measure())?;
    server.stop()?;
    let after = fsyncs_per_second(folder.path(), FSYNC_TIME)?;
    report.push(format!("| this machine appends 4 KiB and syncs | {before:.0}/s before, {after:.0}/s after |"));
    report.push(verify(place, &data, answered)?);
    println!("\n{}", report.join("\n"));
    Ok(())
}

/// The browser's own clock measures, so that the program that steers it need not be optimised.
fn gate(place: &Place) -> anyhow::Result<()> {
    let browser = browser::ensure(place)?;
    npm::install(place, "e2e")?;
    let mut bench = place.cargo(&["run", "--package", "e2e", "--features", "harness", "--bin", "bench-gate"]);
    bench.env("PLACET_BIN", place.server()).env("CHROME", browser.chromium).env("CHROMEDRIVER", browser.driver);
    command::run(&mut bench)
}

struct Run<'a> {
    server: &'a Server,
    data: &'a Path,
    spawned: Instant,
    time: Duration,
    banner: Digest,
}

impl Run<'_> {
    /// Lines of the report, and every id that was answered with 201.
    async fn measure(self) -> anyhow::Result<(Vec<String>, Vec<RecordId>)> {
        let first = Connection::open(&self.server.authority).await?.get("/healthz", "identity").await?;
        let ready = self.spawned.elapsed();
        ensure!(first.status.is_success(), "the server answered {} to GET /healthz", first.status);
        tokio::time::sleep(SETTLE).await;
        let idle = Usage::of(self.server.id());
        let load = Arc::new(Load::prepare(&self.server.authority, self.banner).await?);
        let mut report = HEAD.map(str::to_owned).to_vec();
        let mut answered = Vec::new();
        for connections in CONNECTIONS {
            answered.extend(load.run(connections, WARM_UP).await?.ids);
            let start = Usage::of(self.server.id());
            let burst = load.run(connections, self.time).await?;
            report.push(row(connections, &burst, start, Usage::of(self.server.id())));
            eprintln!("{connections} connections: {} consents", burst.ids.len());
            answered.extend(burst.ids);
        }
        report.extend(["", "| and | |", "|---|--:|"].map(str::to_owned));
        report.push(format!("| from spawn to the first answer | {:.0} ms |", ready.as_secs_f64() * 1000.0));
        report.push(format!("| RSS idle | {} |", mebibytes(idle.map(|usage| usage.resident))));
        report.push(format!("| write-ahead log after the load | {} |", mebibytes(Some(machine::wal_bytes(self.data)?))));
        Ok((report, answered))
    }
}

fn row(connections: usize, burst: &Burst, start: Option<Usage>, end: Option<Usage>) -> String {
    let count = burst.ids.len();
    let cpu = match (start, end) {
        (Some(start), Some(end)) => format!("{:.0}", machine::micros_each(end.cpu.saturating_sub(start.cpu), count)),
        _ => "n/a".to_owned(),
    };
    let resident = end.map_or_else(|| "n/a".to_owned(), |usage| format!("{:.1}", machine::mebibytes(usage.resident)));
    let millis = |percent| burst.latency(percent).as_secs_f64() * 1000.0;
    let rate = burst.per_second();
    format!("| {connections} | {rate:.0} | {:.2} | {:.2} | {:.2} | {cpu} | {resident} |", millis(50), millis(99), millis(100))
}

fn mebibytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "n/a".to_owned(), |bytes| format!("{:.1} MiB", machine::mebibytes(bytes)))
}

/// Every id that was answered with 201 must be in the export, once, and nothing else.
fn verify(place: &Place, data: &Path, answered: Vec<RecordId>) -> anyhow::Result<String> {
    let mut export = Command::new(place.server());
    export.args(["export", "--site", "demo", "--format", "jsonl", "--data"]).arg(data);
    let exported = command::output(&mut export)?;
    let count = exported.lines().count();
    let ids: BTreeSet<RecordId> = exported.lines().map(record_id).collect::<anyhow::Result<_>>()?;
    let sent = answered.len();
    let answered: BTreeSet<RecordId> = answered.into_iter().collect();
    if count != sent || ids != answered {
        let lost = answered.difference(&ids).count();
        bail!("{sent} consents were answered with 201 and {count} are in the export; {lost} are lost");
    }
    Ok(format!("| consents answered with 201, all of them in the export once | {sent} |"))
}

fn record_id(line: &str) -> anyhow::Result<RecordId> {
    #[derive(serde::Deserialize)]
    struct Line {
        id: RecordId,
    }
    let line: Line = serde_json::from_str(line).context("a line of the export is no record")?;
    Ok(line.id)
}
