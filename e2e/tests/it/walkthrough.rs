//! One click, end to end: the table of ARCHITECTURE.md, row by row.

use anyhow::Result;
use e2e::checks::{ID_COOKIE, STATE_COOKIE};
use e2e::host::Request;
use e2e::stage::Stage;
use e2e::wait::until;
use serde_json::{Value, json};

#[tokio::test]
async fn one_click_end_to_end_is_the_table_of_the_design() -> Result<()> {
    let mut stage = Stage::new().await?;
    let browser = stage.visit("gate/").await?;

    // 1. The parser met the tag; the loader ran synchronously; marked elements are inert.
    assert!(browser.run::<bool>("return window.placet.version === 1 && window.parsed;").await?);
    assert_eq!(browser.ran().await?, ["needed"]);

    // 2. There is no state cookie, so nothing was released.
    assert_eq!(browser.placet_state().await?["chosen"], json!(false));
    browser.keeps_nothing_but_state(false).await?;

    // 3. The first layer stands in a shadow root, in the page's language.
    browser.asked().await?;
    let title = browser.placet_shows("[data-placet-view='first'] h2").await?.text().await?;
    assert_eq!(title, "May we use optional services?");

    // 4. A trusted click on "Accept all" makes a decision.
    browser
        .run::<Value>(
            "document.addEventListener('placet:change', (event) => { window.change = event.detail; }, { once: true }); return null;",
        )
        .await?;
    browser.accept_all().await?;

    // 5. The gate is open, the state cookie is written, the event was dispatched.
    browser.ran_at_least(14).await?;
    let day: u64 = browser.run("return Math.floor(Date.now() / 864e5);").await?;
    assert_eq!(browser.cookie(STATE_COOKIE).await?, Some(format!("1.1.{day}.3")));
    let change: Value = browser.run("return window.change;").await?;
    assert_eq!(change, browser.placet_state().await?);
    assert_eq!(change["purposes"], json!({ "needed": true, "analytics": true, "media": true }));

    // 6. One POST with the id that the page made.
    let sent =
        until("the POST to be answered", async || Ok(stage.host.consents().into_iter().find(|request| request.status.is_some()))).await?;
    let decision = sent.json();
    assert_eq!(decision["method"], json!("accept_all"));
    assert_eq!((&decision["layer"], &decision["language"], &decision["policy"]), (&json!("first"), &json!("en"), &json!(1)));
    assert_eq!(decision["granted"], json!(["analytics", "media"]));

    // 7. What does not fit the policy is refused as a problem: nothing can be granted that was not shown.
    let problem = post(&stage, &json!({ "record": "00000000-0000-4000-8000-000000000001", "granted": ["marketing"] }), &decision).await?;
    assert_eq!(problem.status(), 422);
    assert_eq!(problem.headers()["content-type"], "application/problem+json");
    let problem: Value = problem.json().await?;
    assert_eq!(problem["type"], json!("urn:placet:problem:decision-refused"));

    // 8. The server built the record: its own time, the policy it knows.
    let records = stage.records(1).await?;
    assert_eq!(records.len(), 1);
    let record = &records[0];
    let policy: Value = reqwest::get(format!("{}/v1/sites/demo/policy?version=1", stage.placet.origin())).await?.json().await?;
    assert_eq!(record["id"], decision["record"]);
    assert_eq!(record["policy_hash"], policy["hash"]);
    assert_eq!((&record["granted"], &record["refused"]), (&json!(["analytics", "media"]), &json!([])));
    assert!(record["anonymous_id"].is_string());

    // 9. It is durable: the process dies at once and the record is still there.
    stage.placet.kill();
    assert_eq!(stage.placet.records("demo")?, records);
    stage.placet.start()?;

    // 10. It was answered with 201, both cookies, and a receipt that opens the record again.
    assert_eq!(sent.status, Some(201));
    assert!(browser.cookies().await?.iter().any(|cookie| cookie.name == ID_COOKIE && cookie.http_only));
    let again = post(&stage, &json!({}), &decision).await?;
    assert_eq!(again.status(), 200);
    let receipt: Value = again.json().await?;
    assert_eq!(&receipt["record"], record);
    let opened = reqwest::Client::new()
        .get(format!("{}/v1/sites/demo/consents/{}", stage.placet.origin(), record["id"].as_str().unwrap_or_default()))
        .header("placet-salt", receipt["salt"].as_str().unwrap_or_default())
        .send()
        .await?;
    assert_eq!(opened.json::<Value>().await?, receipt);

    // 11. The export shows it, in both formats, once.
    let csv = stage.placet.export("demo", "csv")?;
    let id = record["id"].as_str().unwrap_or_default();
    assert_eq!((csv.lines().count(), csv.matches(id).count()), (2, 1), "{csv}");
    assert_eq!(stage.placet.export("demo", "jsonl")?.matches(id).count(), 1);

    browser.no_page_errors_but(&["missing.js"]).await?;
    browser.quit().await?;
    stage.placet.stop()?;
    stage.placet.assert_log_clean()
}

/// Posts `decision` with the fields of `change`, as a page of the site would.
async fn post(stage: &Stage, change: &Value, decision: &Value) -> Result<reqwest::Response> {
    let mut body = decision.clone();
    for (name, value) in change.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    let url = format!("{}/v1/sites/demo/consents", stage.placet.origin());
    let client = reqwest::Client::new().post(url).header("origin", stage.host.origin()).header("content-type", "application/json");
    Ok(client.body(body.to_string()).send().await?)
}

#[tokio::test]
async fn the_post_says_nothing_about_the_page_but_its_origin() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/?pupil=12345").await?;
    browser.accept_all().await?;
    stage.records(1).await?;
    let sent: Vec<Request> = stage.host.consents();
    let body = String::from_utf8(sent[0].body.clone())?;
    assert!(!body.contains("12345") && !body.contains("long"), "{body}");
    assert!(!stage.placet.export("demo", "jsonl")?.contains("12345"));
    browser.quit().await
}
