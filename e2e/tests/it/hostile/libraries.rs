//! Libraries that redefine what the browser gives to every script, before the tag and after it.

use anyhow::{Result, ensure};
use e2e::stage::Stage;
use serde_json::json;

use super::asks_and_releases;

#[tokio::test]
async fn sec_12_core_js_before_or_after_the_tag_changes_nothing() -> Result<()> {
    library("core-js", "return !!window['__core-js_shared__'];").await
}

#[tokio::test]
async fn sec_12_mootools_before_or_after_the_tag_changes_nothing() -> Result<()> {
    library("mootools", "return typeof Array.prototype.erase === 'function' && typeof Function.prototype.extend === 'function';").await
}

#[tokio::test]
async fn sec_12_natives_as_libraries_of_fifteen_years_ago_left_them_change_nothing() -> Result<()> {
    library("old-natives", "return JSON.stringify([1]) === '\"[1]\"';").await
}

/// Asks, opens the preferences, saves, and records what was chosen; `there` says that the library is in force.
async fn library(name: &str, there: &str) -> Result<()> {
    for page in ["", "after.html"] {
        let stage = Stage::new().await?;
        let browser = stage.visit(&format!("{name}/{page}")).await?;
        ensure!(browser.run::<bool>(there).await?, "{name} is not there, so this test shows nothing");
        asks_and_releases(&stage, &browser).await?;
        browser.choose().await?;
        browser.switch("media", false).await?;
        browser.switch_service("posthog", false).await?;
        browser.act("save").await?;
        let records = stage.records(2).await?;
        ensure!(records[0]["granted"] == json!(["analytics", "media"]), "{}", records[0]);
        ensure!(records[1]["granted"] == json!(["analytics"]), "{}", records[1]);
        ensure!(records[1]["services_refused"] == json!(["posthog"]), "{}", records[1]);
        browser.reload().await?;
        browser.chosen().await?;
        let purposes = browser.placet_state().await?["purposes"].clone();
        let stands = |purpose: &str| purposes[purpose].as_bool();
        ensure!(
            (stands("analytics"), stands("media"), stands("needed")) == (Some(true), Some(false), Some(true)),
            "{name}/{page}: {purposes}"
        );
        browser.no_page_errors().await?;
        browser.quit().await?;
    }
    Ok(())
}
