//! What other tools on the page are told of the visitor's choice: Google first in line, each in its own
//! words, before anything of it may run.

use anyhow::Result;
use e2e::browser::Browser;
use e2e::server::SiteFile;
use e2e::stage::Stage;
use e2e::wait::until;
use serde_json::{Value, json};

/// Google, and whatever `more` names.
fn telling(site: SiteFile, more: &str) -> Result<SiteFile> {
    let google = "google = { analytics = [\"analytics_storage\"], media = [\"ad_storage\", \"ad_user_data\", \"ad_personalization\"] }";
    site.replacing("[controller]", &format!("[signals]\n{google}\n{more}\n[controller]"))
}

async fn stage(more: &str) -> Result<Stage> {
    Stage::with(|site| telling(site, more)).await
}

/// Google's seven types.
fn types(analytics: &str, ads: &str) -> Value {
    json!({
        "ad_storage": ads, "ad_user_data": ads, "ad_personalization": ads, "analytics_storage": analytics,
        "functionality_storage": "denied", "personalization_storage": "denied", "security_storage": "granted",
    })
}

fn default() -> Value {
    let mut types = types("denied", "denied");
    types["wait_for_update"] = json!(500);
    json!(["consent", "default", types])
}

fn update(analytics: &str, ads: &str) -> Value {
    json!(["consent", "update", types(analytics, ads)])
}

fn redacted(yes: bool) -> Value {
    json!(["set", "ads_data_redaction", yes])
}

/// The data layer; entries that are `arguments` objects as arrays, others as objects.
async fn layer(browser: &Browser) -> Result<Vec<Value>> {
    browser.run("return plain(dataLayer);").await
}

async fn updates(browser: &Browser) -> Result<Vec<Value>> {
    Ok(layer(browser).await?.into_iter().filter(|entry| entry[1] == "update").collect())
}

