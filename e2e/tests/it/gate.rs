//! The gate: what is marked runs when it is allowed, in document order, once, and never otherwise.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::Result;
use e2e::browser::{Browser, Options};
use e2e::checks::STATE_COOKIE;
use e2e::stage::Stage;
use e2e::wait::{never, until};
use serde_json::Value;

/// All that the gate page lets run after Accept all.
const ALL: [&str; 15] = [
    "needed",
    "slow",
    "inline, after what it needs",
    "src",
    "async",
    "defer",
    "third party",
    "module",
    "external module",
    "in the body",
    "template",
    "media",
    "both",
    "posthog",
    "snowplow",
];

#[tokio::test]
async fn after_accept_all_everything_marked_runs_once_and_what_is_not_known_never_does() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("gate/").await?;
    browser.accept_all().await?;
    let ran = all_ran(&browser).await?;
    assert_eq!(ran.iter().map(String::as_str).collect::<BTreeSet<_>>(), ALL.into_iter().collect(), "{ran:?}");
    assert_eq!(ran.len(), ALL.len(), "something ran twice: {ran:?}");
    assert!(browser.run::<bool>("return document.getElementById('from-template')?.parentElement === document.body;").await?);
    browser.no_page_errors_but(&["missing.js"]).await?;
    browser.quit().await
}

#[tokio::test]
async fn what_runs_keeps_document_order_although_the_first_script_is_slow_and_another_one_is_missing() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("gate/").await?;
    browser.accept_all().await?;
    let ran = all_ran(&browser).await?;
    let order =
        ["slow", "inline, after what it needs", "src", "third party", "in the body", "template", "media", "both", "posthog", "snowplow"];
    let seen: Vec<&str> = ran.iter().map(String::as_str).filter(|name| order.contains(name)).collect();
    assert_eq!(seen, order, "{ran:?}");
    let place = |name: &str| ran.iter().position(|one| one == name);
    assert!(place("async") > place("snowplow"), "the slow async script, first on the page, was waited for: {ran:?}");
    for late in ["defer", "module", "external module"] {
        assert!(place(late) > place("snowplow"), "{late} did not wait for the others: {ran:?}");
    }
    assert!(place("defer") < place("module") && place("module") < place("external module"), "{ran:?}");
    browser.quit().await
}

#[tokio::test]
async fn the_order_is_the_same_when_the_choice_was_made_on_an_earlier_page() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.accept_all().await?;
    browser.open(&stage.host.page("gate/")).await?;
    let ran = all_ran(&browser).await?;
    let order =
        ["slow", "inline, after what it needs", "src", "third party", "in the body", "template", "media", "both", "posthog", "snowplow"];
    let seen: Vec<&str> = ran.iter().map(String::as_str).filter(|name| order.contains(name)).collect();
    assert_eq!(seen, order, "{ran:?}");
    assert_eq!(ran.len(), ALL.len(), "{ran:?}");
    browser.quit().await
}

#[tokio::test]
async fn the_embed_has_no_address_before_its_purpose_is_granted_loads_after_and_is_emptied_by_a_withdrawal() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("gate/").await?;
    browser.asked().await?;
    assert_eq!(browser.run::<Option<String>>("return document.querySelector('iframe').getAttribute('src');").await?, None);
    assert!(stage.host.requests_of("videos.example").is_empty());
    browser.accept_all().await?;
    until("the embed's request", async || Ok(stage.host.requests_of("videos.example /lesson").pop())).await?;
    assert_eq!(stage.host.requests_of("videos.example /lesson").len(), 1);
    let steps: u32 = browser.run("return history.length;").await?;
    browser.act("withdraw").await?;
    until("the embed to be emptied", async || {
        Ok(browser.run::<bool>("return !document.querySelector('iframe').hasAttribute('src');").await?.then_some(()))
    })
    .await?;
    assert_eq!(browser.run::<u32>("return history.length;").await?, steps, "the back button would lead through the embed");
    browser.quit().await
}

#[tokio::test]
async fn a_purpose_that_was_not_granted_stays_closed_beside_one_that_was() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("gate/").await?;
    browser.choose().await?;
    browser.switch("media", true).await?;
    browser.save().await?;
    let ran = browser.ran_at_least(2).await?;
    assert_eq!(ran, ["needed", "media"]);
    until("the embed's request", async || Ok(stage.host.requests_of("videos.example").pop())).await?;
    stays(&browser, &ran).await?;
    browser.quit().await
}

#[tokio::test]
async fn a_services_own_state_wins_over_its_purposes() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("plain/").await?;
    let day: u64 = browser.run("return Math.floor(Date.now() / 864e5);").await?;
    // Optional services in the policy's order: posthog 1, snowplow 2, plausible 4, lesson-videos 8.
    for (cookie, allowed, refused) in [(format!("1.1.{day}.1.2"), "posthog", "snowplow"), (format!("1.1.{day}.0.2"), "snowplow", "posthog")]
    {
        browser.set_cookie(STATE_COOKIE, &cookie).await?;
        browser.open(&stage.host.page("gate/")).await?;
        let ran = until(allowed, async || Ok(Some(browser.ran().await?).filter(|ran| ran.iter().any(|name| name == allowed)))).await?;
        assert!(!ran.iter().any(|name| name == refused), "{cookie}: {ran:?}");
    }
    assert_eq!(browser.ran().await?, ["snowplow", "needed"], "a purpose that is refused stays closed beside its service");
    browser.quit().await
}

