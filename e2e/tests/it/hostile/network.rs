//! Content blockers, no network, pages that are made before they are wanted, and pages that never rest.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::browser::Browser;
use e2e::checks::STATE_COOKIE;
use e2e::stage::{SITE, Stage};
use e2e::wait::{never, until};
use serde_json::{Value, json};
use thirtyfour::By;

use super::{ALL, accepts, asks, asks_and_releases, block, browser, holds, intact, released};

#[tokio::test]
async fn con_15_a_blocked_loader_leaves_the_page_as_it_is_with_everything_denied() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = browser(&stage).await?;
    block(&browser, &["*/placet/*"]).await?;
    browser.open(&stage.host.page("api/")).await?;
    never("a marked script", Duration::from_millis(300), async || Ok(browser.ran().await?.pop())).await?;
    browser.open(&stage.host.page("quirks/")).await?;
    holds(&stage, &browser).await?;
    // Not even a choice that stands opens a gate that is not there.
    let day: u64 = browser.run("return Math.floor(Date.now() / 864e5);").await?;
    browser.set_cookie(STATE_COOKIE, &format!("1.1.{day}.3")).await?;
    browser.reload().await?;
    holds(&stage, &browser).await?;
    ensure!(stage.host.requests_of("/placet/").is_empty(), "the loader was not blocked, so this test shows nothing");
    browser.no_page_errors_but(&["/placet/s/demo.js"]).await?;
    browser.quit().await
}

#[tokio::test]
async fn con_15_with_everything_blocked_but_the_loader_a_choice_holds_and_is_recorded_once_nothing_blocks_it() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = browser(&stage).await?;
    block(&browser, &["*/placet/a/*", "*/placet/v1/*", "*/layers*"]).await?;
    browser.open(&stage.host.page("quirks/")).await?;
    asks(&stage, &browser).await?;
    // The preferences cannot be fetched: the first layer stays.
    browser.act("choose").await?;
    asks(&stage, &browser).await?;
    browser.accept_all().await?;
    released(&stage, &browser, &ALL).await?;
    until("the choice to wait on the device", async || {
        Ok(browser.storage().await?.local.contains(&"placet-outbox".to_owned()).then_some(()))
    })
    .await?;
    ensure!(stage.host.consents().is_empty());
    browser.no_page_errors_but(&["ERR_BLOCKED_BY_CLIENT"]).await?;
    block(&browser, &[]).await?;
    browser.reload().await?;
    stage.records(1).await?;
    never("a second record", Duration::from_millis(500), async || Ok(Some(stage.placet.records(SITE)?.len()).filter(|count| *count > 1)))
        .await?;
    browser.quit().await
}

#[tokio::test]
async fn offline_a_choice_holds_on_this_page_and_the_next_and_is_recorded_when_the_network_is_back() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("kept/").await?;
    asks(&stage, &browser).await?;
    network(&browser, false).await?;
    browser.act("accept-all").await?;
    browser.chosen().await?;
    ensure!(browser.ran_at_least(1).await? == ["inline"], "the script without the network's part");
    until("the choice to wait on the device", async || {
        Ok(browser.storage().await?.local.contains(&"placet-outbox".to_owned()).then_some(()))
    })
    .await?;
    // Page and loader come from the browser's cache.
    browser.open(&stage.host.page("kept/")).await?;
    intact(&browser).await?;
    browser.chosen().await?;
    ensure!(browser.ran_at_least(1).await? == ["inline"]);
    ensure!(stage.placet.records(SITE)?.is_empty());
    network(&browser, true).await?;
    stage.records(1).await?;
    never("a second record", Duration::from_millis(500), async || Ok(Some(stage.placet.records(SITE)?.len()).filter(|count| *count > 1)))
        .await?;
    browser.no_page_errors_but(&["ERR_INTERNET_DISCONNECTED", "ERR_BLOCKED_BY_CLIENT"]).await?;
    browser.quit().await
}

#[tokio::test]
async fn a_prerendered_page_releases_and_records_nothing_and_asks_once_it_is_shown() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("prerenders/").await?;
    browser.asked().await?;
    prerender(&stage, &browser).await?;
    never("a release", Duration::from_millis(500), async || Ok(super::asked_for(&stage).pop())).await?;
    ensure!(stage.host.consents().is_empty());
    browser.driver().find(By::Id("next")).await?.click().await?;
    shown(&browser).await?;
    asks_and_releases(&stage, &browser).await?;
    browser.quit().await
}

