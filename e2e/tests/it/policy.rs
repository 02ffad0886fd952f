//! The stricter mode by `Content-Security-Policy`: what not even the loader could hold, because the
//! parser met it first, is not requested until it is allowed.

use std::time::Duration;

use anyhow::Result;
use e2e::stage::Stage;
use e2e::wait::{never, until};

/// What the page brings in from the listed service.
const ALL: [&str; 20] = [
    "preload",
    "prefetch",
    "module",
    "style",
    "import",
    "font",
    "background",
    "mark.js?parser",
    "fetch",
    "socket",
    "beacon",
    "events",
    "dynamic",
    "worker",
    "image",
    "set",
    "frame",
    "poster",
    "object",
    "embed",
];

async fn stage() -> Result<Stage> {
    Stage::with(|site| {
        site.replacing("urls = []", "urls = [\"tracker.example\"]")?
            .replacing("[controller]", "[gate]\nhosts = [\"cdn.example\"]\n\n[controller]")
    })
    .await
}

fn asked(stage: &Stage) -> Vec<String> {
    stage.host.requests_of(" tracker.example").into_iter().map(|request| request.path).collect()
}

#[tokio::test]
async fn epd_01_under_the_policy_nothing_is_requested_of_a_listed_service_by_any_markup_until_it_is_granted() -> Result<()> {
    let stage = stage().await?;
    let browser = stage.visit("policy/").await?;
    browser.asked().await?;
    never("a request before the choice", Duration::from_millis(800), async || Ok(asked(&stage).pop())).await?;
    assert_eq!(browser.ran().await?, ["own"], "what the owner names runs");
    browser.reject_all().await?;
    browser.reload().await?;
    never("a request after the refusal", Duration::from_millis(800), async || Ok(asked(&stage).pop())).await?;
    browser.quit().await?;
    let browser = stage.visit("policy/").await?;
    browser.accept_all().await?;
    browser.reload().await?;
    for name in ALL {
        until(name, async || Ok(asked(&stage).into_iter().find(|path| path == &format!("/{name}")))).await?;
    }
    assert_eq!(browser.ran().await?, ["parser", "own"]);
    browser.quit().await
}