#[tokio::test]
async fn gcm_01_gcm_02_gcm_04_google_finds_first_that_all_seven_types_are_denied_but_security() -> Result<()> {
    let stage = stage("").await?;
    let browser = stage.visit("signals/").await?;
    browser.asked().await?;
    assert_eq!(layer(&browser).await?, [default(), redacted(true), json!(["js", "today"]), json!(["config", "G-1"])]);
    let kinds: Vec<String> = browser.run("return dataLayer.map(entry => Object.prototype.toString.call(entry));").await?;
    assert!(kinds.iter().all(|kind| kind == "[object Arguments]"), "gtag.js reads no arrays: {kinds:?}");
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn gcm_01_it_is_first_in_line_in_a_layer_that_the_page_made_before_or_makes_anew() -> Result<()> {
    let stage = stage("").await?;
    let browser = stage.visit("signals/before/").await?;
    browser.asked().await?;
    let page = json!({ "page": "home" });
    assert_eq!(layer(&browser).await?, [default(), redacted(true), page.clone(), json!(["js", "today"]), json!(["config", "G-1"])]);
    browser.open(&stage.host.page("signals/replaced/")).await?;
    browser.asked().await?;
    assert_eq!(layer(&browser).await?, [default(), redacted(true), page, json!(["js", "today"])]);
    browser.accept_all().await?;
    let layer = layer(&browser).await?;
    assert_eq!(layer[4..], [update("granted", "granted"), redacted(false)]);
    browser.quit().await
}

#[tokio::test]
async fn gcm_03_gcm_06_each_decision_is_one_update_with_all_seven_types_and_ads_are_redacted_while_denied() -> Result<()> {
    let stage = stage("").await?;
    let browser = stage.visit("signals/").await?;
    browser.choose().await?;
    browser.switch("analytics", true).await?;
    browser.save().await?;
    assert_eq!(updates(&browser).await?, [update("granted", "denied")]);
    browser.choose().await?;
    browser.act("accept-all").await?;
    until("the second update", async || Ok((updates(&browser).await?.len() == 2).then_some(()))).await?;
    assert_eq!(updates(&browser).await?[1], update("granted", "granted"));
    let set: Vec<Value> = layer(&browser).await?.into_iter().filter(|entry| entry[0] == "set").collect();
    assert_eq!(set, [redacted(true), redacted(true), redacted(false)], "nothing else is set: url_passthrough stays off");
    browser.quit().await
}

#[tokio::test]
async fn gcm_03_what_is_released_finds_the_update_and_so_does_the_next_page_before_its_own_first_script() -> Result<()> {
    let stage = stage("microsoft_uet = \"media\"\nmatomo = \"analytics\"").await?;
    let browser = stage.visit("signals/").await?;
    browser.accept_all().await?;
    browser.ran_at_least(1).await?;
    let found: Value = browser.run("return found;").await?;
    assert_eq!(found["layer"].as_array().map(|layer| layer[4..].to_vec()), Some(vec![update("granted", "granted"), redacted(false)]));
    assert_eq!(
        found["uetq"],
        json!(["consent", "default", { "ad_storage": "denied" }, "pageLoad", "consent", "update", { "ad_storage": "granted" }])
    );
    assert_eq!(found["paq"], json!([["requireConsent"], ["trackPageView"], ["setConsentGiven"]]));
    browser.reload().await?;
    browser.ran_at_least(1).await?;
    let before = [default(), redacted(true), update("granted", "granted"), redacted(false), json!(["js", "today"])];
    assert_eq!(layer(&browser).await?[..5], before);
    assert_eq!(updates(&browser).await?.len(), 1);
    browser.quit().await
}

#[tokio::test]
async fn gcm_09_a_withdrawal_is_told_and_googles_cookies_go() -> Result<()> {
    let google = "storage = [{ name = \"_ga*\", kind = \"cookie\", days = 395 }, { name = \"_gid\", kind = \"cookie\", days = 1 }, { name = \"_gcl*\", kind = \"cookie\", days = 90 }]";
    let stage = Stage::with(|site| telling(site, "")?.replacing("storage = []", google)).await?;
    let browser = stage.visit("signals/").await?;
    browser.accept_all().await?;
    for name in ["_ga", "_ga_1", "_gid", "_gcl_au"] {
        browser.set_cookie(name, "1").await?;
    }
    browser.act("withdraw").await?;
    until("Google's cookies to be gone", async || {
        Ok((!browser.cookies().await?.iter().any(|cookie| cookie.name.starts_with("_g"))).then_some(()))
    })
    .await?;
    assert_eq!(updates(&browser).await?[1..], [update("denied", "denied")]);
    browser.quit().await
}

#[tokio::test]
async fn ck_13_a_choice_in_another_tab_is_told_here_once() -> Result<()> {
    let stage = stage("").await?;
    let browser = stage.visit("signals/").await?;
    browser.asked().await?;
    let first = browser.driver().window().await?;
    let second = browser.driver().new_tab().await?;
    browser.driver().switch_to_window(second).await?;
    browser.open(&stage.host.page("long/")).await?;
    browser.accept_all().await?;
    browser.driver().switch_to_window(first).await?;
    browser.chosen().await?;
    assert_eq!(updates(&browser).await?, [update("granted", "granted")]);
    browser.quit().await
}

#[tokio::test]
async fn epd_02_gcm_07_nothing_is_asked_of_google_before_the_choice_nor_after_a_refusal() -> Result<()> {
    let stage = stage("").await?;
    let browser = stage.visit("signals/").await?;
    browser.reject_all().await?;
    browser.reload().await?;
    browser.chosen().await?;
    assert_eq!(updates(&browser).await?, [update("denied", "denied")]);
    assert!(stage.host.requests_of("googletagmanager").is_empty());
    browser.choose().await?;
    browser.act("accept-all").await?;
    until("the tag manager to be loaded", async || Ok(stage.host.requests_of("googletagmanager.com /gtm.js").pop())).await?;
    browser.quit().await
}

#[tokio::test]
async fn gcm_05_a_regions_own_default_follows_the_one_for_everybody() -> Result<()> {
    let stage = stage("google_regions = [{ regions = [\"US-CA\"], granted = [\"analytics_storage\"] }]").await?;
    let browser = stage.visit("signals/").await?;
    let layer = layer(&browser).await?;
    let mut california = types("granted", "denied");
    california["region"] = json!(["US-CA"]);
    california["wait_for_update"] = json!(500);
    assert_eq!(layer[..2], [default(), json!(["consent", "default", california])]);
    browser.quit().await
}

#[tokio::test]
async fn ms_01_ms_02_ms_03_uet_and_clarity_are_told_apart_each_by_its_own_purpose() -> Result<()> {
    let stage = stage("microsoft_uet = \"media\"\nclarity = \"analytics\"").await?;
    let browser = stage.visit("signals/").await?;
    browser.choose().await?;
    browser.switch("analytics", true).await?;
    browser.save().await?;
    let uetq: Value = browser.run("return uetq;").await?;
    assert_eq!(
        uetq,
        json!(["consent", "default", { "ad_storage": "denied" }, "pageLoad", "consent", "update", { "ad_storage": "denied" }])
    );
    let clarity = "return plain(clarity.q);";
    let denied = json!(["consentv2", { "analytics_Storage": "denied", "ad_Storage": "denied" }]);
    let granted = json!(["consentv2", { "analytics_Storage": "granted", "ad_Storage": "denied" }]);
    assert_eq!(browser.run::<Value>(clarity).await?, json!([denied, granted]));
    browser.reload().await?;
    browser.chosen().await?;
    assert_eq!(browser.run::<Value>(clarity).await?, json!([granted]), "told \"denied\" first it would forget the visitor on every page");
    browser.quit().await
}

#[tokio::test]
async fn matomo_waits_for_consent_or_for_its_cookies_only_and_hears_of_a_refusal_after_a_grant_alone() -> Result<()> {
    for (name, kind) in [("matomo", ""), ("matomo_cookies", "Cookie")] {
        let stage = stage(&format!("{name} = \"analytics\"")).await?;
        let browser = stage.visit("signals/").await?;
        browser.reject_all().await?;
        let (require, track) = (json!([format!("require{kind}Consent")]), json!(["trackPageView"]));
        let (give, forget) = (json!([format!("set{kind}ConsentGiven")]), json!([format!("forget{kind}ConsentGiven")]));
        assert_eq!(browser.run::<Value>("return _paq;").await?, json!([require, track]));
        browser.choose().await?;
        browser.act("accept-all").await?;
        browser.act("withdraw").await?;
        until("the withdrawal", async || {
            Ok((browser.run::<Value>("return _paq;").await? == json!([require, track, give, forget])).then_some(()))
        })
        .await?;
        browser.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_meta_pixel_is_told_before_its_own_first_call_and_its_snippet_still_loads_it() -> Result<()> {
    let stage = stage("meta = \"media\"").await?;
    let browser = stage.visit("signals/meta/").await?;
    browser.asked().await?;
    assert_eq!(browser.run::<u32>("return began;").await?, 1);
    browser.run::<Value>("ready(); return null;").await?;
    assert_eq!(browser.run::<Value>("return called;").await?, json!(["consent revoke", "init 1", "track PageView"]));
    browser.accept_all().await?;
    browser.act("withdraw").await?;
    until("both decisions", async || {
        Ok((browser.run::<Value>("return called.slice(3);").await? == json!(["consent grant", "consent revoke"])).then_some(()))
    })
    .await?;
    browser.choose().await?;
    browser.act("accept-all").await?;
    until("the third", async || Ok((browser.run::<u32>("return called.length;").await? == 6).then_some(()))).await?;
    browser.reload().await?;
    browser.run::<Value>("ready(); return null;").await?;
    assert_eq!(browser.run::<Value>("return called;").await?, json!(["consent grant", "init 1", "track PageView"]));
    browser.quit().await
}

#[tokio::test]
async fn piwik_pro_hubspot_shopify_and_the_data_layer_hear_each_choice_in_their_own_words() -> Result<()> {
    let more = "piwik_pro = { analytics = [\"analytics\"], media = [\"remarketing\"] }
hubspot = { analytics = [\"analytics\"], media = [\"advertisement\"] }
shopify = { analytics = [\"analytics\"], media = [\"marketing\", \"sale_of_data\"] }
data_layer = true";
    let stage = stage(more).await?;
    let browser = stage.visit("signals/").await?;
    browser.asked().await?;
    let hubspot =
        |analytics: bool, ads: bool| json!(["setHubSpotConsent", { "analytics": analytics, "advertisement": ads, "functionality": false }]);
    let objects = "return plain(dataLayer).filter(entry => entry.event && entry.event !== 'gtm.js');";
    assert_eq!(browser.run::<Value>("return [_hsp, disableHubSpotCookieBanner];").await?, json!([[hubspot(false, false)], true]));
    assert_eq!(browser.run::<Value>(objects).await?, json!([]), "before a choice there is nothing to tell");
    browser.choose().await?;
    browser.switch("analytics", true).await?;
    browser.save().await?;
    assert_eq!(browser.run::<Value>("return _hsp;").await?, json!([hubspot(false, false), hubspot(true, false)]));
    let told: Value = browser.run(objects).await?;
    assert_eq!(
        (&told[0]["event"], told[0]["parameters"][0]["consents"]["analytics"].clone()),
        (&json!("ppms.cm:setComplianceSettings"), json!({ "status": 1 }))
    );
    assert_eq!(told[0]["parameters"][0]["consents"]["remarketing"], json!({ "status": 0 }));
    assert_eq!(told[1], json!({ "event": "placet_consent", "purposes": { "needed": true, "analytics": true, "media": false } }));
    let shopify = json!([{ "analytics": true, "marketing": false, "preferences": false, "sale_of_data": false }]);
    until("Shopify to be told", async || Ok((browser.run::<Value>("return Shopify.told;").await? == shopify).then_some(()))).await?;
    assert_eq!(browser.run::<Value>("return Shopify.asked;").await?, json!([{ "name": "consent-tracking-api", "version": "0.1" }]));
    browser.reload().await?;
    browser.chosen().await?;
    assert_eq!(browser.run::<Value>("return _hsp;").await?, json!([hubspot(true, false)]));
    assert_eq!(browser.run::<usize>("return plain(dataLayer).filter(entry => entry.event === 'placet_consent').length;").await?, 1);
    browser.no_page_errors().await?;
    browser.quit().await
}
