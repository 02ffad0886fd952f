//! Pages that forbid much to their scripts: Content-Security-Policy, Trusted Types, isolation, sandboxes.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::browser::Browser;
use e2e::checks::STATE_COOKIE;
use e2e::stage::Stage;
use e2e::wait::{never, until};
use serde_json::json;
use thirtyfour::By;

use super::{ALL, accepts, asks, holds, intact, released};

#[tokio::test]
async fn sec_03_under_nonce_and_strict_dynamic_released_scripts_carry_the_nonce_and_nothing_violates_the_policy() -> Result<()> {
    nonce("nonce/").await
}

#[tokio::test]
async fn sec_03_under_a_nonce_alone_a_released_third_party_script_carries_it_and_nothing_violates_the_policy() -> Result<()> {
    nonce("nonce-only/").await
}

async fn nonce(page: &str) -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit(page).await?;
    asks(&stage, &browser).await?;
    browser.banner_is_there().await?;
    violations(&browser, &[]).await?;
    accepts(&stage, &browser, &ALL).await?;
    ensure!(browser.run::<String>("return window.carried;").await? == "r4nd0m", "the nonce was lost");
    violations(&browser, &[]).await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn sec_05_under_trusted_types_scripts_modules_templates_and_embeds_are_released_and_nothing_violates_the_policy() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("trusted-types/").await?;
    asks(&stage, &browser).await?;
    browser.banner_is_there().await?;
    accepts(&stage, &browser, &["inline", "external", "template", "module"]).await?;
    ensure!(browser.run::<bool>("return document.getElementById('from-template')?.parentElement === document.body;").await?);
    violations(&browser, &[]).await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn sec_05_con_15_trusted_types_that_do_not_allow_placet_leave_the_page_as_it_is_with_everything_denied() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("trusted-types-refused/").await?;
    holds(&stage, &browser).await?;
    // Not even where a choice stands: what cannot be released properly is not released at all.
    let day: u64 = browser.run("return Math.floor(Date.now() / 864e5);").await?;
    browser.set_cookie(STATE_COOKIE, &format!("1.1.{day}.3")).await?;
    browser.reload().await?;
    intact(&browser).await?;
    never("an external script", Duration::from_millis(300), async || Ok(browser.ran().await?.into_iter().find(|one| one == "external")))
        .await?;
    nothing_thrown(&browser).await?;
    browser.quit().await
}

#[tokio::test]
async fn sec_08_a_page_isolated_by_require_corp_loads_placet_from_another_origin() -> Result<()> {
    isolated("isolated/").await
}

#[tokio::test]
async fn sec_08_a_page_isolated_by_credentialless_loads_placet_from_another_origin() -> Result<()> {
    isolated("isolated-credentialless/").await
}

async fn isolated(page: &str) -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit(page).await?;
    ensure!(browser.run::<bool>("return crossOriginIsolated;").await?, "the page is not isolated, so this test shows nothing");
    asks(&stage, &browser).await?;
    browser.banner_is_there().await?;
    browser.choose().await?;
    browser.act("close").await?;
    browser.accept_all().await?;
    ensure!(browser.ran_at_least(ALL.len()).await? == ALL);
    stage.records(1).await?;
    intact(&browser).await?;
    // The embed says nothing of isolation itself, which is its owner's matter.
    browser.no_page_errors_but(&["videos.example"]).await?;
    let origin = stage.placet.origin();
    for (path, kind) in [("/s/demo.js", "javascript"), ("/a/banner-", "javascript"), (".wasm", "wasm"), ("/layers", "json")] {
        let asked: Vec<_> =
            browser.requests().await?.into_iter().filter(|seen| seen.url.starts_with(&origin) && seen.url.contains(path)).collect();
        let url = &asked.first().ok_or_else(|| anyhow::anyhow!("{path} was not asked for"))?.url;
        let answer = reqwest::get(url).await?;
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        ensure!(header("content-type").contains(kind), "{url}: {:?}", answer.headers());
        ensure!(header("cross-origin-resource-policy") == "cross-origin", "{url}: {:?}", answer.headers());
        ensure!(header("access-control-allow-origin") == "*", "{url}: {:?}", answer.headers());
        ensure!(header("x-content-type-options") == "nosniff", "{url}: {:?}", answer.headers());
    }
    browser.quit().await
}

#[tokio::test]
async fn con_15_in_a_sandbox_without_an_origin_each_choice_holds_in_the_page_and_nothing_is_thrown() -> Result<()> {
    let stage = Stage::new().await?;
    for (action, ran) in [("accept-all", ALL.as_slice()), ("reject-all", &[])] {
        let browser = stage.visit("sandbox/").await?;
        browser.driver().find(By::Id("sandbox")).await?.enter_frame().await?;
        ensure!(browser.run::<String>("return self.origin;").await? == "null", "the sandbox has an origin, so this test shows nothing");
        browser.asked().await?;
        super::usable(&browser).await?;
        intact(&browser).await?;
        ensure!(browser.ran().await?.is_empty());
        browser.act(action).await?;
        browser.chosen().await?;
        if ran.is_empty() {
            never("a marked script", Duration::from_millis(300), async || Ok(browser.ran().await?.pop())).await?;
        } else {
            released(&stage, &browser, ran).await?;
        }
        nothing_thrown(&browser).await?;
        browser.quit().await?;
        stage.host.forget();
    }
    ensure!(stage.placet.records("demo")?.is_empty(), "a page of no origin recorded something");
    Ok(())
}

/// What the page's policy refused, once it has refused at least as much as expected.
async fn violations(browser: &Browser, expected: &[&str]) -> Result<()> {
    let found = "return window.violations;";
    let found: Vec<String> =
        until("the violations", async || Ok(Some(browser.run::<Vec<String>>(found).await?).filter(|found| found.len() >= expected.len())))
            .await?;
    ensure!(found == expected, "{found:?}");
    Ok(())
}

/// No error reached the page, whatever the browser itself noted.
async fn nothing_thrown(browser: &Browser) -> Result<()> {
    let errors = browser.page_errors().await?;
    let thrown: Vec<_> = errors.iter().filter(|error| error.contains("Uncaught")).collect();
    ensure!(thrown.is_empty(), "{}", json!(thrown));
    Ok(())
}
