//! Global Privacy Control: never consent; where it is the last word, advertising stays off and the banner
//! says why; where the law gives an opt-out, it opts out, says so, and a later choice on the site counts.

use std::time::Duration;

use anyhow::Result;
use e2e::browser::Browser;
use e2e::server::SiteFile;
use e2e::stage::Stage;
use e2e::wait::{never, until};
use serde_json::{Value, json};

/// The demo site with advertising in it ("media"), under a profile.
async fn stage(profile: &str) -> Result<Stage> {
    Stage::with(|site| advertising(site)?.replacing("validity_days = 180", &format!("validity_days = 180\nprofile = \"{profile}\""))).await
}

fn advertising(site: SiteFile) -> Result<SiteFile> {
    site.replacing("id = \"media\"\n", "id = \"media\"\nadvertising = true\n")
}

/// From now on the browser signals, as a script sees it and as a server does.
async fn signal(browser: &Browser) -> Result<()> {
    let source = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { configurable: true, get: () => true });";
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    browser.devtools("Network.enable", json!({})).await?;
    browser.devtools("Network.setExtraHTTPHeaders", json!({ "headers": { "Sec-GPC": "1" } })).await?;
    Ok(())
}

/// A browser that signals, in which `path` is open.
async fn signalling(stage: &Stage, path: &str) -> Result<Browser> {
    let browser = stage.visit("plain/").await?;
    signal(&browser).await?;
    browser.open(&stage.host.page(path)).await?;
    browser.asked().await?;
    Ok(browser)
}

/// What Placet shows that holds a text.
async fn says(browser: &Browser, text: &str) -> Result<bool> {
    let script = "const seen = [...document.querySelector('placet-root').shadowRoot.querySelectorAll('.kept, .over')]
            .filter((element) => element.checkVisibility());
        return seen.some((element) => element.textContent.includes(arguments[0]));";
    browser.run_with(script, vec![json!(text)]).await
}

/// The switch of advertising: whether it is on, whether it can be turned, and what describes it.
async fn switch(browser: &Browser) -> Result<(bool, bool, String)> {
    let script = "const root = document.querySelector('placet-root').shadowRoot;
        const input = root.querySelector('[data-placet-purpose=media]');
        const described = input.getAttribute('aria-describedby').split(' ').map((id) => root.getElementById(id).innerText);
        return [input.checked, !input.disabled, described.join(' ')];";
    browser.run(script).await
}

async fn media(browser: &Browser) -> Result<Value> {
    Ok(browser.placet_state().await?["purposes"]["media"].clone())
}

