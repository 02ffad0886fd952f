//! What nobody marked is held by its address: nothing is loaded from, or sent to, a listed service before
//! it is allowed, what was held starts when it is, and what the page asks of others goes on.

use anyhow::Result;
use e2e::browser::Browser;
use e2e::stage::Stage;
use e2e::wait::{never, until};
use std::time::Duration;

/// What a page's own scripts bring in by elements.
const ELEMENTS: [&str; 17] = [
    "mark.js?created",
    "mark.js?set",
    "mark.js?fragment",
    "mark.js?written",
    "image",
    "set",
    "frame",
    "style",
    "poster",
    "video",
    "object",
    "embed",
    "inserted",
    "source",
    "inner",
    "preload",
    "written-image",
];

async fn stage() -> Result<Stage> {
    Stage::with(|site| site.replacing("urls = []", "urls = [\"tracker.example\"]")).await
}

#[tokio::test]
async fn epd_01_nothing_unmarked_is_requested_from_a_listed_service_before_the_choice_nor_after_a_refusal() -> Result<()> {
    let stage = stage().await?;
    let browser = stage.visit("hold/").await?;
    finished(&browser).await?;
    quiet(&stage).await?;
    assert!(browser.ran().await?.is_empty());
    browser.reject_all().await?;
    quiet(&stage).await?;
    assert!(browser.ran().await?.is_empty());
    browser.reload().await?;
    finished(&browser).await?;
    quiet(&stage).await?;
    browser.quit().await
}

#[tokio::test]
async fn requests_to_a_listed_service_fail_as_without_a_network_and_others_go_on() -> Result<()> {
    let stage = stage().await?;
    let browser = stage.visit("hold/").await?;
    finished(&browser).await?;
    let all = ["fetch: TypeError", "request: TypeError", "xhr", "beacon false", "socket", "events", "free"];
    let failed = until("every request to end", async || {
        Ok(Some(browser.run::<Vec<String>>("return window.failed;").await?).filter(|failed| failed.len() >= all.len()))
    })
    .await?;
    for name in all {
        assert!(failed.iter().any(|other| other == name), "{name}: {failed:?}");
    }
    until("the free image", async || Ok(stage.host.requests_of("free.example /image").pop())).await?;
    browser.quit().await
}

#[tokio::test]
async fn what_was_held_starts_once_when_it_is_allowed_and_hears_its_own_load() -> Result<()> {
    let stage = stage().await?;
    let browser = stage.visit("hold/").await?;
    finished(&browser).await?;
    browser.accept_all().await?;
    for name in ELEMENTS {
        until(name, async || Ok(tracked(&stage).into_iter().find(|path| path.ends_with(&format!("/{name}"))))).await?;
    }
    let ran = browser.ran_at_least(5).await?;
    let mut names: Vec<_> = ran.iter().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["created", "fragment", "parser", "set", "written"]);
    until("the created script to hear its load", async || {
        Ok(browser.run::<bool>("return window.loaded.includes('mark.js?created');").await?.then_some(()))
    })
    .await?;
    let text = "const element = document.querySelector('#here > img'); return element.src + ' ' + element.getAttribute('src');";
    assert_eq!(browser.run::<String>(text).await?, "http://tracker.example/image http://tracker.example/image");
    browser.quit().await
}

#[tokio::test]
async fn con_10_after_a_withdrawal_no_request_leaves_for_the_service_any_more() -> Result<()> {
    let stage = stage().await?;
    let browser = stage.visit("hold/").await?;
    finished(&browser).await?;
    browser.accept_all().await?;
    browser.ran_at_least(5).await?;
    browser.act("withdraw").await?;
    until("the embeds to be emptied", async || {
        Ok(browser
            .run::<bool>("return ![...document.querySelectorAll('iframe')].some((frame) => frame.hasAttribute('src'));")
            .await?
            .then_some(()))
    })
    .await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let before = tracked(&stage).len();
    browser.run::<serde_json::Value>("fetch('http://tracker.example/late').catch(() => {}); new Image().src = 'http://tracker.example/late'; navigator.sendBeacon('http://tracker.example/late'); return null;").await?;
    never("a request", Duration::from_millis(800), async || Ok((tracked(&stage).len() > before).then(|| tracked(&stage)))).await?;
    browser.quit().await
}

async fn finished(browser: &Browser) -> Result<()> {
    until("the page's script to end", async || Ok(browser.run::<bool>("return window.finished ?? false;").await?.then_some(()))).await
}

/// The paths that were asked of the listed service, but for the script that the parser may have fetched
/// ahead before any script could run.
fn tracked(stage: &Stage) -> Vec<String> {
    stage.host.requests_of(" tracker.example").into_iter().map(|request| request.path).filter(|path| !path.ends_with("?parser")).collect()
}

async fn quiet(stage: &Stage) -> Result<()> {
    never("a request to the tracker", Duration::from_millis(700), async || Ok(tracked(stage).pop())).await
}
