//! Waiting for something to become so: asks again until a deadline. The only place that sleeps.

use std::time::{Duration, Instant};

use anyhow::bail;

/// How long anything that is waited for may take. Generous, because the machine may be busy; nothing waits longer than it must.
pub const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(25);

/// Asks until the answer is `Some`. An error or the deadline ends the wait; `what` names it in the failure.
pub async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> anyhow::Result<Option<T>>) -> anyhow::Result<T> {
    let begin = Instant::now();
    loop {
        if let Some(found) = ask().await? {
            return Ok(found);
        }
        if begin.elapsed() > PATIENCE {
            bail!("waited {} s in vain for {what}", PATIENCE.as_secs());
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Asks for the whole of `span` and fails as soon as the answer is `Some`: for what must not happen.
pub async fn never<T: std::fmt::Debug>(
    what: &str,
    span: Duration,
    mut ask: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<()> {
    let begin = Instant::now();
    while begin.elapsed() < span {
        if let Some(found) = ask().await? {
            bail!("{what} happened: {found:?}");
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