#[tokio::test]
async fn what_is_added_to_the_page_later_waits_and_runs_by_the_same_gate() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    add(&browser, "before").await?;
    stays(&browser, &[]).await?;
    browser.accept_all().await?;
    let ran = browser.ran_at_least(4).await?;
    assert_eq!(ran, ["analytics", "media", "before", "before, in a template"]);
    add(&browser, "after").await?;
    let ran = browser.ran_at_least(6).await?;
    assert_eq!(ran[4..], ["after", "after, in a template"]);
    until("both embeds", async || Ok((stage.host.requests_of("videos.example").len() == 2).then_some(()))).await?;
    stays(&browser, &ran).await?;
    browser.quit().await
}

#[tokio::test]
async fn a_page_that_replaces_its_body_and_its_address_keeps_the_banner_and_the_gate() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    browser
        .run::<Value>(
            "history.pushState({}, '', '/long/other');
            const body = document.createElement('body');
            body.innerHTML = '<h1>Other</h1>';
            document.body.replaceWith(body);
            return null;",
        )
        .await?;
    add(&browser, "routed").await?;
    browser.asked().await?;
    stays(&browser, &[]).await?;
    browser.accept_all().await?;
    assert_eq!(browser.ran_at_least(4).await?, ["analytics", "media", "routed", "routed, in a template"]);
    browser.quit().await
}

#[tokio::test]
async fn what_was_withdrawn_and_accepted_again_does_not_run_again_in_the_same_page() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("gate/").await?;
    browser.accept_all().await?;
    let ran = all_ran(&browser).await?;
    browser.act("withdraw").await?;
    until("nothing to be allowed", async || Ok((browser.placet_state().await?["purposes"]["media"] == false).then_some(()))).await?;
    assert_eq!(browser.run::<Option<String>>("return document.querySelector('iframe').getAttribute('src');").await?, None);
    browser.act("choose").await?;
    browser.act("accept-all").await?;
    until("everything to be allowed", async || Ok((browser.placet_state().await?["purposes"]["media"] == true).then_some(()))).await?;
    stays(&browser, &ran).await?;
    browser.open(&stage.host.page("gate/")).await?;
    assert_eq!(all_ran(&browser).await?.len(), ALL.len());
    browser.quit().await
}

#[tokio::test]
async fn after_a_withdrawal_the_next_page_starts_nothing() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.accept_all().await?;
    browser.act("withdraw").await?;
    stage.records(2).await?;
    browser.open(&stage.host.page("gate/")).await?;
    browser.chosen().await?;
    let ran = browser.ran_at_least(1).await?;
    assert_eq!(ran, ["needed"]);
    stays(&browser, &ran).await?;
    browser.quit().await
}

#[tokio::test]
async fn two_tags_on_one_page_are_one_banner_one_record_and_run_nothing_twice() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("two-tags/").await?;
    browser.asked().await?;
    assert_eq!(browser.run::<usize>("return document.querySelectorAll('placet-root').length;").await?, 1);
    browser.accept_all().await?;
    let ran = browser.ran_at_least(2).await?;
    assert_eq!(ran, ["first", "second"]);
    stays(&browser, &ran).await?;
    assert_eq!(stage.records(1).await?.len(), 1);
    assert_eq!(stage.host.consents().len(), 1);
    browser.quit().await
}

#[tokio::test]
async fn a_tag_at_the_end_of_the_body_still_asks_and_releases() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("body-tag/").await?;
    browser.asked().await?;
    stays(&browser, &[]).await?;
    browser.accept_all().await?;
    assert_eq!(browser.ran_at_least(2).await?, ["first", "second"]);
    browser.quit().await
}

#[tokio::test]
async fn the_tag_in_the_head_shows_the_first_layer_while_the_body_is_still_being_parsed() -> Result<()> {
    let stage = Stage::new().await?;
    let held = stage.host.hold("/asking/last.js");
    let browser = stage.visit_with("asking/", &Options { hurried: true, ..Options::default() }).await?;
    until("the held script to be asked for", async || Ok(stage.host.requests_of("/asking/last.js").pop())).await?;
    browser.asked_while_loading().await?;
    held.release();
    until("the page to finish", async || Ok(browser.run::<bool>("return document.readyState === 'complete';").await?.then_some(())))
        .await?;
    let parent: String = browser.run("return document.querySelector('placet-root').parentNode.localName;").await?;
    assert_eq!(parent, "html");
    browser.quit().await
}

async fn all_ran(browser: &Browser) -> Result<Vec<String>> {
    let ran = browser.ran_at_least(ALL.len()).await?;
    stays(browser, &ran).await?;
    Ok(ran)
}

/// For a while, nothing else runs.
async fn stays(browser: &Browser, ran: &[String]) -> Result<()> {
    never("another script", Duration::from_millis(600), async || Ok(Some(browser.ran().await?).filter(|now| now != ran))).await
}

/// Adds a script, an embed and a template to the page, as a framework would.
async fn add(browser: &Browser, name: &str) -> Result<()> {
    browser
        .run_with::<Value>(
            "const script = document.createElement('script');
            script.type = 'text/plain';
            script.dataset.category = 'analytics';
            script.textContent = `ran.push('${arguments[0]}')`;
            const frame = document.createElement('iframe');
            frame.dataset.category = 'media';
            frame.dataset.src = 'http://videos.example/' + arguments[0];
            const holder = document.createElement('div');
            holder.innerHTML = `<div><template data-category=\"analytics\"><script>ran.push('${arguments[0]}, in a template')<\\/script></template></div>`;
            document.body.append(script, frame, holder);
            return null;",
            vec![name.into()],
        )
        .await
        .map(drop)
}
