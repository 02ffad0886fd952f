//! Nothing is stored, read or requested before a choice and after a refusal, with three real
//! analytics packages on the page; and the positive control: after Accept all they do it.

use std::time::Duration;

use anyhow::Result;
use e2e::browser::Browser;
use e2e::stage::Stage;
use e2e::wait::{never, until};
use serde_json::Value;
use thirtyfour::Key;

const PACKAGES: [&str; 3] = ["/demo/posthog.js", "/demo/snowplow.js", "/demo/plausible.js"];
const COLLECTORS: [&str; 3] = ["posthog", "snowplow", "plausible"];

#[tokio::test]
async fn notice_01_epd_01_nothing_happens_before_a_choice_whatever_else_the_visitor_does() -> Result<()> {
    let stage = Stage::demo().await?;
    let browser = stage.visit_demo("").await?;
    browser.asked().await?;
    browser.banner_is_there().await?;
    browser.run::<Value>("window.scrollTo(0, document.documentElement.scrollHeight); return null;").await?;
    browser.click_at(40, 200).await?;
    browser.press(Key::Escape).await?;
    quiet(&stage, &browser).await?;
    browser.keeps_nothing_but_state(false).await?;
    browser.open(&format!("{}/?language=cy", stage.placet.origin())).await?;
    browser.asked().await?;
    quiet(&stage, &browser).await?;
    browser.keeps_nothing_but_state(false).await?;
    assert!(stage.placet.records("demo")?.is_empty());
    browser.no_page_errors().await?;
    browser.quit().await?;
    stage.placet.assert_log_clean()
}

#[tokio::test]
async fn fr_06_nothing_happens_after_reject_all_on_this_page_and_the_next() -> Result<()> {
    let stage = Stage::demo().await?;
    let browser = stage.visit_demo("").await?;
    browser.reject_all().await?;
    stage.records(1).await?;
    quiet(&stage, &browser).await?;
    browser.keeps_nothing_but_state(true).await?;
    browser.reload().await?;
    browser.chosen().await?;
    quiet(&stage, &browser).await?;
    browser.keeps_nothing_but_state(true).await?;
    assert_eq!(stage.placet.records("demo")?.len(), 1);
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn fr_06_after_reject_all_a_cookie_that_was_there_before_is_neither_read_nor_changed() -> Result<()> {
    let stage = Stage::demo().await?;
    let browser = stage.visit_demo("").await?;
    browser.set_cookie("ph_demo_posthog", "old").await?;
    browser.reload().await?;
    browser.reject_all().await?;
    stage.records(1).await?;
    quiet(&stage, &browser).await?;
    assert_eq!(browser.cookie("ph_demo_posthog").await?.as_deref(), Some("old"));
    browser.quit().await
}

#[tokio::test]
async fn after_accept_all_each_package_runs_once_in_document_order_and_its_collector_hears_it() -> Result<()> {
    let stage = Stage::demo().await?;
    let browser = stage.visit_demo("").await?;
    browser.asked().await?;
    browser.forget_requests().await?;
    browser.accept_all().await?;
    until("each collector to hear its package", async || {
        let heard = collected(&stage).await?;
        Ok(COLLECTORS.iter().all(|name| heard.iter().any(|path| path.starts_with(name))).then_some(()))
    })
    .await?;
    let asked: Vec<String> = browser.requests().await?.into_iter().map(|request| request.url).collect();
    let scripts: Vec<&str> = asked.iter().filter_map(|url| PACKAGES.into_iter().find(|package| url.ends_with(package))).collect();
    assert_eq!(scripts, PACKAGES, "each package once, in document order");
    assert!(browser.run::<bool>("return posthog.__loaded && typeof plausible === 'function';").await?);
    let source: String = browser.run("return document.querySelector('iframe').src;").await?;
    assert!(source.ends_with("/demo/embed"), "{source}");
    let storage = browser.storage().await?;
    assert!(!storage.is_empty() && browser.cookies().await?.len() > 2, "the packages store nothing, so their silence proves nothing");
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn only_the_service_that_was_switched_on_starts() -> Result<()> {
    let stage = Stage::demo().await?;
    let browser = stage.visit_demo("").await?;
    browser.choose().await?;
    browser.switch_service("snowplow", true).await?;
    browser.save().await?;
    until("snowplow's collector to hear it", async || {
        Ok(collected(&stage).await?.iter().any(|path| path.starts_with("snowplow")).then_some(()))
    })
    .await?;
    let others = async || Ok(collected(&stage).await?.into_iter().find(|path| !path.starts_with("snowplow")));
    never("a request of another package", Duration::from_secs(1), others).await?;
    let records = stage.records(1).await?;
    assert_eq!(records[0]["granted"], serde_json::json!([]));
    assert_eq!(records[0]["services_granted"], serde_json::json!(["snowplow"]));
    browser.quit().await
}

/// For a while, no collector hears anything, and at its end nobody but Placet was asked and no package was fetched.
async fn quiet(stage: &Stage, browser: &Browser) -> Result<()> {
    let heard = async || Ok(collected(stage).await?.into_iter().next());
    never("a request to a collector", Duration::from_millis(1500), heard).await?;
    browser.asked_only(&[stage.placet.origin()]).await?;
    for request in browser.requests().await? {
        assert!(PACKAGES.iter().all(|package| !request.url.contains(package)), "{request:?}");
        assert!(!request.url.contains("/demo/embed"), "{request:?}");
    }
    Ok(())
}

/// What the demo page's collector heard.
async fn collected(stage: &Stage) -> Result<Vec<String>> {
    let list: Vec<Value> = reqwest::get(format!("{}/demo/collect", stage.placet.origin())).await?.json().await?;
    Ok(list.iter().filter_map(|entry| entry["path"].as_str().map(ToOwned::to_owned)).collect())
}
