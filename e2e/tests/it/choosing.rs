//! The preferences and the reopen control: off at first, saved as shown, taken back as easily as given.

use anyhow::Result;
use e2e::browser::Browser;
use e2e::stage::Stage;
use e2e::wait::until;
use serde_json::{Value, json};

#[tokio::test]
async fn con_03_every_switch_is_off_when_the_preferences_open_for_the_first_time() -> Result<()> {
    let stage = Stage::new().await?;
    for page in ["long/", "cy/"] {
        let browser = stage.visit(page).await?;
        browser.banner_is_there().await?;
        browser.choose().await?;
        let switches = browser.switches().await?;
        let names: Vec<&str> = switches.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["purpose analytics", "service posthog", "service snowplow", "service plausible", "purpose media", "service lesson-videos"]
        );
        assert!(switches.iter().all(|(_, on)| !on), "{page}: {switches:?}");
        browser.quit().await?;
    }
    Ok(())
}

type Switches = &'static [(&'static str, bool)];

#[tokio::test]
async fn ui_08_save_sends_and_keeps_exactly_what_the_switches_show() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.banner_is_there().await?;
    // Purposes first, then single services: which is set, what must be sent.
    let cases: [(Switches, Switches, Value); 5] = [
        (
            &[("analytics", true), ("media", false)],
            &[],
            json!({ "granted": ["analytics"], "services_granted": [], "services_refused": [] }),
        ),
        (&[("analytics", false), ("media", true)], &[], json!({ "granted": ["media"], "services_granted": [], "services_refused": [] })),
        (
            &[("analytics", true), ("media", true)],
            &[],
            json!({ "granted": ["analytics", "media"], "services_granted": [], "services_refused": [] }),
        ),
        (&[("analytics", false), ("media", false)], &[], json!({ "granted": [], "services_granted": [], "services_refused": [] })),
        (
            &[("analytics", true), ("media", false)],
            &[("plausible", false), ("lesson-videos", true)],
            json!({ "granted": ["analytics"], "services_granted": ["lesson-videos"], "services_refused": ["plausible"] }),
        ),
    ];
    for (number, (purposes, services, expected)) in cases.iter().enumerate() {
        browser.choose().await?;
        for (purpose, on) in *purposes {
            browser.switch(purpose, *on).await?;
        }
        for (service, on) in *services {
            browser.switch_service(service, *on).await?;
        }
        let shown = browser.switches().await?;
        browser.placet_shows("[data-placet-preferences][data-placet-ready]").await?;
        browser.save().await?;
        browser.placet_hides("[data-placet-preferences]").await?;
        let records = stage.records(number + 1).await?;
        let record = &records[number];
        assert_eq!(stage.host.consents().len(), number + 1, "one click, one POST");
        assert_eq!((&record["method"], &record["layer"]), (&json!("save"), &json!("preferences")));
        for field in ["granted", "services_granted", "services_refused"] {
            assert_eq!(record[field], expected[field], "case {number}: {field}");
        }
        let now = browser.placet_state().await?;
        for (name, on) in &shown {
            let (kind, id) = name.split_once(' ').unwrap_or_default();
            let says = &now[if kind == "purpose" { "purposes" } else { "services" }][id];
            assert_eq!(says, &json!(on), "case {number}: {name} in {now}");
        }
        browser.choose().await?;
        assert_eq!(browser.switches().await?, shown, "case {number}: A11Y-17, the choice is shown again");
        browser.act("close").await?;
        browser.placet_hides("[data-placet-preferences]").await?;
    }
    browser.quit().await
}

#[tokio::test]
async fn con_09_withdrawing_takes_one_click_as_accepting_did_on_this_page_and_any_other() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    count_clicks(&browser).await?;
    browser.accept_all().await?;
    let accepting: u32 = browser.run("return window.clicks;").await?;
    stage.records(1).await?;
    browser.open(&stage.host.page("plain-with-tag/")).await?;
    browser.placet_shows("[data-placet-view='control'] [data-placet-action='withdraw']").await?;
    count_clicks(&browser).await?;
    browser.act("withdraw").await?;
    let withdrawing: u32 = browser.run("return window.clicks;").await?;
    assert!(withdrawing <= accepting, "accepting took {accepting}, withdrawing {withdrawing}");
    let records = stage.records(2).await?;
    assert_eq!((&records[1]["method"], &records[1]["layer"], &records[1]["granted"]), (&json!("withdraw"), &json!("control"), &json!([])));
    assert_eq!(browser.placet_state().await?["purposes"], json!({ "needed": true, "analytics": false, "media": false }));
    browser.quit().await
}

#[tokio::test]
async fn fr_07_refusing_takes_as_many_clicks_as_accepting_and_can_be_changed_afterwards() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    count_clicks(&browser).await?;
    browser.reject_all().await?;
    assert_eq!(browser.run::<u32>("return window.clicks;").await?, 1);
    browser.choose().await?;
    browser.act("accept-all").await?;
    let ran = browser.ran_at_least(2).await?;
    assert_eq!(ran, ["analytics", "media"]);
    let records = stage.records(2).await?;
    assert_eq!((&records[1]["method"], &records[1]["layer"]), (&json!("accept_all"), &json!("preferences")));
    browser.quit().await
}

#[tokio::test]
async fn the_reopen_control_says_the_present_state_on_every_page() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.reject_all().await?;
    let text = async || {
        let control = browser.placet_shows("[data-placet-view='control'] [data-placet-action='choose']").await?;
        anyhow::Ok(control.text().await?.to_lowercase())
    };
    assert!(text().await?.contains("nothing optional allowed"), "{}", text().await?);
    browser.choose().await?;
    browser.switch("media", true).await?;
    browser.save().await?;
    until("some to be said", async || Ok(text().await?.contains("some allowed").then_some(()))).await?;
    browser.reload().await?;
    assert!(text().await?.contains("some allowed"), "{}", text().await?);
    browser.choose().await?;
    browser.act("accept-all").await?;
    until("all to be said", async || Ok(text().await?.contains("all allowed").then_some(()))).await?;
    browser.quit().await
}

#[tokio::test]
async fn the_preferences_say_who_receives_the_data_where_and_what_is_stored_for_how_long() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.choose().await?;
    let text: String = browser
        .run("return document.querySelector('placet-root').shadowRoot.querySelector('[data-placet-preferences]').textContent;")
        .await?;
    for said in
        ["Snowplow Analytics Limited", "United Kingdom", "Estonia", "_sp_id.*", "395 days", "until you close the browser", "Always on"]
    {
        assert!(text.contains(said), "{said:?} is not in {text}");
    }
    browser.quit().await
}

/// Counts trusted clicks in the page from now on.
async fn count_clicks(browser: &Browser) -> Result<()> {
    let script = "window.clicks = 0; addEventListener('click', (event) => { window.clicks += event.isTrusted; }, true); return null;";
    browser.run::<Value>(script).await.map(drop)
}
