//! Every choice by keyboard alone, with the focus where a person expects it.

use anyhow::{Result, bail};
use e2e::browser::Browser;
use e2e::stage::Stage;
use e2e::wait::until;
use serde_json::json;
use thirtyfour::Key;

/// The element that has the focus, looked for inside shadow roots: its action, its switch, or its text.
const FOCUSED: &str = "
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const data = element?.dataset ?? {};
    return data.placetAction ?? data.placetPurpose ?? data.placetService ?? element?.textContent?.trim().slice(0, 60) ?? '';";

#[tokio::test]
async fn a11y_04_a_person_without_a_mouse_comes_to_every_button_in_visual_order_and_is_not_trapped() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    browser.banner_is_there().await?;
    let mut met = Vec::new();
    // The first layer has a link and three buttons; then comes the page.
    for _ in 0..5 {
        browser.press(Key::Tab).await?;
        met.push(focused(&browser).await?);
    }
    assert_eq!(met[1..], ["accept-all", "reject-all", "choose", "Link number 1"], "{met:?}");
    browser.press_shift_tab().await?;
    browser.press_shift_tab().await?;
    assert_eq!(focused(&browser).await?, "reject-all");
    browser.press(Key::Enter).await?;
    browser.chosen().await?;
    assert_eq!(stage.records(1).await?[0]["method"], json!("reject_all"));
    browser.quit().await
}

#[tokio::test]
async fn a11y_02_the_preferences_by_keyboard_take_the_focus_keep_it_and_give_it_back() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    browser.banner_is_there().await?;
    to(&browser, "choose").await?;
    browser.press(Key::Enter).await?;
    browser.placet_shows("[data-placet-preferences]").await?;
    let inside = "const dialog = document.querySelector('placet-root').shadowRoot.querySelector('[data-placet-preferences]');
        return dialog.matches(':modal') && (dialog === dialog.getRootNode().activeElement || dialog.contains(dialog.getRootNode().activeElement));";
    assert!(browser.run::<bool>(inside).await?, "the focus did not move into the dialog: {}", focused(&browser).await?);

    browser.press(Key::Escape).await?;
    browser.placet_hides("[data-placet-preferences]").await?;
    assert_eq!(focused(&browser).await?, "choose", "the focus did not come back");

    browser.press(Key::Enter).await?;
    browser.placet_shows("[data-placet-preferences]").await?;
    to(&browser, "media").await?;
    browser.press(" ").await?;
    assert!(browser.is_on("media").await?);
    for _ in 0..20 {
        browser.press(Key::Tab).await?;
        let page: bool = browser.run("return document.querySelector('main').contains(document.activeElement);").await?;
        assert!(!page, "the focus left the modal dialog for the page");
    }
    to(&browser, "save").await?;
    browser.press(Key::Enter).await?;
    browser.chosen().await?;
    browser.placet_hides("[data-placet-preferences]").await?;
    assert_eq!(stage.records(1).await?[0]["granted"], json!(["media"]));
    let somewhere = "return document.activeElement !== document.body;";
    until("the focus to be somewhere after saving", async || Ok(browser.run::<bool>(somewhere).await?.then_some(()))).await?;
    browser.quit().await
}

#[tokio::test]
async fn a11y_10_the_result_is_said_by_a_status_region_without_moving_the_focus() -> Result<()> {
    let stage = Stage::new().await?;
    for (action, said) in [("accept-all", "You accepted all optional services."), ("reject-all", "You rejected all optional services.")] {
        let browser = stage.visit("long/").await?;
        browser.act(action).await?;
        browser.chosen().await?;
        until(said, async || Ok(browser.status().await?.contains(said).then_some(()))).await?;
        browser.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a11y_01_the_first_layer_hides_no_link_that_has_the_focus() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    for (width, height) in [(1280, 720), (320, 568), (320, 256)] {
        browser.look(width, height, false).await?;
        browser.open(&stage.host.page("long/")).await?;
        browser.asked().await?;
        let hidden: Vec<String> = browser
            .run_async(
                "const hidden = [];
                for (const link of document.querySelectorAll('main a')) {
                  link.focus();
                  await new Promise(requestAnimationFrame);
                  const box = link.getBoundingClientRect();
                  const points = [[.05, .1], [.5, .5], [.95, .9]].map(([x, y]) => document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
                  if (!points.some((element) => element === link)) hidden.push(link.textContent);
                }
                return hidden;",
            )
            .await?;
        assert!(hidden.is_empty(), "at {width} x {height}: {hidden:?}");
    }
    browser.quit().await
}

async fn focused(browser: &Browser) -> Result<String> {
    browser.run(FOCUSED).await
}

/// Presses Tab until the focus is on what is named.
async fn to(browser: &Browser, name: &str) -> Result<()> {
    let mut met = Vec::new();
    for _ in 0..40 {
        browser.press(Key::Tab).await?;
        let now = focused(browser).await?;
        if now == name {
            return Ok(());
        }
        met.push(now);
    }
    bail!("Tab never came to {name}: {met:?}")
}
