//! Where the banner cannot run, every choice can still be made and is recorded.

use anyhow::Result;
use e2e::browser::Browser;
use e2e::stage::Stage;
use serde_json::json;

#[tokio::test]
async fn under_a_strict_policy_without_webassembly_every_choice_works_and_nothing_violates_the_policy_but_the_wasm() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("csp/").await?;
    every_choice_works(&stage, &browser, "csp/").await?;
    browser.open(&stage.host.page("csp/?violations")).await?;
    browser.choose().await?;
    let violations: Vec<String> = browser.run("return window.violations;").await?;
    let other: Vec<_> = violations.iter().filter(|violation| !violation.ends_with("wasm-eval")).collect();
    assert!(other.is_empty(), "{other:?}");
    assert!(!violations.is_empty(), "the policy did not block the wasm, so this test shows nothing");
    browser.quit().await
}

#[tokio::test]
async fn under_the_policy_of_the_embedding_guide_the_banner_itself_runs_and_nothing_violates_it() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("csp-wasm/").await?;
    browser.banner_is_there().await?;
    browser.choose().await?;
    browser.switch("media", true).await?;
    browser.save().await?;
    assert_eq!(browser.ran_at_least(1).await?, ["media"]);
    assert_eq!(browser.run::<Vec<String>>("return window.violations;").await?, Vec::<String>::new());
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn with_the_wasm_missing_on_the_server_every_choice_works() -> Result<()> {
    let stage = Stage::new().await?;
    stage.host.fail(".wasm", 404);
    let browser = stage.visit("long/").await?;
    every_choice_works(&stage, &browser, "long/").await?;
    assert!(stage.host.requests_of(".wasm").iter().any(|request| request.status == Some(404)));
    browser.quit().await
}

#[tokio::test]
async fn with_the_wasm_blocked_on_the_way_every_choice_works() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = Browser::start(stage.host.port()).await?;
    browser.devtools("Network.setBlockedURLs", json!({ "urls": ["*.wasm"] })).await?;
    browser.open(&stage.host.page("long/")).await?;
    every_choice_works(&stage, &browser, "long/").await?;
    assert!(stage.host.requests_of(".wasm").is_empty());
    browser.quit().await
}

#[tokio::test]
async fn with_all_of_the_banners_files_blocked_accepting_refusing_and_withdrawing_still_work() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = Browser::start(stage.host.port()).await?;
    browser.devtools("Network.setBlockedURLs", json!({ "urls": ["*/placet/a/*"] })).await?;
    browser.open(&stage.host.page("long/")).await?;
    work(&stage, &browser, "long/", &["accept-all", "reject-all", "withdraw"]).await?;
    assert!(stage.host.requests_of("/placet/a/").is_empty());
    browser.no_page_errors_but(&["/placet/a/"]).await?;
    browser.quit().await
}

#[tokio::test]
async fn in_a_browser_without_webassembly_every_choice_works() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = Browser::start(stage.host.port()).await?;
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": "delete window.WebAssembly;" })).await?;
    browser.open(&stage.host.page("long/")).await?;
    every_choice_works(&stage, &browser, "long/").await?;
    browser.quit().await
}

/// Accepts, refuses, chooses and takes back, each as a new visitor.
async fn every_choice_works(stage: &Stage, browser: &Browser, page: &str) -> Result<()> {
    work(stage, browser, page, &["accept-all", "reject-all", "save", "withdraw"]).await
}

async fn work(stage: &Stage, browser: &Browser, page: &str, choices: &[&str]) -> Result<()> {
    let mut count = stage.placet.records("demo")?.len();
    for choice in choices {
        browser.devtools("Storage.clearCookies", json!({})).await?;
        browser.open(&stage.host.page(page)).await?;
        browser.asked().await?;
        let ran: Vec<&str> = match *choice {
            "accept-all" => {
                browser.accept_all().await?;
                vec!["analytics", "media"]
            }
            "reject-all" => {
                browser.reject_all().await?;
                vec![]
            }
            "save" => {
                browser.choose().await?;
                assert!(browser.switches().await?.iter().all(|(_, on)| !on), "CON-03");
                browser.switch("media", true).await?;
                browser.save().await?;
                vec!["media"]
            }
            _ => {
                browser.accept_all().await?;
                count += 1;
                stage.records(count).await?;
                browser.act("withdraw").await?;
                vec!["analytics", "media"]
            }
        };
        assert_eq!(browser.ran_at_least(ran.len()).await?, ran, "{choice}");
        count += 1;
        let records = stage.records(count).await?;
        assert_eq!(records[count - 1]["method"], json!(choice.replace('-', "_")), "{choice}");
        let granted = match *choice {
            "accept-all" => json!(["analytics", "media"]),
            "save" => json!(["media"]),
            _ => json!([]),
        };
        assert_eq!(records[count - 1]["granted"], granted, "{choice}");
    }
    Ok(())
}
