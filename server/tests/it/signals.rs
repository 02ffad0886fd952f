//! What site files say of other tools and of the browser's signal, and what records then hold.

use std::fmt::Write as _;

use axum::http::{HeaderValue, StatusCode};
use serde_json::Value;
use server::site::Site;
use shared::decision::{Layer, Method, Signal};
use shared::policy::Policy;
use shared::policy::change::{Change, between};
use shared::policy::profile::Profile;

use crate::support::{HTTPS, World, accept, consent, decision, json};

const SAMPLE: &str = include_str!("../../demo/demo.toml");

const TOLD: &str = "
[signals]
google = { analytics = [\"analytics_storage\"], media = [\"ad_storage\", \"ad_user_data\", \"ad_personalization\"], needed = [\"functionality_storage\"] }
microsoft_uet = \"media\"
clarity = { analytics = [\"analytics_Storage\"], media = [\"ad_Storage\"] }
meta = \"media/lesson-videos\"
matomo = \"analytics\"
piwik_pro = { analytics = [\"analytics\"] }
hubspot = { analytics = [\"analytics\"], media = [\"advertisement\"] }
shopify = { analytics = [\"analytics\"], media = [\"marketing\", \"sale_of_data\"] }
data_layer = true
";

fn check(text: &str) -> Result<Policy, String> {
    Site::parse(&"demo".parse().unwrap(), text, "demo.toml").map(|site| site.policy).map_err(|error| error.to_string())
}

fn with(more: &str) -> Result<Policy, String> {
    check(&format!("{SAMPLE}{more}"))
}

fn under(profile: &str, more: &str) -> Result<Policy, String> {
    check(&format!("profile = \"{profile}\"\n{SAMPLE}{more}"))
}

#[test]
fn gcm_08_the_mapping_becomes_part_of_the_policy_and_changing_it_asks_nobody_again() {
    let policy = with(TOLD).unwrap();
    insta::assert_json_snapshot!(policy.signals);
    assert_eq!(between(&with("").unwrap(), &policy), Change::Editorial);
}

#[test]
fn every_fault_in_signals_is_named_with_its_place_and_what_to_write() {
    let google = |entry: &str| format!("[signals]\ngoogle = {entry}\n");
    let region = |entry: &str| format!("[signals]\ngoogle = {{ media = [\"ad_storage\"] }}\ngoogle_regions = [{entry}]\n");
    let mut text = String::new();
    for (name, more) in [
        ("an unknown tool", "[signals]\ntiktok = \"media\"\n".to_owned()),
        ("an unknown type", google("{ analytics = [\"analytics_store\"] }")),
        ("another tool's type", "[signals]\nclarity = { analytics = [\"analytics_storage\"] }\n".to_owned()),
        ("an unknown purpose", "[signals]\nmicrosoft_uet = \"ads\"\n".to_owned()),
        ("an unknown purpose among types", google("{ ads = [\"ad_storage\"] }")),
        ("a service under another purpose", "[signals]\nmeta = \"media/posthog\"\n".to_owned()),
        ("a purpose alone for a tool with several types", google("\"analytics\"")),
        ("a tool told a number", "[signals]\nmeta = 1\n".to_owned()),
        ("gcm_05: a region that is none", region("{ regions = [\"California\"], granted = [] }")),
        ("gcm_05: a granted default in Europe", region("{ regions = [\"US-CA\", \"GB\"], granted = [\"ad_storage\"] }")),
        ("gcm_05: a granted type that is none", region("{ regions = [\"US-CA\"], granted = [\"ads\"] }")),
    ] {
        writeln!(text, "{name}\n  {}", with(&more).unwrap_err()).unwrap();
    }
    let unknown = check(&format!("profile = \"us\"\n{SAMPLE}")).unwrap_err();
    writeln!(text, "an unknown profile\n  {unknown}").unwrap();
    let needed = SAMPLE.replacen("mode = \"necessary\"\n", "mode = \"necessary\"\nadvertising = true\n", 1);
    writeln!(text, "advertising declared necessary\n  {}", check(&needed).unwrap_err()).unwrap();
    insta::assert_snapshot!(text);
}

#[test]
fn gcm_05_a_granted_default_stands_for_regions_of_the_us() {
    let more = "[signals]\ngoogle = { media = [\"ad_storage\"] }\ngoogle_regions = [{ regions = [\"US-CA\", \"US\"], granted = [\"ad_storage\"] }, { regions = [\"GB\"], granted = [] }]\n";
    assert_eq!(with(more).unwrap().signals.google_regions.len(), 2);
}

#[test]
fn epd_02_gcm_07_advanced_mode_is_refused_in_europe_with_the_reason_and_needs_a_recorded_decision_elsewhere() {
    let advanced = |decision: &str| format!("[signals]\ngoogle = {{ media = [\"ad_storage\"] }}\ngoogle_advanced = \"{decision}\"\n");
    for profile in ["eu", "uk"] {
        let refusal = under(profile, &advanced("The marketing team, May 2026.")).unwrap_err();
        assert!(refusal.contains("loading them is already access to the device"), "{refusal}");
        assert!(refusal.starts_with("demo.toml:") && refusal.contains(&format!("profile \"{profile}\"")), "{refusal}");
    }
    assert!(with(&advanced("The marketing team, May 2026.")).unwrap_err().contains("needs a profile"));
    let decided = under("us-ca", &advanced("The privacy lead, 4 May 2026: opt-out state.")).unwrap();
    assert_eq!(decided.signals.google_advanced.as_deref(), Some("The privacy lead, 4 May 2026: opt-out state."));
    assert!(under("us-ca", &advanced(" ")).unwrap_err().contains("who decided"));
    assert!(under("us-ca", "[signals]\ngoogle_advanced = \"x\"\n").unwrap_err().contains("goes with google"));
}

#[test]
fn a_site_without_signals_and_advertising_keeps_the_policy_that_it_had() {
    let text = String::from_utf8(with("").unwrap().canonical_json().unwrap()).unwrap();
    for name in ["signal", "profile", "advertising"] {
        assert!(!text.contains(&format!("\"{name}")), "{name}: {text}");
    }
}

#[test]
fn gpc_05_a_purpose_marked_as_advertising_brings_the_words_about_the_signal_and_an_owner_may_replace_them() {
    let marked = format!("{}[texts.cy]\nsignal_honoured = \"Iawn\"\n", advertising(SAMPLE));
    let policy = check(&marked).unwrap();
    assert_eq!(policy.signal_texts.len(), 2);
    assert_eq!(policy.signal_texts[&"cy".parse().unwrap()].signal_honoured, "Iawn");
}

fn advertising(sample: &str) -> String {
    sample.replacen("id = \"media\"\n", "id = \"media\"\nadvertising = true\n", 1)
}

#[tokio::test]
async fn pbd_01_gpc_01_a_record_says_who_saw_the_signal() {
    let world = World::of(media_is_advertising(None)).await;
    let mut stated = decision(0, Method::AcceptAll, &["analytics"]);
    stated.signal = Some(Signal::Gpc);
    let unstated = decision(0, Method::Save, &["analytics"]);
    for (seed, (decision, headers, seen)) in [
        (&stated, &["1"][..], Some("gpc")),
        (&stated, &["0", "1"], Some("gpc")),
        (&stated, &[], Some("gpc_page_only")),
        (&stated, &["true"], Some("gpc_page_only")),
        (&unstated, &["1"], Some("gpc_header_only")),
        (&unstated, &["1,1"], None),
        (&unstated, &[], None),
    ]
    .into_iter()
    .enumerate()
    {
        let mut decision = decision.clone();
        decision.record = shared::id::RecordId::from_random([u8::try_from(seed).unwrap(); 16]);
        let answer = send(&world, &decision, headers).await;
        assert_eq!((answer.0, &answer.1["record"]["signal"]), (StatusCode::CREATED, &seen.map_or(Value::Null, Value::from)), "{headers:?}");
        // Sent again over another connection, it is the same decision.
        assert_eq!(send(&world, &decision, &[]).await, (StatusCode::OK, answer.1));
    }
}

#[tokio::test]
async fn a_site_without_advertising_records_no_signal() {
    let world = World::new().await;
    let (status, receipt) = send(&world, &accept(1), &["1"]).await;
    assert_eq!((status, receipt["record"].get("signal")), (StatusCode::CREATED, None));
}

#[tokio::test]
async fn gpc_05_what_the_signal_keeps_off_cannot_be_recorded_as_granted() {
    let world = World::of(media_is_advertising(Some(Profile::Uk))).await;
    let mut grant = decision(1, Method::Save, &["media"]);
    grant.signal = Some(Signal::Gpc);
    let (status, problem) = send(&world, &grant, &["1"]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem["detail"], "the browser's signal keeps purpose \"media\" off, so it cannot be granted");
}

#[tokio::test]
async fn us_01_us_06_an_opt_out_by_the_signal_is_recorded_under_the_visitors_id() {
    let world = World::of(media_is_advertising(Some(Profile::UsCa))).await;
    let (_, grant) = send(&world, &accept(1), &[]).await;
    let mut opt_out = decision(2, Method::Withdraw, &["analytics"]);
    (opt_out.layer, opt_out.signal) = (Layer::Signal, Some(Signal::Gpc));
    let id = grant["record"]["anonymous_id"].as_str().unwrap();
    let answer = world.post(HTTPS, &opt_out, &format!("__Host-placet-id={id}")).await;
    let record = answer.receipt().record;
    assert_eq!(record.anonymous_id.map(|id| id.to_string()).as_deref(), Some(id));
    assert_eq!((record.follows.map(|id| id.to_string())).as_deref(), grant["record"]["id"].as_str());
    assert_eq!((record.layer, record.refused.len()), (Layer::Signal, 1));
}

#[tokio::test]
async fn gpc_06_a_thousand_requests_with_the_signal_write_nothing() {
    let world = World::of(media_is_advertising(Some(Profile::UsCa))).await;
    for _ in 0..1_000 {
        let request = axum::http::Request::get("/v1/sites/riverside/policy").header("sec-gpc", "1");
        assert_eq!(world.send(request.body(axum::body::Body::empty()).unwrap()).await.status, StatusCode::OK);
    }
    assert_eq!(world.store.count(&"riverside".parse().unwrap()).await.unwrap(), 0);
}

/// The test policy with advertising in it.
fn media_is_advertising(profile: Option<Profile>) -> Policy {
    let mut policy = Policy { profile, ..shared::testing::policy() };
    policy.purposes.iter_mut().filter(|purpose| purpose.id.as_str() == "media").for_each(|purpose| purpose.advertising = true);
    policy
}

async fn send(world: &World, decision: &shared::decision::Decision, signal: &[&str]) -> (StatusCode, Value) {
    let mut request = consent("riverside").header("origin", HTTPS);
    for value in signal {
        request = request.header("sec-gpc", HeaderValue::from_str(value).unwrap());
    }
    let answer = world.send(request.body(json(decision)).unwrap()).await;
    (answer.status, answer.json())
}
