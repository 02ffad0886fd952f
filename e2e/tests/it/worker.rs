//! The stricter mode by a service worker: from the second page view on it refuses what the page's parser
//! asks of a listed host before any script, until it is allowed.

use std::time::Duration;

use anyhow::Result;
use e2e::browser::Browser;
use e2e::stage::Stage;
use e2e::wait::{never, until};

/// What the page brings in from the listed service.
const ALL: [&str; 16] = [
    "preload",
    "prefetch",
    "module",
    "style",
    "import",
    "font",
    "background",
    "mark.js?parser",
    "fetch",
    "beacon",
    "events",
    "dynamic",
    "worker",
    "image",
    "set",
    "poster",
];

async fn stage() -> Result<Stage> {
    Stage::with(|site| {
        site.replacing("urls = []", "urls = [\"tracker.example\"]")?.replacing("[controller]", "[gate]\nworker = true\n\n[controller]")
    })
    .await
}

/// What listed hosts were asked.
fn asked(stage: &Stage) -> Vec<String> {
    let listed = ["tracker.example", "google-analytics.com"];
    let requests = stage.host.requests().into_iter();
    requests.filter(|request| listed.iter().any(|host| request.host.ends_with(host))).map(|request| request.path).collect()
}

async fn controlled(browser: &Browser) -> Result<()> {
    until("the worker", async || Ok(browser.run::<bool>("return !!navigator.serviceWorker.controller;").await?.then_some(()))).await
}

#[tokio::test]
async fn epd_01_with_the_worker_a_second_page_view_requests_nothing_of_listed_hosts_until_they_are_granted() -> Result<()> {
    let stage = stage().await?;
    let browser = stage.visit("worker/").await?;
    controlled(&browser).await?;
    stage.host.forget();
    browser.reload().await?;
    browser.asked().await?;
    never("a request before the choice", Duration::from_millis(800), async || Ok(asked(&stage).pop())).await?;
    assert_eq!(browser.ran().await?, ["own"], "who is not listed runs");
    browser.accept_all().await?;
    browser.reload().await?;
    for name in ALL {
        until(name, async || Ok(asked(&stage).into_iter().find(|path| path == &format!("/{name}")))).await?;
    }
    assert_eq!(browser.ran().await?, ["parser", "own"]);
    let unnamed = async || Ok(asked(&stage).into_iter().find(|path| path.starts_with("/g/collect")));
    never("a request to a service that the site does not name", Duration::from_millis(300), unnamed).await?;
    browser.quit().await
}

#[tokio::test]
async fn con_10_after_a_withdrawal_the_worker_refuses_again() -> Result<()> {
    let stage = stage().await?;
    let browser = stage.visit("worker/").await?;
    browser.accept_all().await?;
    controlled(&browser).await?;
    browser.act("withdraw").await?;
    browser.chosen().await?;
    stage.host.forget();
    browser.reload().await?;
    never("a request after the withdrawal", Duration::from_millis(800), async || Ok(asked(&stage).pop())).await?;
    browser.quit().await
}

#[tokio::test]
async fn the_worker_is_only_there_where_the_owner_switched_it_on_and_leaves_an_owners_own_alone() -> Result<()> {
    let registered =
        "return (await navigator.serviceWorker.getRegistrations()).map((worker) => new URL(worker.active.scriptURL).pathname);";
    let usual = Stage::new().await?;
    let browser = usual.visit("worker/").await?;
    browser.accept_all().await?;
    assert_eq!(browser.run_async::<Vec<String>>(registered).await?, Vec::<String>::new());
    browser.quit().await?;

    let stage = stage().await?;
    let browser = stage.visit("plain/").await?;
    let own = "await navigator.serviceWorker.register('/worker/own.js', { scope: '/' }); await navigator.serviceWorker.ready; return true;";
    browser.run_async::<bool>(own).await?;
    browser.open(&stage.host.page("worker/")).await?;
    browser.accept_all().await?;
    never("another worker", Duration::from_millis(500), async || Ok(stage.host.requests_of("/worker.js").pop())).await?;
    assert_eq!(browser.run_async::<Vec<String>>(registered).await?, ["/worker/own.js"]);
    browser.quit().await
}
