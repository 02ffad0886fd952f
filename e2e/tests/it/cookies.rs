//! What the cookies say, and to whom.

use anyhow::Result;
use e2e::browser::{Browser, BrowserCookie};
use e2e::checks::{ID_COOKIE, STATE_COOKIE};
use e2e::host::SCHOOL;
use e2e::stage::Stage;
use e2e::wait::until;

#[tokio::test]
async fn pbd_06_two_people_who_refuse_on_the_same_day_hold_the_same_bytes_and_no_id() -> Result<()> {
    let stage = Stage::new().await?;
    let mut held = Vec::new();
    for person in 1..=2 {
        let browser = stage.visit("long/").await?;
        browser.reject_all().await?;
        stage.records(person).await?;
        let answered = || stage.host.consents().iter().filter(|request| request.status == Some(201)).count();
        until("the answer", async || Ok((answered() == person).then_some(()))).await?;
        held.push((what_it_says(&browser.cookies().await?), browser.storage().await?));
        browser.quit().await?;
    }
    assert_eq!(held[0], held[1]);
    assert_eq!(held[0].0.len(), 1, "{held:?}");
    assert_eq!(held[0].0[0].0, STATE_COOKIE);
    let records = stage.records(2).await?;
    for record in &records {
        assert!(record.get("anonymous_id").is_none() && record.get("follows").is_none(), "{record}");
    }
    assert_ne!(records[0]["id"], records[1]["id"]);
    Ok(())
}

#[tokio::test]
async fn pbd_07_after_a_grant_the_id_is_out_of_reach_for_scripts_and_lasts_as_long_as_the_choice() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.accept_all().await?;
    let id = id_cookie(&browser).await?;
    assert!(id.http_only && id.path == "/" && id.same_site.as_deref() == Some("Lax"), "{id:?}");
    let readable: String = browser.run("return document.cookie;").await?;
    assert!(readable.contains(&format!("{STATE_COOKIE}=")) && !readable.contains(ID_COOKIE) && !readable.contains(&id.value), "{readable}");
    let found: bool = browser
        .run_with(
            "return JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), placet.state()]).includes(arguments[0]);",
            vec![id.value.clone().into()],
        )
        .await?;
    assert!(!found);
    let now: f64 = browser.run("return Date.now() / 1000;").await?;
    for cookie in browser.cookies().await? {
        let days = (cookie.expires - now) / 86400.0;
        assert!((179.0..=180.1).contains(&days), "{} lasts {days} days", cookie.name);
    }
    browser.quit().await
}

#[tokio::test]
async fn withdrawing_everything_takes_the_id_cookie_away_and_the_record_follows_the_grant() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.accept_all().await?;
    id_cookie(&browser).await?;
    browser.act("withdraw").await?;
    until("the id cookie to go", async || Ok(browser.cookie(ID_COOKIE).await?.is_none().then_some(()))).await?;
    let records = stage.records(2).await?;
    assert_eq!((&records[1]["follows"], &records[1]["anonymous_id"]), (&records[0]["id"], &records[0]["anonymous_id"]));
    assert_eq!(records[1]["method"], "withdraw");
    browser.keeps_nothing_but_state(true).await?;
    browser.quit().await
}

#[tokio::test]
async fn on_another_origin_than_the_page_the_choice_holds_and_no_id_is_set() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("cross/").await?;
    browser.accept_all().await?;
    assert_eq!(browser.ran_at_least(1).await?, ["analytics"]);
    let records = stage.records(1).await?;
    assert_eq!(records[0]["method"], "accept_all");
    browser.reload().await?;
    assert_eq!(browser.ran_at_least(1).await?, ["analytics"]);
    assert!(browser.cookie(ID_COOKIE).await?.is_none());
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn on_plain_http_under_a_name_of_its_own_a_site_has_the_same_cookies_and_records() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("plain/").await?;
    browser.open(&format!("http://{SCHOOL}/long/")).await?;
    assert!(!browser.run::<bool>("return isSecureContext;").await?, "the page must be an insecure one for this test to show anything");
    browser.accept_all().await?;
    assert_eq!(browser.ran().await?, ["analytics", "media"]);
    assert_eq!(stage.records(1).await?[0]["method"], "accept_all");
    id_cookie(&browser).await?;
    browser.choose().await?;
    browser.act("reject-all").await?;
    stage.records(2).await?;
    until("the id cookie to go", async || Ok(browser.cookie(ID_COOKIE).await?.is_none().then_some(()))).await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

async fn id_cookie(browser: &Browser) -> Result<BrowserCookie> {
    until("the id cookie", async || Ok(browser.cookies().await?.into_iter().find(|cookie| cookie.name == ID_COOKIE))).await
}

/// Everything of the cookies but the moment at which they end.
fn what_it_says(cookies: &[BrowserCookie]) -> Vec<(String, String, String, bool, Option<String>)> {
    cookies.iter().map(|c| (c.name.clone(), c.value.clone(), c.path.clone(), c.http_only, c.same_site.clone())).collect()
}
