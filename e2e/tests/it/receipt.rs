//! The visitor's own receipt: there after a grant, a file that opens the record; nothing after a refusal.

use anyhow::Result;
use e2e::stage::Stage;
use e2e::wait::until;
use serde_json::{Value, json};

#[tokio::test]
async fn after_a_grant_the_visitor_can_save_a_receipt_that_opens_the_record() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    let folder = tempfile::tempdir()?;
    let downloads = json!({ "behavior": "allow", "downloadPath": folder.path() });
    browser.devtools("Browser.setDownloadBehavior", downloads).await?;
    browser.accept_all().await?;
    let records = stage.records(1).await?;
    until("the answer", async || Ok(stage.host.consents().into_iter().find(|request| request.status == Some(201)))).await?;
    browser.choose().await?;
    browser.act("receipt").await?;
    let file = folder.path().join("placet-demo.json");
    let text = until("the receipt's file", async || Ok(std::fs::read_to_string(&file).ok().filter(|text| !text.is_empty()))).await?;
    let receipt: Value = serde_json::from_str(&text)?;
    assert_eq!((&receipt["format"], &receipt["record"]), (&json!("placet-receipt/v1"), &records[0]));
    let id = records[0]["id"].as_str().unwrap_or_default();
    let salt = receipt["salt"].as_str().unwrap_or_default();
    let url = stage.host.page(&format!("placet/v1/sites/demo/consents/{id}"));
    let opened = reqwest::Client::new().get(url).header("placet-salt", salt).send().await?;
    assert_eq!(opened.text().await?, text, "byte for byte what the server answers");
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn after_a_refusal_the_preferences_say_that_nothing_is_kept_and_offer_no_receipt() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.reject_all().await?;
    stage.records(1).await?;
    browser.choose().await?;
    let shown: String = browser.placet_shows("[data-placet-preferences]").await?.text().await?;
    assert!(shown.contains("You allowed nothing, so nothing that could identify you is kept."), "{shown}");
    assert!(browser.placet_element("[data-placet-action='receipt']").await?.is_none());
    browser.quit().await
}
