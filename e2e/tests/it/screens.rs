//! Pictures of everything that a person sees, for people to look at: `target/screens/index.html`. The
//! README's picture is one of them, written only when `PLACET_BLESS=1` says so.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use e2e::browser::Browser;
use e2e::programs;
use e2e::stage::Stage;
use e2e::wait::until;
use serde_json::json;

#[tokio::test]
async fn every_view_is_pictured_in_light_and_dark_wide_and_narrow() -> Result<()> {
    let stage = Stage::demo().await?;
    let folder = programs::target()?.join("screens");
    let browser = stage.visit_demo("").await?;
    let mut sheet = String::from(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Placet's views</title>\n<style>img { max-width: 30rem; border: 1px solid; margin: .5rem; vertical-align: top }</style>\n",
    );
    for (width, height) in [(1280, 800), (320, 640)] {
        for dark in [false, true] {
            browser.look(width, height, dark).await?;
            let scheme = if dark { "dark" } else { "light" };
            writeln!(sheet, "<h1>{width} pixels, {scheme}</h1>")?;
            browser.devtools("Storage.clearCookies", json!({})).await?;
            browser.open(&stage.placet.origin()).await?;
            browser.asked().await?;
            browser.banner_is_there().await?;
            let mut take = async |view: &str| take(&browser, &folder, &mut sheet, &format!("{view}-{width}-{scheme}.png")).await;
            take("first-layer").await?;
            browser.choose().await?;
            take("preferences").await?;
            browser.switch("media", true).await?;
            browser.save().await?;
            browser.placet_shows("[data-placet-view='control'] [data-placet-action='choose']").await?;
            take("control").await?;
            browser.run::<serde_json::Value>("document.getElementById('device').scrollIntoView(); return null;").await?;
            let listed = "return document.getElementById('cookies').textContent.includes('placet=');";
            until("the panel to list the cookie", async || Ok(browser.run::<bool>(listed).await?.then_some(()))).await?;
            take("demo-panel").await?;
        }
    }
    std::fs::write(folder.join("index.html"), sheet)?;
    if std::env::var("PLACET_BLESS").is_ok_and(|bless| bless == "1") {
        std::fs::copy(folder.join("first-layer-1280-light.png"), programs::root().join("docs/banner.png"))?;
    }
    browser.quit().await
}

async fn take(browser: &Browser, folder: &Path, sheet: &mut String, name: &str) -> Result<()> {
    let file = folder.join(name);
    browser.screenshot(&file).await?;
    writeln!(sheet, "<img src=\"{name}\" alt=\"{name}\">")?;
    // A picture of nothing compresses to nothing.
    assert!(std::fs::metadata(&file)?.len() > 4000, "{name} is empty");
    Ok(())
}
