//! Accessibility of every layer, in light and dark, wide and narrow.

use anyhow::Result;
use e2e::browser::Options;
use e2e::stage::Stage;
use e2e::wait::until;
use serde_json::Value;

#[tokio::test]
async fn a11y_axe_finds_nothing_on_any_layer_in_light_and_dark_wide_and_narrow() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    for (width, dark) in [(1280, false), (1280, true), (320, false), (320, true)] {
        browser.look(width, 720, dark).await?;
        browser.devtools("Storage.clearCookies", serde_json::json!({})).await?;
        browser.open(&stage.host.page("long/")).await?;
        browser.asked().await?;
        browser.is_accessible(&format!("first layer at {width}, dark={dark}")).await?;
        browser.choose().await?;
        browser.run::<Value>("document.querySelector('placet-root').shadowRoot.querySelectorAll('details').forEach((list) => { list.open = true; }); return null;").await?;
        browser.is_accessible(&format!("preferences at {width}, dark={dark}")).await?;
        browser.switch("media", true).await?;
        browser.save().await?;
        browser.placet_shows("[data-placet-view='control'] [data-placet-action='choose']").await?;
        browser.is_accessible(&format!("reopen control at {width}, dark={dark}")).await?;
    }
    browser.quit().await
}

#[tokio::test]
async fn a11y_20_the_first_layer_and_the_control_shift_nothing() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    for width in [1280, 320] {
        browser.look(width, 720, false).await?;
        browser.devtools("Storage.clearCookies", serde_json::json!({})).await?;
        browser.open(&stage.host.page("long/")).await?;
        browser.asked().await?;
        browser.banner_is_there().await?;
        still(&browser, &format!("first layer at {width}")).await?;
        browser.reject_all().await?;
        browser.open(&stage.host.page("long/?again")).await?;
        browser.placet_shows("[data-placet-view='control'] [data-placet-action='choose']").await?;
        still(&browser, &format!("control at {width}")).await?;
    }
    browser.quit().await
}

#[tokio::test]
async fn a11y_20_the_first_layer_itself_does_not_move_when_the_page_and_its_scrollbar_come_after_it() -> Result<()> {
    let stage = Stage::new().await?;
    let held = stage.host.hold("/late/held.js");
    let browser = stage.visit_with("late/", &Options { hurried: true, ..Options::default() }).await?;
    browser.asked_while_loading().await?;
    still(&browser, "before the body").await?;
    held.release();
    until("the page to be complete", async || Ok(browser.run::<bool>("return document.readyState === 'complete';").await?.then_some(())))
        .await?;
    still(&browser, "after the body").await?;
    browser.quit().await
}

async fn still(browser: &e2e::browser::Browser, what: &str) -> Result<()> {
    // Two frames, so that a shift that is under way is counted.
    let (shift, what_moved): (f64, serde_json::Value) = browser
        .run_async("for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame); await new Promise((done) => setTimeout(done, 50)); return [window.shift, window.shifted ?? null];")
        .await?;
    assert!(shift.abs() < f64::EPSILON, "{what} shifted the page by {shift}: {what_moved}");
    Ok(())
}

#[tokio::test]
async fn a11y_07_at_320_pixels_nothing_scrolls_sideways_and_every_button_can_be_reached() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    for height in [568, 256] {
        browser.look(320, height, false).await?;
        browser.open(&stage.host.page("long/")).await?;
        browser.asked().await?;
        let wide: Vec<String> = browser.run(TOO_WIDE).await?;
        assert!(wide.is_empty(), "first layer at 320 x {height}: {wide:?}");
        browser.choose().await?;
        let wide: Vec<String> = browser.run(TOO_WIDE).await?;
        assert!(wide.is_empty(), "preferences at 320 x {height}: {wide:?}");
        // WebDriver scrolls to what it clicks and refuses what cannot be scrolled to.
        browser.switch("media", true).await?;
        browser.act("close").await?;
        browser.placet_hides("[data-placet-preferences]").await?;
    }
    browser.act("reject-all").await?;
    browser.chosen().await?;
    browser.quit().await
}

/// Elements of Placet's that reach over the viewport's sides, and the page if it scrolls sideways.
const TOO_WIDE: &str = "
    const root = document.querySelector('placet-root').shadowRoot;
    const wide = [...root.querySelectorAll('*')].filter((element) => element.checkVisibility() && !element.closest('.unseen'))
      .filter((element) => { const box = element.getBoundingClientRect(); return box.width > 0 && (box.left < -1 || box.right > innerWidth + 1); });
    const page = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
    return [...page, ...wide.map((element) => element.outerHTML.slice(0, 80))];";

#[tokio::test]
async fn a11y_08_wide_text_spacing_loses_nothing() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.look(320, 568, false).await?;
    browser.asked().await?;
    browser
        .run::<Value>(
            "const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }');
            const root = document.querySelector('placet-root').shadowRoot;
            root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
            return null;",
        )
        .await?;
    let clipped = async || {
        browser
            .run::<Vec<String>>(
                "const root = document.querySelector('placet-root').shadowRoot;
                return [...root.querySelectorAll('button, p, h2, h3, a')].filter((element) => element.checkVisibility() && !element.closest('.unseen'))
                  .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
                  .map((element) => element.textContent);",
            )
            .await
    };
    assert!(clipped().await?.is_empty(), "{:?}", clipped().await?);
    assert!(browser.run::<Vec<String>>(TOO_WIDE).await?.is_empty());
    browser.choose().await?;
    assert!(clipped().await?.is_empty(), "{:?}", clipped().await?);
    until("the last button to be reachable", async || Ok(browser.placet_element("[data-placet-action='save']").await?))
        .await?
        .click()
        .await?;
    browser.chosen().await?;
    browser.quit().await
}