#[tokio::test]
async fn gpc_02_gpc_05_in_the_uk_advertising_is_locked_off_with_the_reason_and_accept_all_is_the_rest_and_says_so() -> Result<()> {
    let stage = stage("uk").await?;
    let browser = signalling(&stage, "long/").await?;
    assert!(says(&browser, "so this stays off, also if you accept all: Lesson videos.").await?);
    browser.choose().await?;
    let (on, turns, why) = switch(&browser).await?;
    assert!(!on && !turns, "advertising is not locked off");
    assert!(why.contains("Plays recorded lessons") && why.contains("Your browser sends Global Privacy Control"), "{why}");
    browser.banner_is_there().await?;
    browser.is_accessible("preferences with a locked switch").await?;
    browser.act("close").await?;
    browser.accept_all().await?;
    assert_eq!(browser.ran_at_least(1).await?, ["analytics"]);
    let status = until("the status", async || Ok(Some(browser.status().await?).filter(|text| !text.is_empty()))).await?;
    assert_eq!(status, "You accepted all optional services but those that your browser’s signal keeps off: Lesson videos.");
    let record = stage.records(1).await?.remove(0);
    assert_eq!((&record["method"], &record["signal"]), (&json!("accept_all"), &json!("gpc")));
    assert_eq!((&record["granted"], &record["refused"]), (&json!(["analytics"]), &json!(["media"])));
    browser.reload().await?;
    browser.chosen().await?;
    assert_eq!(media(&browser).await?, json!(false));
    never("a second record", Duration::from_millis(600), async || Ok((stage.placet.records("demo")?.len() > 1).then_some(()))).await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn gpc_05_the_lock_holds_where_the_wasm_cannot_run() -> Result<()> {
    let stage = stage("eu").await?;
    let browser = signalling(&stage, "csp-wasm/").await?;
    browser.choose().await?;
    let (on, turns, why) = switch(&browser).await?;
    assert!(!on && !turns && why.contains("Global Privacy Control"), "{why}");
    browser.switch("analytics", true).await?;
    browser.save().await?;
    let record = stage.records(1).await?.remove(0);
    assert_eq!((&record["method"], &record["granted"], &record["signal"]), (&json!("save"), &json!(["analytics"]), &json!("gpc")));
    browser.quit().await
}

#[tokio::test]
async fn gpc_05_an_earlier_grant_is_taken_back_once_by_the_signal_before_anything_of_it_runs() -> Result<()> {
    let stage = stage("eu").await?;
    let browser = stage.visit("long/").await?;
    browser.accept_all().await?;
    stage.records(1).await?;
    signal(&browser).await?;
    browser.open(&stage.host.page("long/")).await?;
    assert_eq!(browser.ran_at_least(1).await?, ["analytics"]);
    never("words about a withdrawal", Duration::from_millis(600), async || {
        Ok(Some(browser.status().await?).filter(|text| !text.is_empty()))
    })
    .await?;
    let record = stage.records(2).await?.remove(1);
    assert_eq!((&record["method"], &record["layer"], &record["signal"]), (&json!("withdraw"), &json!("signal"), &json!("gpc")));
    assert_eq!((&record["granted"], &record["refused"]), (&json!(["analytics"]), &json!(["media"])));
    browser.open(&stage.host.page("long/")).await?;
    assert_eq!(browser.ran_at_least(1).await?, ["analytics"]);
    never("a third record (GPC-06)", Duration::from_millis(600), async || Ok((stage.placet.records("demo")?.len() > 2).then_some(())))
        .await?;
    browser.quit().await
}

#[tokio::test]
async fn us_01_us_02_us_03_in_california_the_opt_out_is_shown_with_the_toggle_off_and_the_link_stays() -> Result<()> {
    let stage = stage("us-ca").await?;
    let browser = signalling(&stage, "long/").await?;
    assert!(says(&browser, "Opt-out request honoured").await?);
    browser.accept_all().await?;
    assert_eq!(browser.ran_at_least(1).await?, ["analytics"]);
    let control = "const control = document.querySelector('placet-root').shadowRoot.querySelector('.control');
        return [getComputedStyle(control, '::before').content, control.innerText];";
    let (status, words): (String, String) = browser.run(control).await?;
    assert_eq!(status, "\"Opt-out request honoured\"");
    assert!(words.contains("Your privacy choices"), "{words}");
    browser.choose().await?;
    let (on, turns, why) = switch(&browser).await?;
    assert!(!on && turns && why.contains("Opt-out request honoured"), "{why}");
    browser.banner_is_there().await?;
    browser.is_accessible("preferences with an opt-out").await?;
    browser.quit().await
}

#[tokio::test]
async fn gpc_08_in_california_a_later_explicit_choice_counts_is_shown_and_stays_and_an_earlier_one_does_not() -> Result<()> {
    let stage = stage("us-ca").await?;
    let browser = stage.visit("long/").await?;
    browser.accept_all().await?;
    stage.records(1).await?;
    signal(&browser).await?;
    browser.open(&stage.host.page("long/")).await?;
    browser.chosen().await?;
    assert_eq!(media(&browser).await?, json!(false), "the choice is older than the signal");
    assert_eq!(stage.records(2).await?[1]["layer"], "signal");
    browser.choose().await?;
    browser.switch("media", true).await?;
    browser.save().await?;
    until("advertising to be allowed", async || Ok((media(&browser).await? == json!(true)).then_some(()))).await?;
    let record = stage.records(3).await?.remove(2);
    assert_eq!((&record["method"], &record["granted"], &record["signal"]), (&json!("save"), &json!(["analytics", "media"]), &json!("gpc")));
    browser.open(&stage.host.page("long/")).await?;
    browser.chosen().await?;
    assert_eq!(media(&browser).await?, json!(true));
    browser.choose().await?;
    assert!(says(&browser, "but you allowed this here: Lesson videos.").await?);
    let (on, _, why) = switch(&browser).await?;
    assert!(on && !why.contains("honoured"), "{why}");
    browser.act("accept-all").await?;
    stage.records(4).await?;
    assert_eq!(media(&browser).await?, json!(true), "what was allowed by its own switch stays so");
    browser.quit().await
}

#[tokio::test]
async fn us_06_gpc_02_without_the_signal_or_without_advertising_nothing_differs() -> Result<()> {
    let stage = stage("uk").await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    assert!(!says(&browser, "").await?);
    browser.accept_all().await?;
    assert_eq!(stage.records(1).await?[0].get("signal"), None);
    browser.quit().await?;

    let stage = Stage::new().await?;
    let browser = signalling(&stage, "long/").await?;
    browser.accept_all().await?;
    assert_eq!(stage.records(1).await?[0].get("signal"), None);
    browser.quit().await
}

#[tokio::test]
async fn gpc_05_google_never_hears_that_advertising_was_granted_before_the_signal() -> Result<()> {
    let told = "[signals]\ngoogle = { media = [\"ad_storage\"] }\n[controller]";
    let stage = Stage::with(|site| advertising(site)?.replacing("[controller]", told)).await?;
    let browser = stage.visit("signals/").await?;
    browser.accept_all().await?;
    signal(&browser).await?;
    browser.open(&stage.host.page("signals/")).await?;
    browser.chosen().await?;
    let states: Vec<String> =
        browser.run("return plain(dataLayer).filter(entry => entry[0] === 'consent').map(entry => entry[2].ad_storage);").await?;
    assert_eq!(states, ["denied", "denied"], "the default and one update");
    browser.quit().await
}
