//! Awkward moments: another tab, the back button, a reload in the middle of a click.

use std::time::Duration;

use anyhow::Result;
use e2e::browser::Browser;
use e2e::host::Held;
use e2e::stage::{SITE, Stage};
use e2e::wait::{never, until};
use serde_json::{Value, json};

#[tokio::test]
async fn ck_13_a_choice_in_one_tab_is_in_force_in_the_other_without_a_reload() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    let driver = browser.driver();
    let first = driver.window().await?;
    let second = driver.new_tab().await?;
    driver.switch_to_window(second.clone()).await?;
    browser.open(&stage.host.page("long/?second")).await?;
    browser.asked().await?;

    browser.accept_all().await?;
    driver.switch_to_window(first.clone()).await?;
    assert_eq!(browser.ran_at_least(2).await?, ["analytics", "media"]);
    browser.placet_hides("[data-placet-view='first'] [data-placet-action='accept-all']").await?;
    browser.act("withdraw").await?;

    driver.switch_to_window(second).await?;
    until("the withdrawal to be known", async || Ok((browser.placet_state().await?["purposes"]["media"] == false).then_some(()))).await?;
    let records = stage.records(2).await?;
    assert_eq!((&records[0]["method"], &records[1]["method"]), (&json!("accept_all"), &json!("withdraw")));
    never("a third record", Duration::from_millis(400), async || Ok(Some(stage.placet.records(SITE)?.len()).filter(|count| *count > 2)))
        .await?;
    browser.quit().await
}

#[tokio::test]
async fn ck_13_a_page_from_the_back_forward_cache_follows_the_choice_that_was_made_meanwhile() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("shows/").await?;
    browser.asked().await?;
    browser.driver().find(thirtyfour::By::Id("away")).await?.click().await?;
    until("the other page", async || Ok(browser.driver().current_url().await?.path().contains("long").then_some(()))).await?;
    browser.accept_all().await?;
    stage.records(1).await?;
    browser.driver().back().await?;
    until("the first page", async || Ok(browser.driver().current_url().await?.path().contains("shows").then_some(()))).await?;
    let shows: Vec<bool> = until("the page to be shown again", async || {
        Ok(Some(browser.run::<Vec<bool>>("return window.shows;").await?).filter(|shows| !shows.is_empty()))
    })
    .await?;
    assert_eq!(shows, [false, true], "the page did not come from the back/forward cache, so this test shows nothing");
    assert_eq!(browser.ran_at_least(1).await?, ["analytics"]);
    browser.placet_shows("[data-placet-view='control'][data-placet-state='all'] [data-placet-action='withdraw']").await?;
    browser.quit().await
}

#[tokio::test]
async fn a_reload_in_the_middle_of_a_click_loses_neither_the_choice_nor_its_record() -> Result<()> {
    for action in ["accept-all", "reject-all"] {
        let stage = Stage::new().await?;
        let browser = stage.visit("long/").await?;
        browser.asked().await?;
        let held = stage.host.hold("POST 127.0.0.1");
        browser.act(action).await?;
        until("the POST to be on its way", async || Ok(stage.host.consents().pop())).await?;
        browser.reload().await?;
        browser.chosen().await?;
        held.release();
        let records = stage.records(1).await?;
        assert_eq!(records[0]["method"], json!(action.replace('-', "_")));
        let expected = if action == "accept-all" { vec!["analytics", "media"] } else { vec![] };
        assert_eq!(browser.ran().await?, expected);
        never("a second record", Duration::from_millis(800), async || {
            Ok(Some(stage.placet.records(SITE)?.len()).filter(|count| *count > 1))
        })
        .await?;
        until("nothing to be left in the outbox", async || Ok(browser.storage().await?.is_empty().then_some(()))).await?;
        browser.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_person_who_clicks_twice_quickly_makes_one_record() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    let button = browser.placet_shows("[data-placet-view='first'] [data-placet-action='accept-all']").await?;
    browser.driver().action_chain().double_click_element(&button).perform().await?;
    browser.chosen().await?;
    stage.records(1).await?;
    never("a second record", Duration::from_millis(500), async || Ok(Some(stage.placet.records(SITE)?.len()).filter(|count| *count > 1)))
        .await?;
    browser.quit().await
}

#[tokio::test]
async fn a_late_answer_to_an_older_choice_does_not_undo_the_newer_one() -> Result<()> {
    let stage = Stage::new().await?;
    let (browser, held) = withdraw_before_the_grant_is_answered(&stage).await?;
    held.release();
    let records = stage.records(2).await?;
    assert_eq!((&records[0]["method"], &records[1]["method"]), (&json!("accept_all"), &json!("withdraw")));
    until("both answers", async || {
        Ok((stage.host.consents().iter().filter(|request| request.status == Some(201)).count() == 2).then_some(()))
    })
    .await?;
    let day: u64 = browser.run("return Math.floor(Date.now() / 864e5);").await?;
    until("the cookie of the newer choice", async || Ok((browser.cookie("placet").await? == Some(format!("1.1.{day}.0"))).then_some(())))
        .await?;
    browser.open(&stage.host.page("long/?next")).await?;
    browser.chosen().await?;
    never("a grant to come back", Duration::from_millis(400), async || Ok(browser.ran().await?.pop())).await?;
    let now: Value = browser.placet_state().await?;
    assert_eq!(now["purposes"]["analytics"], json!(false));
    browser.quit().await
}

#[tokio::test]
async fn a_late_answer_that_comes_after_the_page_was_left_does_not_undo_the_newer_choice() -> Result<()> {
    let stage = Stage::new().await?;
    let (browser, held) = withdraw_before_the_grant_is_answered(&stage).await?;
    // A page without the tag: nobody there corrects what the answer does.
    browser.open(&stage.host.page("plain/")).await?;
    held.release();
    let day: u64 = browser.run("return Math.floor(Date.now() / 864e5);").await?;
    until("the late answer to bring the grant's cookie back", async || {
        Ok((browser.cookie("placet").await? == Some(format!("1.1.{day}.3"))).then_some(()))
    })
    .await?;
    browser.open(&stage.host.page("long/")).await?;
    browser.chosen().await?;
    let records = stage.records(2).await?;
    assert_eq!((&records[0]["method"], &records[1]["method"]), (&json!("accept_all"), &json!("withdraw")));
    until("the cookie of the newer choice", async || Ok((browser.cookie("placet").await? == Some(format!("1.1.{day}.0"))).then_some(())))
        .await?;
    assert_eq!(browser.ran().await?, Vec::<String>::new());
    until("nothing to be left in the outbox", async || Ok(browser.storage().await?.is_empty().then_some(()))).await?;
    browser.quit().await
}

/// A page on which a grant was withdrawn while its record is still on the way, held by the host.
async fn withdraw_before_the_grant_is_answered(stage: &Stage) -> Result<(Browser, Held)> {
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    let held = stage.host.hold("POST 127.0.0.1");
    browser.accept_all().await?;
    until("the grant to be on its way", async || Ok(stage.host.consents().pop())).await?;
    browser.act("withdraw").await?;
    until("the withdrawal to be in force", async || Ok((browser.placet_state().await?["purposes"]["media"] == false).then_some(())))
        .await?;
    Ok((browser, held))
}
