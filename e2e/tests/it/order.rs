//! What released scripts can rely on although they come late: each runs once and in order, the document
//! can be written to, the page's events are heard, and a host that does not answer holds back nobody else.

use anyhow::Result;
use e2e::browser::Browser;
use e2e::stage::Stage;
use e2e::wait::until;
use serde_json::{Value, json};

#[tokio::test]
async fn what_released_scripts_write_stands_where_they_stand_and_the_page_is_not_wiped() -> Result<()> {
    let stage = Stage::new().await?;
    let _dead = stage.host.hold("dead.example");
    let browser = stage.visit("order/").await?;
    browser.accept_all().await?;
    ran(&browser, "after the written external").await?;
    let order: Vec<String> =
        browser.run("return [...document.body.querySelectorAll('h1, p')].map((element) => element.id || element.localName);").await?;
    assert_eq!(order, ["from-head", "h1", "before", "written", "after", "from-external"]);
    assert_eq!(browser.run::<String>("return document.getElementById('written').textContent;").await?, "Written in two parts");
    assert!(
        browser
            .run::<bool>(
                "return !!document.head.querySelector('meta[name=written]') || !!document.body.querySelector('meta[name=written]');"
            )
            .await?
    );
    browser.quit().await
}

#[tokio::test]
async fn scripts_that_a_released_script_writes_run_once_in_their_order_after_it() -> Result<()> {
    let stage = Stage::new().await?;
    let _dead = stage.host.hold("dead.example");
    let browser = stage.visit("order/").await?;
    browser.accept_all().await?;
    let ran = ran(&browser, "after the written external").await?;
    let written: Vec<_> = ran.iter().filter(|name| name.contains("writ") && *name != "head writer").map(String::as_str).collect();
    assert_eq!(written, ["writer", "written inline", "written external", "after the written external"], "{ran:?}");
    browser.quit().await
}

#[tokio::test]
async fn the_events_that_are_over_are_heard_by_released_scripts_once_and_by_the_page_not_again() -> Result<()> {
    let stage = Stage::new().await?;
    let _dead = stage.host.hold("dead.example");
    let browser = stage.visit("order/").await?;
    let loaded = async || Ok(browser.run::<bool>("return performance.timing.loadEventEnd > 0;").await?.then_some(()));
    until("the page to have loaded", loaded).await?;
    browser.accept_all().await?;
    let expected =
        ["DOMContentLoaded true", "load", "load after an error", "load in a module", "load in an external", "onload", "readystatechange"];
    for name in expected {
        ran(&browser, name).await?;
    }
    let ran = browser.ran().await?;
    for name in expected {
        assert_eq!(ran.iter().filter(|other| *other == name).count(), 1, "{name}: {ran:?}");
    }
    let place = |name: &str| ran.iter().position(|other| other == name);
    assert!(place("inline listener") < place("DOMContentLoaded true"), "{ran:?}");
    assert_eq!(browser.run::<Vec<String>>("return window.own;").await?, ["DOMContentLoaded", "load"]);
    let errors = browser.page_errors().await?;
    assert!(errors.iter().any(|error| error.contains("a listener's own error")), "an error of a listener was swallowed: {errors:?}");
    browser.quit().await
}

#[tokio::test]
async fn events_that_are_still_to_come_are_heard_once_when_the_choice_was_made_before() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.accept_all().await?;
    browser.open(&stage.host.page("order/")).await?;
    for name in ["DOMContentLoaded true", "load", "onload", "load in a module"] {
        let ran = ran(&browser, name).await?;
        assert_eq!(ran.iter().filter(|other| *other == name).count(), 1, "{name}: {ran:?}");
    }
    browser.quit().await
}

#[tokio::test]
async fn sec_06_a_released_script_keeps_its_attributes_and_its_nonce_as_a_property() -> Result<()> {
    let stage = Stage::new().await?;
    let _dead = stage.host.hold("dead.example");
    let browser = stage.visit("order/").await?;
    browser.accept_all().await?;
    ran(&browser, "external").await?;
    let seen: Value = browser.run("return window.seen;").await?;
    assert_eq!((&seen["name"], &seen["id"], &seen["nonce"]), (&json!("external"), &json!("external"), &json!("abc")));
    assert_eq!(
        (&seen["crossOrigin"], &seen["referrerPolicy"], &seen["fetchPriority"]),
        (&json!("anonymous"), &json!("no-referrer"), &json!("low"))
    );
    assert!(seen["integrity"].as_str().unwrap_or_default().starts_with("sha256-"), "{seen}");
    browser.quit().await
}

#[tokio::test]
async fn a_host_that_never_answers_holds_back_its_own_service_and_nobody_else() -> Result<()> {
    let stage = Stage::new().await?;
    let _dead = stage.host.hold("dead.example");
    let browser = stage.visit("order/").await?;
    browser.accept_all().await?;
    for name in ["writer", "external", "inline listener", "module listener", "onload"] {
        ran(&browser, name).await?;
    }
    assert!(!browser.ran().await?.iter().any(|name| name == "after the dead one"), "it ran before what it needs");
    browser.quit().await
}

/// Waits until a script left that name, and gives all names so far.
async fn ran(browser: &Browser, name: &str) -> Result<Vec<String>> {
    until(name, async || Ok(Some(browser.ran().await?).filter(|ran| ran.iter().any(|other| other == name)))).await
}
