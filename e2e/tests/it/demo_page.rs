//! The demo page that a newcomer sees first.

use anyhow::Result;
use e2e::stage::Stage;
use e2e::wait::until;
use serde_json::json;

#[tokio::test]
async fn the_panel_shows_that_nothing_happens_before_the_choice_and_what_happens_after_it() -> Result<()> {
    let stage = Stage::demo().await?;
    let browser = stage.visit_demo("").await?;
    browser.asked().await?;
    let panel = async |id: &str| browser.run::<String>(&format!("return document.getElementById('{id}').textContent;")).await;
    for id in ["cookies", "storage", "requests"] {
        until(id, async || Ok((panel(id).await? == "nothing").then_some(()))).await?;
    }
    browser.accept_all().await?;
    for (id, part) in
        [("cookies", "placet="), ("cookies", "_sp_"), ("storage", "localStorage ph_"), ("requests", "posthog"), ("requests", "plausible")]
    {
        until(&format!("{part} in {id}"), async || Ok(panel(id).await?.contains(part).then_some(()))).await?;
    }
    assert!(panel("answer").await?.contains("placet:change"));
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn the_language_switch_changes_the_page_and_the_banner_and_stores_nothing() -> Result<()> {
    let stage = Stage::demo().await?;
    let browser = stage.visit_demo("").await?;
    assert_eq!(browser.placet_shows("[data-placet-action='accept-all']").await?.text().await?, "Accept all");
    browser.driver().find(thirtyfour::By::Css("[hreflang=cy]")).await?.click().await?;
    until("the Welsh page", async || Ok((browser.driver().title().await? == "Ysgol Glan yr Afon").then_some(()))).await?;
    assert_eq!(browser.placet_shows("[data-placet-action='accept-all']").await?.text().await?, "Derbyn y cyfan");
    let untranslated: Vec<String> = browser
        .run("return [...document.querySelectorAll('[data-text]')].filter((element) => !element.textContent.trim() || element.textContent === 'undefined').map((element) => element.outerHTML);")
        .await?;
    assert!(untranslated.is_empty(), "{untranslated:?}");
    browser.keeps_nothing_but_state(false).await?;
    browser.driver().find(thirtyfour::By::Css("[hreflang=en]")).await?.click().await?;
    until("the English page", async || Ok((browser.driver().title().await? == "Riverside School").then_some(()))).await?;
    browser.quit().await
}

#[tokio::test]
async fn its_buttons_call_placet() -> Result<()> {
    let stage = Stage::demo().await?;
    let browser = stage.visit_demo("").await?;
    browser.accept_all().await?;
    let press = async |name: &str| {
        let button = browser.driver().find(thirtyfour::By::Css(format!(".panel [data-do={name}]"))).await?;
        // In the middle of the window, where the reopen control does not lie over it.
        button.scroll_into_view().await?;
        anyhow::Ok(button.click().await?)
    };
    press("withdraw-media").await?;
    until("media to be withdrawn", async || Ok((browser.placet_state().await?["purposes"]["media"] == false).then_some(()))).await?;
    assert_eq!(browser.placet_state().await?["purposes"]["analytics"], json!(true));
    press("withdraw").await?;
    until("all to be withdrawn", async || Ok((browser.placet_state().await?["purposes"]["analytics"] == false).then_some(()))).await?;
    let records = stage.records(3).await?;
    assert_eq!((&records[1]["layer"], &records[1]["granted"], &records[2]["granted"]), (&json!("page"), &json!(["analytics"]), &json!([])));
    press("state").await?;
    assert!(browser.run::<String>("return document.getElementById('answer').textContent;").await?.contains("\"purposes\""));
    press("show").await?;
    browser.placet_shows("[data-placet-preferences]").await?;
    browser.quit().await
}

#[tokio::test]
async fn it_is_accessible_and_fits_320_pixels_in_both_languages_and_schemes() -> Result<()> {
    let stage = Stage::demo().await?;
    let browser = stage.visit_demo("").await?;
    for language in ["en", "cy"] {
        for (width, dark) in [(320, false), (320, true), (1280, false), (1280, true)] {
            browser.look(width, 800, dark).await?;
            browser.open(&format!("{}/?language={language}", stage.placet.origin())).await?;
            browser.asked().await?;
            let wide: i64 = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth;").await?;
            assert!(wide <= 0, "{language} at {width}: {wide} pixels too wide");
            browser.is_accessible(&format!("the demo page in {language} at {width}, dark={dark}")).await?;
        }
    }
    browser.quit().await
}
