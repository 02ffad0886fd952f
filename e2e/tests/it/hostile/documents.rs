//! Documents of other kinds than a plain page: their styles, their base, their syntax, their direction.

use anyhow::{Result, ensure};
use e2e::stage::Stage;
use serde_json::{Value, json};

use super::{ALL, accepts, asks, asks_and_releases, browser, holds, picture, pictures, usable};

#[tokio::test]
async fn sec_10_a_style_sheet_that_unsets_everything_does_not_reach_the_banner() -> Result<()> {
    let stage = Stage::new().await?;
    let plain = stage.visit("long/").await?;
    plain.asked().await?;
    let looks = "const root = document.querySelector('placet-root').shadowRoot;
        return [...root.querySelectorAll('.first, .first *')].map((one) => {
          const style = getComputedStyle(one);
          const { x, y, width, height } = one.getBoundingClientRect();
          return [one.localName, style.color, style.backgroundColor, style.font, style.position, style.display, x, y, width, height];
        });";
    let expected: Value = plain.run(looks).await?;
    plain.quit().await?;
    let browser = stage.visit("unset/").await?;
    asks(&stage, &browser).await?;
    ensure!(browser.run::<Value>(looks).await? == expected, "the banner looks otherwise");
    picture(&browser, "unset").await?;
    browser.choose().await?;
    picture(&browser, "unset-preferences").await?;
    browser.act("close").await?;
    accepts(&stage, &browser, &ALL).await?;
    picture(&browser, "unset-control").await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn a_base_elsewhere_moves_the_pages_own_addresses_and_none_of_ours() -> Result<()> {
    let ran = ["inline", "relative", "external"];
    for page in ["base/", "base-later/"] {
        let stage = Stage::new().await?;
        let browser = stage.visit(page).await?;
        asks(&stage, &browser).await?;
        browser.banner_is_there().await?;
        browser.choose().await?;
        browser.act("close").await?;
        accepts(&stage, &browser, &ran).await?;
        let elsewhere: Vec<String> = stage.host.requests_of("elsewhere.example").iter().map(e2e::host::Request::line).collect();
        ensure!(elsewhere == ["GET elsewhere.example /mark.js"], "{page}: {elsewhere:?}");
        browser.no_page_errors().await?;
        browser.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_xhtml_page_asks_and_releases() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("xhtml/index.xhtml").await?;
    ensure!(browser.run::<String>("return document.contentType;").await? == "application/xhtml+xml");
    asks(&stage, &browser).await?;
    picture(&browser, "xhtml").await?;
    browser.banner_is_there().await?;
    browser.choose().await?;
    picture(&browser, "xhtml-preferences").await?;
    browser.act("close").await?;
    accepts(&stage, &browser, &["inline", "external", "template"]).await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn a_page_in_quirks_mode_asks_and_releases() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("quirks/").await?;
    ensure!(browser.run::<String>("return document.compatMode;").await? == "BackCompat");
    asks(&stage, &browser).await?;
    picture(&browser, "quirks").await?;
    browser.choose().await?;
    picture(&browser, "quirks-preferences").await?;
    browser.act("close").await?;
    accepts(&stage, &browser, &ALL).await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn on_a_page_from_right_to_left_the_banner_reads_in_its_own_languages_direction() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("rtl/").await?;
    asks(&stage, &browser).await?;
    picture(&browser, "rtl").await?;
    let direction = "return getComputedStyle(document.querySelector('placet-root').shadowRoot.querySelector('.first h2')).direction;";
    ensure!(browser.run::<String>(direction).await? == "ltr", "English is set from right to left");
    browser.look(320, 640, false).await?;
    usable(&browser).await?;
    picture(&browser, "rtl-narrow").await?;
    browser.look(1280, 800, false).await?;
    browser.choose().await?;
    picture(&browser, "rtl-preferences").await?;
    browser.act("close").await?;
    accepts(&stage, &browser, &ALL).await?;
    picture(&browser, "rtl-control").await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn a11y_01_in_a_window_as_small_as_a_watch_the_banner_can_be_used() -> Result<()> {
    let stage = Stage::new().await?;
    for (width, height) in [(320, 256), (240, 240)] {
        let browser = browser(&stage).await?;
        browser.look(width, height, false).await?;
        browser.open(&stage.host.page("quirks/")).await?;
        browser.asked().await?;
        picture(&browser, &format!("small-{width}")).await?;
        let inside = "const bar = document.querySelector('placet-root').shadowRoot.querySelector('.first');
            return bar.getBoundingClientRect().right <= innerWidth && bar.scrollWidth <= bar.clientWidth;";
        ensure!(browser.run::<bool>(inside).await?, "at {width} pixels the banner is wider than the window");
        browser.accept_all().await?;
        browser.ran_at_least(ALL.len()).await?;
        browser.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn nothing_of_the_banner_is_printed() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("quirks/").await?;
    asks(&stage, &browser).await?;
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    picture(&browser, "print-first").await?;
    ensure!(browser.placet_element(".all, .all *").await?.is_none(), "the banner is printed");
    let room = "return getComputedStyle(document.documentElement).paddingBottom;";
    ensure!(browser.run::<String>(room).await? == "0px", "the banner's room is printed");
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
    browser.accept_all().await?;
    browser.placet_shows("[data-placet-view='control'] [data-placet-action='choose']").await?;
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    ensure!(browser.placet_element(".all, .all *").await?.is_none(), "the reopen control is printed");
    let printed = browser.devtools("Page.printToPDF", json!({ "printBackground": true })).await?;
    let printed = printed.get("data").and_then(Value::as_str).unwrap_or_default().to_owned();
    std::fs::create_dir_all(pictures()?)?;
    std::fs::write(pictures()?.join("hostile-print.pdf.base64"), printed)?;
    browser.quit().await
}

#[tokio::test]
async fn con_15_without_javascript_the_page_can_be_read_and_nothing_marked_is_requested() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = browser(&stage).await?;
    browser.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    browser.open(&stage.host.page("no-script/")).await?;
    picture(&browser, "no-script").await?;
    // What the driver runs in the page is not the page's own.
    let text: String = browser.run("return document.body.innerText;").await?;
    ensure!(text.contains("What the page itself says.") && text.contains("Scripts are switched off"), "{text}");
    ensure!(!browser.run::<bool>("return window.own === true || !!window.placet;").await?, "scripts run, so this test shows nothing");
    ensure!(super::asked_for(&stage).is_empty(), "{:?}", super::asked_for(&stage));
    browser.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": false })).await?;
    browser.reload().await?;
    holds(&stage, &browser).await?;
    asks_and_releases(&stage, &browser).await?;
    browser.quit().await
}
