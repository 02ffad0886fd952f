//! Host pages that make it hard: what they forbid, redefine, restyle or rebuild. The page stays as it
//! is, nothing that is marked runs before the choice, all of it does after Accept, and the banner can
//! be used. A folder of `e2e/sites/` for each; their pages have the same two marked scripts and embed.
//!
//! Elsewhere: two tags and the tag in the body in `gate`, policies without WebAssembly in
//! `without_wasm`, forbidden storage and a page that breaks its own functions in `failing`, the
//! back/forward cache in `moments`.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::browser::Browser;
use e2e::programs;
use e2e::stage::Stage;
use e2e::wait::{never, until};
use serde_json::json;

mod documents;
mod frameworks;
mod insertion;
mod libraries;
mod network;
mod policies;

/// What the pages let run after Accept all, beside an embed.
const ALL: [&str; 2] = ["inline", "external"];

/// The page asks, nothing marked runs; after Accept all everything marked has run, once; and nothing went wrong.
async fn asks_and_releases(stage: &Stage, browser: &Browser) -> Result<()> {
    asks(stage, browser).await?;
    accepts(stage, browser, &ALL).await?;
    browser.no_page_errors().await
}

/// The page is itself, asks, and nothing marked runs or is requested.
async fn asks(stage: &Stage, browser: &Browser) -> Result<()> {
    browser.asked().await?;
    usable(browser).await?;
    holds(stage, browser).await
}

/// The page is itself, and for a while nothing marked runs or is requested.
async fn holds(stage: &Stage, browser: &Browser) -> Result<()> {
    intact(browser).await?;
    never("a marked script", Duration::from_millis(300), async || Ok(browser.ran().await?.pop())).await?;
    ensure!(asked_for(stage).is_empty(), "requested before the choice: {:?}", asked_for(stage));
    Ok(())
}

/// Accept all releases `ran` in any order, and the embed, each once, and is recorded.
async fn accepts(stage: &Stage, browser: &Browser, ran: &[&str]) -> Result<()> {
    browser.accept_all().await?;
    released(stage, browser, ran).await?;
    stage.records(1).await.map(drop)
}

async fn released(stage: &Stage, browser: &Browser, ran: &[&str]) -> Result<()> {
    let mut seen = browser.ran_at_least(ran.len()).await?;
    until("the embed's request", async || Ok(stage.host.requests_of("videos.example /lesson").pop())).await?;
    never("another script", Duration::from_millis(300), async || Ok(Some(browser.ran().await?).filter(|now| now.len() != seen.len())))
        .await?;
    let mut expected = ran.to_vec();
    expected.sort_unstable();
    seen.sort_unstable();
    ensure!(seen == expected, "{seen:?} ran, not {expected:?}");
    ensure!(stage.host.requests_of("videos.example /lesson").len() == 1, "the embed was loaded more than once");
    intact(browser).await
}

/// The page's own script ran and its text is visible.
async fn intact(browser: &Browser) -> Result<()> {
    until("the page's own script and text", async || {
        let own = "const own = document.getElementById('own');
            return window.own === true && !!own && own.checkVisibility() && own.getBoundingClientRect().height > 0;";
        Ok(browser.run::<bool>(own).await?.then_some(()))
    })
    .await
}

/// Every button of the first layer is large enough, inside the window, and what a person hits there.
async fn usable(browser: &Browser) -> Result<()> {
    let found: Vec<String> = browser
        .run(
            "const root = document.querySelector('placet-root').shadowRoot;
            const buttons = [...root.querySelectorAll(\"[data-placet-view='first'] .first button\")].filter((one) => one.checkVisibility());
            const wrong = [];
            for (const button of buttons) {
              const box = button.getBoundingClientRect();
              const hit = root.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              if (box.width < 44 || box.height < 44 || box.x < 0 || box.y < 0 || box.right > innerWidth || box.bottom > innerHeight) {
                wrong.push(button.textContent + ' is at ' + JSON.stringify(box));
              }
              if (!button.contains(hit)) wrong.push(button.textContent + ' is covered by ' + (hit && hit.outerHTML.slice(0, 80)));
            }
            return buttons.length === 3 ? wrong : ['there are ' + buttons.length + ' buttons'];",
        )
        .await?;
    ensure!(found.is_empty(), "the banner cannot be used: {found:?}");
    Ok(())
}

/// What was asked of the hosts that only marked elements name.
fn asked_for(stage: &Stage) -> Vec<String> {
    ["tracker.example", "videos.example"].iter().flat_map(|host| stage.host.requests_of(host)).map(|request| request.line()).collect()
}

/// A picture for people to look at, in `target/screens/`.
async fn picture(browser: &Browser, name: &str) -> Result<()> {
    browser.screenshot(&pictures()?.join(format!("hostile-{name}.png"))).await
}

fn pictures() -> Result<PathBuf> {
    Ok(programs::target()?.join("screens"))
}

/// A browser in which nothing is open yet.
async fn browser(stage: &Stage) -> Result<Browser> {
    Browser::start(stage.host.port()).await
}

/// From now on the browser itself refuses what matches, as a content blocker does.
async fn block(browser: &Browser, patterns: &[&str]) -> Result<()> {
    browser.devtools("Network.enable", json!({})).await?;
    browser.devtools("Network.setBlockedURLs", json!({ "urls": patterns })).await.map(drop)
}
