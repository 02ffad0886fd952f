//! The first layer: when it asks, in which language, and what is not an answer.

use std::time::Duration;

use anyhow::Result;
use e2e::browser::Browser;
use e2e::stage::Stage;
use e2e::wait::{never, until};
use serde_json::{Value, json};
use thirtyfour::Key;

#[tokio::test]
async fn con_01_escape_scrolling_waiting_and_clicks_beside_the_buttons_grant_nothing() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    browser.banner_is_there().await?;
    browser.press(Key::Escape).await?;
    browser.run::<Value>("window.scrollTo(0, document.documentElement.scrollHeight); return null;").await?;
    browser.click_at(600, 100).await?;
    browser.placet_shows("[data-placet-view='first'] h2").await?.click().await?;
    nothing_decided(&stage, &browser).await?;
    browser.open(&stage.host.page("long/?next")).await?;
    browser.asked().await?;
    browser.quit().await
}

#[tokio::test]
async fn con_01_closing_the_preferences_by_button_or_escape_grants_nothing_whatever_is_switched_on() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    for close in ["button", "escape"] {
        browser.choose().await?;
        browser.switch("analytics", true).await?;
        if close == "button" {
            browser.act("close").await?;
        } else {
            browser.press(Key::Escape).await?;
        }
        browser.placet_hides("[data-placet-preferences]").await?;
        nothing_decided(&stage, &browser).await?;
    }
    browser.choose().await?;
    assert!(!browser.is_on("analytics").await?, "a switch that was not saved came back on");
    browser.quit().await
}

#[tokio::test]
async fn con_02_a_click_made_by_a_script_grants_nothing_on_the_first_layer() -> Result<()> {
    let stage = Stage::new().await?;
    for with_banner in [false, true] {
        let held = stage.host.hold(".wasm");
        let browser = stage.visit("long/").await?;
        browser.asked().await?;
        if with_banner {
            held.release();
            browser.banner_is_there().await?;
        }
        for event in ["button.click()", "button.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }))"] {
            script_click(&browser, "[data-placet-view='first'] [data-placet-action='accept-all']", event).await?;
        }
        nothing_decided(&stage, &browser).await?;
        browser.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn con_02_a_click_made_by_a_script_saves_no_grant_in_the_preferences() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.choose().await?;
    browser.switch("analytics", true).await?;
    script_click(&browser, "[data-placet-preferences] [data-placet-action='save']", "button.click()").await?;
    nothing_decided(&stage, &browser).await?;
    browser.reload().await?;
    browser.choose().await?;
    script_click(&browser, "[data-placet-preferences] [data-placet-action='accept-all']", "button.click()").await?;
    nothing_decided(&stage, &browser).await?;
    browser.quit().await
}

#[tokio::test]
async fn a_refusal_counts_even_when_a_script_made_the_click() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    script_click(&browser, "[data-placet-view='first'] [data-placet-action='reject-all']", "button.click()").await?;
    browser.chosen().await?;
    let records = stage.records(1).await?;
    assert_eq!((&records[0]["method"], &records[0]["granted"]), (&json!("reject_all"), &json!([])));
    assert!(browser.ran().await?.is_empty());
    browser.quit().await
}

#[tokio::test]
async fn sec_01_while_the_banner_is_on_its_way_the_first_layer_stands_and_a_click_is_applied_at_once() -> Result<()> {
    let stage = Stage::new().await?;
    let held = stage.host.hold(".wasm");
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    until("the wasm to be asked for", async || Ok(stage.host.requests_of(".wasm").pop())).await?;
    browser.run::<Value>("document.addEventListener('click', () => { window.atClick = ran.slice(); }); return null;").await?;
    browser.act("accept-all").await?;
    // The listener above runs in the task of the click, after the loader's own.
    assert_eq!(browser.run::<Vec<String>>("return window.atClick;").await?, ["analytics", "media"]);
    assert_eq!(stage.records(1).await?[0]["method"], "accept_all");
    held.release();
    browser.quit().await
}

#[tokio::test]
async fn sec_01_choose_clicked_before_the_banner_is_there_opens_the_preferences_once_it_is() -> Result<()> {
    let stage = Stage::new().await?;
    let held = stage.host.hold(".wasm");
    let browser = stage.visit("long/").await?;
    browser.act("choose").await?;
    held.release();
    browser.placet_shows("[data-placet-preferences] [data-placet-action='save']").await?;
    browser.quit().await
}

#[tokio::test]
async fn ui_10_the_banner_speaks_the_pages_language_and_says_so() -> Result<()> {
    let stage = Stage::new().await?;
    for (page, language, accept, save) in [
        ("long/", "en", "Accept all", "Save choices"),
        ("cy/", "cy", "Derbyn y cyfan", "Cadw’r dewisiadau"),
        ("fr/", "en", "Accept all", "Save choices"),
    ] {
        let browser = stage.visit(page).await?;
        let button = browser.placet_shows("[data-placet-view='first'] [data-placet-action='accept-all']").await?;
        assert_eq!(button.text().await?, accept, "{page}");
        let marked: [String; 2] = browser
            .run(
                "const button = document.querySelector('placet-root').shadowRoot.querySelector('[data-placet-action=accept-all]');
                return [button.closest('[lang]').lang, button.closest('[dir]').dir];",
            )
            .await?;
        assert_eq!(marked, [language, "ltr"], "{page}: A11Y-13");
        browser.choose().await?;
        assert_eq!(browser.placet_shows("[data-placet-action='save']").await?.text().await?, save, "{page}");
        browser.act("save").await?;
        browser.chosen().await?;
        let sent = until("the POST", async || Ok(stage.host.consents().pop())).await?;
        assert_eq!(sent.json()["language"], json!(language), "{page}");
        stage.host.forget();
        browser.no_page_errors().await?;
        browser.quit().await?;
    }
    Ok(())
}

async fn script_click(browser: &Browser, selector: &str, event: &str) -> Result<()> {
    let script =
        format!("const button = document.querySelector('placet-root').shadowRoot.querySelector(arguments[0]); {event}; return null;");
    browser.run_with::<Value>(&script, vec![json!(selector)]).await.map(drop)
}

async fn nothing_decided(stage: &Stage, browser: &Browser) -> Result<()> {
    let decided = async || {
        let chosen = browser.run::<bool>("return placet.state().chosen;").await?;
        Ok((chosen || !browser.ran().await?.is_empty() || !stage.host.consents().is_empty()).then_some(chosen))
    };
    never("a decision", Duration::from_millis(600), decided).await?;
    browser.keeps_nothing_but_state(false).await
}
