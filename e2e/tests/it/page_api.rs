//! `window.placet` and `placet:change`, as documented for the page's own scripts.

use std::time::Duration;

use anyhow::Result;
use e2e::stage::Stage;
use e2e::wait::{never, until};
use serde_json::{Value, json};

#[tokio::test]
async fn what_was_queued_before_the_tag_runs_and_hears_every_change_although_one_entry_throws() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("api/").await?;
    assert_eq!(browser.run::<Vec<String>>("return seen;").await?, ["queued 1"]);
    browser.accept_all().await?;
    let seen: Vec<(String, Value)> =
        browser.run("return seen.slice(1).map((line) => [line.split(' ')[0], JSON.parse(line.slice(line.indexOf(' ')))]);").await?;
    let granted = json!({ "needed": true, "analytics": true, "media": true });
    let mut heard: Vec<&str> = seen.iter().filter(|(_, purposes)| *purposes == granted).map(|(how, _)| how.as_str()).collect();
    heard.sort_unstable();
    assert_eq!((heard, seen.len()), (vec!["event", "on"], 2), "{seen:?}");
    browser.quit().await
}

#[tokio::test]
async fn state_names_every_purpose_and_service_and_off_ends_a_subscription() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("api/").await?;
    browser.asked().await?;
    let nothing = json!({ "posthog": false, "snowplow": false, "plausible": false, "lesson-videos": false });
    let now = browser.placet_state().await?;
    assert_eq!((&now["site"], &now["version"], &now["chosen"]), (&json!("demo"), &json!(1), &json!(false)));
    assert_eq!(now["purposes"], json!({ "needed": true, "analytics": false, "media": false }));
    for (name, on) in nothing.as_object().into_iter().flatten() {
        assert_eq!(&now["services"][name], on, "{name}");
    }
    browser.run::<Value>("window.heard = 0; window.off = placet.on('change', () => { heard += 1; }); return null;").await?;
    browser.reject_all().await?;
    assert_eq!(browser.run::<u32>("return heard;").await?, 1);
    browser.run::<Value>("off(); placet.show(); return null;").await?;
    browser.placet_shows("[data-placet-preferences]").await?;
    browser.act("accept-all").await?;
    browser.ran_at_least(2).await?;
    assert_eq!(browser.run::<u32>("return heard;").await?, 1);
    browser.quit().await
}

#[tokio::test]
async fn a_script_can_withdraw_some_or_all_and_can_never_grant() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("api/").await?;
    browser.asked().await?;
    // Before any choice there is nothing to withdraw, and nothing that the object offers grants.
    browser
        .run::<Value>(
            "placet.withdraw(); for (const key of Object.keys(placet)) { try { placet[key]('accept_all'); } catch {} } return null;",
        )
        .await?;
    never("a grant", Duration::from_millis(400), async || Ok(browser.ran().await?.pop())).await?;
    assert!(stage.host.consents().is_empty());
    browser.reload().await?;
    browser.accept_all().await?;
    stage.records(1).await?;
    browser.run::<Value>("placet.withdraw(['media']); return null;").await?;
    let records = stage.records(2).await?;
    assert_eq!(
        (&records[1]["method"], &records[1]["layer"], &records[1]["granted"]),
        (&json!("withdraw"), &json!("page"), &json!(["analytics"]))
    );
    browser.run::<Value>("placet.withdraw(); return null;").await?;
    let records = stage.records(3).await?;
    assert_eq!(records[2]["granted"], json!([]));
    until("the control to say it", async || {
        browser.placet_element("[data-placet-view='control'][data-placet-state='none'] [data-placet-action='choose']").await
    })
    .await?;
    browser.quit().await
}

#[tokio::test]
async fn show_opens_the_preferences_before_and_after_a_choice() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("api/").await?;
    browser.run::<Value>("placet.show(); return null;").await?;
    browser.placet_shows("[data-placet-preferences]").await?;
    browser.switch("media", true).await?;
    browser.save().await?;
    browser.reload().await?;
    browser.chosen().await?;
    browser.run::<Value>("placet.show(); return null;").await?;
    browser.placet_shows("[data-placet-preferences]").await?;
    assert!(browser.is_on("media").await? && !browser.is_on("analytics").await?);
    browser.quit().await
}
