//! Withdrawal cleans up: what the service stored is gone in every place, stays gone although its script
//! still runs, and nothing that belongs to others is touched (CON-10, CK-11).

use std::time::Duration;

use anyhow::Result;
use e2e::browser::Browser;
use e2e::host::SCHOOL;
use e2e::stage::Stage;
use e2e::wait::{never, until};
use serde_json::json;

async fn stage() -> Result<Stage> {
    Stage::with(|site| {
        site.replacing("urls = []", "urls = [\"collect.example\"]")?.replacing(
            "  { name = \"ph_*\", kind = \"session_storage\", days = 0 },",
            "  { name = \"ph_*\", kind = \"session_storage\", days = 0 },\n  { name = \"ph_*\", kind = \"indexed_db\", days = 9 },\n  { name = \"ph_*\", kind = \"cache\", days = 9 },",
        )
    })
    .await
}

#[tokio::test]
async fn con_10_ck_11_a_withdrawal_removes_everything_that_the_service_declares_wherever_it_is() -> Result<()> {
    let stage = stage().await?;
    for origin in [stage.host.origin(), format!("http://deep.{SCHOOL}"), format!("http://{SCHOOL}")] {
        let browser = stage.visit("long/").await?;
        browser.open(&format!("{origin}/clean/")).await?;
        browser.accept_all().await?;
        browser.ran_at_least(2).await?;
        until("it to track", async || Ok(traces(&browser).await?.len().checked_sub(7))).await?;
        browser.act("withdraw").await?;
        until("every trace to go", async || Ok(traces(&browser).await?.is_empty().then_some(()))).await?;
        never("a trace", Duration::from_millis(600), async || Ok(traces(&browser).await?.pop())).await?;
        browser.open(&format!("{origin}/clean/")).await?;
        browser.chosen().await?;
        assert_eq!(traces(&browser).await?, Vec::<String>::new(), "{origin}");
        let kept: Vec<String> = browser.cookies().await?.into_iter().map(|cookie| cookie.name).filter(|name| name != "placet").collect();
        assert_eq!(kept, ["keep", "session"], "{origin}");
        assert_eq!(browser.storage().await?.local, ["keep"], "{origin}");
        browser.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn con_10_within_a_second_of_a_withdrawal_no_request_leaves_and_none_after_a_reload() -> Result<()> {
    let stage = stage().await?;
    let browser = stage.visit("clean/").await?;
    browser.accept_all().await?;
    until("it to track", async || Ok(stage.host.requests_of("collect.example").pop())).await?;
    browser.act("withdraw").await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    stage.host.forget();
    never("a request", Duration::from_secs(1), async || Ok(stage.host.requests_of("collect.example").pop())).await?;
    browser.reload().await?;
    browser.chosen().await?;
    never("a request", Duration::from_millis(500), async || Ok(stage.host.requests_of("collect.example").pop())).await?;
    browser.quit().await
}

#[tokio::test]
async fn epd_01_before_the_choice_a_script_that_nobody_marked_can_neither_write_nor_read_what_a_service_declares() -> Result<()> {
    let stage = stage().await?;
    let browser = stage.visit("clean/").await?;
    browser.asked().await?;
    browser.set_cookie("ph_old", "1").await?;
    let read: (String, Option<String>, Option<String>) = browser
        .run(
            "document.cookie = 'ph_new=1; path=/';
            localStorage.setItem('ph_new', 1);
            return [document.cookie, localStorage.getItem('ph_new'), localStorage.getItem('keep')];",
        )
        .await?;
    assert_eq!(read, ("keep=1; session=1".to_owned(), None, Some("1".to_owned())));
    assert_eq!(browser.cookie("ph_old").await?.as_deref(), Some("1"), "what was there is not changed either");
    assert_eq!(browser.cookie("ph_new").await?, None);
    browser.accept_all().await?;
    let read: String = browser.run("document.cookie = 'ph_new=1; path=/'; return document.cookie;").await?;
    assert!(read.contains("ph_old=1") && read.contains("ph_new=1"), "{read}");
    browser.quit().await
}

/// Everything of the service's that the device holds.
async fn traces(browser: &Browser) -> Result<Vec<String>> {
    let cookies = browser.cookies().await?.into_iter().map(|cookie| format!("cookie {} {} {}", cookie.name, cookie.domain, cookie.path));
    let storage = browser.storage().await?;
    let rest = [storage.local, storage.session, storage.databases, storage.caches].concat();
    Ok(cookies.chain(rest).filter(|name| name.contains("ph_")).collect())
}

#[tokio::test]
async fn ck_11_cookies_that_scripts_cannot_see_go_with_the_recorded_decision_on_every_domain_above_the_page() -> Result<()> {
    let stage = stage().await?;
    let browser = stage.visit("long/").await?;
    let origin = format!("http://deep.{SCHOOL}");
    for (name, scope) in [
        ("ph_host", json!({ "url": &origin })),
        ("ph_deep", json!({ "domain": format!(".deep.{SCHOOL}") })),
        ("ph_above", json!({ "domain": format!(".{SCHOOL}") })),
        ("session", json!({ "url": &origin })),
        ("other", json!({ "domain": format!(".{SCHOOL}") })),
    ] {
        let mut cookie = json!({ "name": name, "value": "1", "path": "/", "httpOnly": true });
        if let (Some(cookie), Some(scope)) = (cookie.as_object_mut(), scope.as_object()) {
            cookie.extend(scope.clone());
        }
        browser.devtools("Network.setCookie", cookie).await?;
    }
    browser.open(&format!("{origin}/clean/")).await?;
    browser.accept_all().await?;
    stage.records(1).await?;
    browser.act("withdraw").await?;
    let names = async || {
        anyhow::Ok(browser.cookies().await?.into_iter().map(|cookie| cookie.name).filter(|name| name != "placet").collect::<Vec<_>>())
    };
    until("the hidden cookies to go", async || Ok((!names().await?.iter().any(|name| name.starts_with("ph_"))).then_some(()))).await?;
    let mut kept = names().await?;
    kept.retain(|name| ["session", "other"].contains(&name.as_str()));
    kept.sort_unstable();
    // The page has a `session` of its own in another scope.
    kept.dedup();
    assert_eq!(kept, ["other", "session"]);
    browser.quit().await
}