#[tokio::test]
async fn a_prerendered_page_follows_the_choice_that_was_made_before_it_is_shown() -> Result<()> {
    for action in ["accept-all", "reject-all"] {
        let stage = Stage::new().await?;
        let browser = stage.visit("prerenders/").await?;
        browser.asked().await?;
        prerender(&stage, &browser).await?;
        browser.act(action).await?;
        browser.chosen().await?;
        stage.records(1).await?;
        browser.driver().find(By::Id("next")).await?.click().await?;
        shown(&browser).await?;
        browser.chosen().await?;
        browser.placet_shows("[data-placet-view='control'] [data-placet-action='choose']").await?;
        let ran = if action == "accept-all" { ALL.as_slice() } else { &[] };
        ensure!(browser.ran_at_least(ran.len()).await?.len() == ran.len());
        never("a second record", Duration::from_millis(400), async || {
            Ok(Some(stage.placet.records(SITE)?.len()).filter(|count| *count > 1))
        })
        .await?;
        browser.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn con_10_a_page_that_was_prerendered_before_a_withdrawal_starts_nothing_new_once_it_is_shown() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("prerenders/").await?;
    browser.accept_all().await?;
    stage.records(1).await?;
    prerender(&stage, &browser).await?;
    browser.act("withdraw").await?;
    stage.records(2).await?;
    browser.driver().find(By::Id("next")).await?.click().await?;
    shown(&browser).await?;
    until("the withdrawal to be known", async || Ok((browser.placet_state().await?["purposes"]["media"] == false).then_some(()))).await?;
    ensure!(browser.run::<bool>("return !document.querySelector('iframe').hasAttribute('src');").await?, "the embed stayed");
    browser.quit().await
}

#[tokio::test]
async fn a_page_that_changes_five_thousand_times_a_second_goes_on_and_what_it_adds_is_released_once() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("busy/").await?;
    asks(&stage, &browser).await?;
    add(&browser, "added before").await?;
    holds(&stage, &browser).await?;
    browser.choose().await?;
    browser.act("close").await?;
    accepts(&stage, &browser, &["inline", "external", "added before"]).await?;
    add(&browser, "added after").await?;
    until("what was added", async || Ok(Some(browser.ran().await?).filter(|ran| ran.len() >= 4))).await?;
    never("another script", Duration::from_millis(500), async || Ok(Some(browser.ran().await?).filter(|ran| ran.len() > 4))).await?;
    let changes: u64 = browser.run("return changes;").await?;
    until("the page to go on changing", async || Ok((browser.run::<u64>("return changes;").await? > changes).then_some(()))).await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

/// Adds a marked script in the middle of what changes.
async fn add(browser: &Browser, name: &str) -> Result<()> {
    let script = "const script = document.createElement('script');
        script.type = 'text/plain';
        script.dataset.category = 'analytics';
        script.textContent = `ran.push('${arguments[0]}')`;
        const busy = document.getElementById('busy');
        busy.insertBefore(script, busy.children[busy.childElementCount >> 1]);
        return null;";
    browser.run_with::<Value>(script, vec![name.into()]).await.map(drop)
}

/// Switches the browser's network off or on. What may outlive its page escapes that, and is blocked.
async fn network(browser: &Browser, on: bool) -> Result<()> {
    block(browser, if on { &[] } else { &["*/placet/v1/*"] }).await?;
    browser.devtools("Network.enable", json!({})).await?;
    let conditions = json!({ "offline": !on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.devtools("Network.emulateNetworkConditions", conditions).await.map(drop)
}

/// Has the next page prerendered and waits until it says that it is.
async fn prerender(stage: &Stage, browser: &Browser) -> Result<()> {
    browser.run::<Value>("prerender(); return null;").await?;
    until("the next page to be prerendered", async || Ok(stage.host.requests_of("/collect/born?prerendered").pop())).await.map(drop)
}

/// The next page is shown, and it is the one that was prerendered.
async fn shown(browser: &Browser) -> Result<()> {
    until("the prerendered page to be shown", async || {
        Ok((browser.run::<Option<String>>("return window.born ?? null;").await?.as_deref() == Some("prerendered")).then_some(()))
    })
    .await
}
