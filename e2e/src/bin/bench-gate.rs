//! Measures what the gate costs a busy page's main thread: the same page with and without Placet, turn
//! about in one browser. Called by `cargo xtask bench gate`. Prints figures and asserts nothing.

use anyhow::Context as _;
use e2e::browser::Browser;
use e2e::stage::Stage;
use serde_json::json;

const ROUNDS: usize = 9;
/// Of 10 ms each.
const TICKS: u32 = 300;

#[derive(Debug, Clone, Copy)]
struct Cost {
    /// Seconds of the main thread, all tasks.
    task: f64,
    /// Of these, seconds in scripts.
    script: f64,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.reject_all().await?;
    browser.devtools("Performance.enable", json!({})).await?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        without.push(measure(&stage, &browser, "bench/without.html").await?);
        with.push(measure(&stage, &browser, "bench/with.html").await?);
    }
    browser.quit().await?;
    println!("{}", table(&without, &with)?);
    Ok(())
}

/// One visit of the page: what its work cost, without what loading cost.
async fn measure(stage: &Stage, browser: &Browser, page: &str) -> anyhow::Result<Cost> {
    browser.open(&stage.host.page(page)).await?;
    let before = cost(browser).await?;
    let changes: u32 = browser.run_async(&format!("return await work({TICKS});")).await?;
    anyhow::ensure!(changes == TICKS * 50, "the page made {changes} changes");
    let after = cost(browser).await?;
    Ok(Cost { task: after.task - before.task, script: after.script - before.script })
}

async fn cost(browser: &Browser) -> anyhow::Result<Cost> {
    let answer = browser.devtools("Performance.getMetrics", json!({})).await?;
    let metric = |name: &str| {
        let all = answer.get("metrics").and_then(|metrics| metrics.as_array());
        let one = all.and_then(|all| all.iter().find(|metric| metric.get("name").is_some_and(|other| other == name)));
        one.and_then(|metric| metric.get("value")?.as_f64()).with_context(|| format!("the browser does not say {name}"))
    };
    Ok(Cost { task: metric("TaskDuration")?, script: metric("ScriptDuration")? })
}

fn table(without: &[Cost], with: &[Cost]) -> anyhow::Result<String> {
    let wall = f64::from(TICKS) / 100.0;
    let row = |name: &str, costs: &[Cost]| {
        let (task, script) = (median(costs.iter().map(|cost| cost.task))?, median(costs.iter().map(|cost| cost.script))?);
        let least = costs.iter().map(|cost| cost.task).fold(f64::INFINITY, f64::min);
        anyhow::Ok((
            task,
            format!("| {name} | {:.0} | {:.0} | {:.0} | {:.1} |", task * 1e3, least * 1e3, script * 1e3, task / wall * 100.0),
        ))
    };
    let ((bare, first), (gated, second)) = (row("without", without)?, row("with Placet, refused", with)?);
    let pairs = without.iter().zip(with).map(|(without, with)| with.task / without.task);
    Ok([
        format!("1,000 elements, {} changes in {wall} s of timers, {ROUNDS} rounds turn about; medians", TICKS * 50),
        "| page | main thread ms | least | in scripts ms | % of the time |".to_owned(),
        "|---|--:|--:|--:|--:|".to_owned(),
        first,
        second,
        format!("the gate adds {:.1} % (median of the pairs: {:.1} %)", (gated / bare - 1.0) * 100.0, (median(pairs)? - 1.0) * 100.0),
    ]
    .join("\n"))
}

fn median(values: impl Iterator<Item = f64>) -> anyhow::Result<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().context("nothing was measured")
}
