//! Frameworks that own the page's nodes: React hydrates the document.

use anyhow::{Result, ensure};
use e2e::browser::Browser;
use e2e::stage::Stage;
use e2e::wait::until;

use super::asks;

#[tokio::test]
async fn react_hydrates_the_whole_document_around_the_banner_without_a_complaint() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("hydrated/").await?;
    asks(&stage, &browser).await?;
    content(&browser).await?;
    browser.accept_all().await?;
    ensure!(browser.ran_at_least(1).await? == ["marked"]);
    until("the embed's request", async || Ok(stage.host.requests_of("videos.example").pop())).await?;
    content(&browser).await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

/// React stands, has complained of nothing, and its parts are there.
async fn content(browser: &Browser) -> Result<()> {
    let complaints: Vec<String> = browser.run("return window.complaints;").await?;
    ensure!(complaints.is_empty(), "{complaints:?}");
    ensure!(browser.run::<bool>("return !!document.querySelector('placet-root') && !!document.getElementById('turn');").await?);
    Ok(())
}
