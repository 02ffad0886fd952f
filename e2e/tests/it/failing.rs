//! When something is broken: the server, the cookie, the browser's storage. The choice holds all the
//! same, the gate follows it, and nothing is thrown into the page.

use std::time::Duration;

use anyhow::Result;
use e2e::browser::Options;
use e2e::checks::STATE_COOKIE;
use e2e::stage::{SITE, Stage};
use e2e::wait::{never, until};
use serde_json::json;

#[tokio::test]
async fn with_the_server_down_each_choice_is_in_force_at_once_and_its_record_arrives_when_the_server_is_back() -> Result<()> {
    for (action, ran) in [("accept-all", vec!["analytics", "media"]), ("reject-all", vec![])] {
        let mut stage = Stage::new().await?;
        let browser = stage.visit("long/").await?;
        browser.asked().await?;
        stage.placet.kill();
        browser.act(action).await?;
        browser.chosen().await?;
        assert_eq!(browser.ran().await?, ran, "{action}");
        until("the record to have been tried", async || Ok(stage.host.consents().into_iter().find(|request| request.status == Some(502))))
            .await?;
        let pending = "It will be recorded as soon as the connection is back.";
        until(pending, async || Ok(browser.status().await?.contains(pending).then_some(()))).await?;
        stage.placet.start()?;
        let records = stage.records(1).await?;
        assert_eq!(records[0]["method"], json!(action.replace('-', "_")));
        never("a second record", Duration::from_millis(500), async || {
            Ok(Some(stage.placet.records(SITE)?.len()).filter(|count| *count > 1))
        })
        .await?;
        browser.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_grant_that_could_not_be_sent_waits_on_the_device_and_the_next_page_sends_it_once() -> Result<()> {
    let mut stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    stage.placet.kill();
    browser.accept_all().await?;
    until("the outbox to hold it", async || Ok(browser.storage().await?.local.contains(&"placet-outbox".to_owned()).then_some(()))).await?;
    browser.open("about:blank").await?;
    stage.placet.start()?;
    browser.open(&stage.host.page("plain-with-tag/")).await?;
    assert_eq!(stage.records(1).await?[0]["method"], json!("accept_all"));
    until("the outbox to be empty", async || Ok(browser.storage().await?.is_empty().then_some(()))).await?;
    browser.reload().await?;
    browser.chosen().await?;
    never("a second record", Duration::from_millis(500), async || Ok(Some(stage.placet.records(SITE)?.len()).filter(|count| *count > 1)))
        .await?;
    browser.quit().await
}

#[tokio::test]
async fn a_refusal_that_could_not_be_sent_leaves_nothing_on_the_device_but_the_state_cookie() -> Result<()> {
    let mut stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    stage.placet.kill();
    browser.reject_all().await?;
    until("the record to have been tried", async || Ok(stage.host.consents().into_iter().find(|request| request.status == Some(502))))
        .await?;
    browser.keeps_nothing_but_state(true).await?;
    browser.open(&stage.host.page("plain-with-tag/")).await?;
    browser.keeps_nothing_but_state(true).await?;
    browser.quit().await
}

#[tokio::test]
async fn with_the_server_down_before_the_page_was_opened_nothing_marked_runs_and_the_page_works() -> Result<()> {
    let mut stage = Stage::new().await?;
    stage.placet.kill();
    let browser = stage.visit("gate/").await?;
    assert!(browser.run::<bool>("return window.parsed && !window.placet;").await?);
    never("a marked script", Duration::from_millis(500), async || Ok(browser.ran().await?.pop())).await?;
    assert!(stage.host.requests_of("videos.example").is_empty());
    browser.quit().await
}

#[tokio::test]
async fn con_15_a_corrupt_cookie_is_no_choice_the_visitor_is_asked_again() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("plain/").await?;
    let day: u64 = browser.run("return Math.floor(Date.now() / 864e5);").await?;
    for cookie in [
        "%E0%A4%A",
        "{}",
        "1",
        "1.1",
        &format!("2.1.{day}.3"),
        &format!("1.9.{day}.3"),
        &format!("1.1.{day}.7"),
        &format!("1.1.{day}.g"),
        &format!("1.1.{}.3", day - 181),
        &format!("1.1.{}.3", day + 400),
        &format!("1.1.{day}.3.ff"),
        "accept_all",
    ] {
        browser.set_cookie(STATE_COOKIE, cookie).await?;
        browser.open(&stage.host.page("long/")).await?;
        assert!(!browser.run::<bool>("return placet.state().chosen;").await?, "{cookie:?} counts as a choice");
        browser.asked().await?;
        assert!(browser.ran().await?.is_empty(), "{cookie:?} opened the gate");
    }
    browser.accept_all().await?;
    assert_eq!(browser.ran().await?, ["analytics", "media"]);
    assert_eq!(browser.cookie(STATE_COOKIE).await?, Some(format!("1.1.{day}.3")));
    stage.records(1).await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn with_cookies_and_storage_forbidden_each_choice_holds_in_the_page_and_is_recorded() -> Result<()> {
    let stage = Stage::new().await?;
    let forbidden = Options { storage_forbidden: true, ..Options::default() };
    for (count, action, ran) in [(1, "accept-all", vec!["analytics", "media"]), (2, "reject-all", vec![])] {
        let browser = stage.visit_with("long/", &forbidden).await?;
        browser.act(action).await?;
        browser.chosen().await?;
        assert_eq!(browser.ran().await?, ran, "{action}");
        assert_eq!(stage.records(count).await?[count - 1]["method"], json!(action.replace('-', "_")));
        assert!(browser.cookies().await?.is_empty());
        browser.reload().await?;
        browser.asked().await?;
        browser.no_page_errors().await?;
        browser.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn sec_12_what_the_page_breaks_after_the_tag_does_not_break_the_choice_or_its_record() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("hostile/").await?;
    browser.accept_all().await?;
    assert_eq!(browser.ran_at_least(1).await?, ["analytics"]);
    assert_eq!(stage.records(1).await?[0]["method"], json!("accept_all"));
    let day: u64 = browser.run("return Math.floor(Date.now() / 864e5);").await?;
    assert_eq!(browser.cookie(STATE_COOKIE).await?, Some(format!("1.1.{day}.3")));
    browser.quit().await
}

#[tokio::test]
async fn a_visitor_whose_page_is_older_than_the_policy_records_what_was_shown_to_them() -> Result<()> {
    let mut stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    let changed = e2e::server::SiteFile::demo(&[&stage.host.origin()])?
        .replacing("name = \"Snowplow\"", "name = \"Snowplow Two\"")?
        .replacing("days = 395", "days = 390")?;
    stage.placet.write_site(&changed)?;
    stage.placet.stop()?;
    stage.placet.start()?;
    // A page that comes from the cache with its loader.
    browser.open(&stage.host.page("plain-with-tag/")).await?;
    browser.choose().await?;
    let shown = "return document.querySelector('placet-root').shadowRoot.querySelector('[data-placet-preferences]').textContent;";
    assert!(!browser.run::<String>(shown).await?.contains("Snowplow Two"), "the newer policy is shown under the older one's number");
    browser.switch("media", true).await?;
    browser.save().await?;
    let records = stage.records(1).await?;
    assert_eq!((&records[0]["policy_version"], &records[0]["granted"]), (&json!(1), &json!(["media"])));
    browser.quit().await
}

#[tokio::test]
async fn con_08_after_a_material_change_the_visitor_is_asked_again_and_after_a_corrected_word_not() -> Result<()> {
    let mut stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.accept_all().await?;
    stage.records(1).await?;
    let site = e2e::server::SiteFile::demo(&[&stage.host.origin()])?;
    let corrected = site.clone().replacing("Counts which pages are read", "Counts the pages that are read")?;
    stage.placet.write_site(&corrected)?;
    stage.placet.stop()?;
    stage.placet.start()?;
    browser.devtools("Network.clearBrowserCache", json!({})).await?;
    browser.open(&stage.host.page("long/?corrected")).await?;
    assert_eq!(browser.ran_at_least(2).await?, ["analytics", "media"]);
    assert!(browser.run::<bool>("return placet.state().chosen;").await?);

    stage.placet.write_site(&corrected.replacing("days = 395", "days = 390")?)?;
    stage.placet.stop()?;
    stage.placet.start()?;
    browser.devtools("Network.clearBrowserCache", json!({})).await?;
    browser.open(&stage.host.page("long/?material")).await?;
    browser.asked().await?;
    assert!(browser.ran().await?.is_empty());
    browser.reject_all().await?;
    assert_eq!(stage.records(2).await?[1]["policy_version"], json!(3));
    browser.quit().await
}
