//! The harness, tested by itself: what it claims to see, it sees.

use std::time::Duration;

use anyhow::Result;
use e2e::browser::{Browser, Options};
use e2e::host::Host;
use e2e::server::{Placet, SiteFile, StartError};
use e2e::wait::{never, until};
use serde_json::json;

#[tokio::test]
async fn the_browser_sees_every_request_cookie_and_key_of_a_page_that_tracks() -> Result<()> {
    let host = Host::start().await?;
    let browser = Browser::start(host.port()).await?;
    browser.open(&host.page("tracking/")).await?;
    until("the page to have tracked", async || Ok(browser.run::<bool>("return window.tracked ?? false;").await?.then_some(()))).await?;

    let urls: Vec<String> = browser.requests().await?.into_iter().map(|request| request.url).collect();
    for part in ["/collect/fetch", "/collect/beacon", "http://tracker.example/pixel.gif", "http://other.example/frame"] {
        assert!(urls.iter().any(|url| url.contains(part)), "{part} is not among {urls:?}");
        let path = part.trim_start_matches("http:/").trim_start_matches('/').replace(".example/", ".example /");
        assert_eq!(host.requests_of(&path).len(), 1, "the host saw {path}: {:?}", host.requests_of("GET"));
    }
    assert_eq!(host.requests_of("/collect/fetch").first().map(e2e::host::Request::json), Some(json!({ "seen": true })));

    let cookies = browser.cookies().await?;
    assert_eq!(cookies.iter().map(|cookie| cookie.name.as_str()).collect::<Vec<_>>(), ["hidden", "script"]);
    assert!(cookies[0].http_only && !cookies[1].http_only);
    let storage = browser.storage().await?;
    assert_eq!((storage.local, storage.session), (vec!["local".to_owned()], vec!["session".to_owned()]));
    assert_eq!((storage.databases, storage.caches), (vec!["database".to_owned()], vec!["cache".to_owned()]));
    assert!(browser.keeps_nothing_but_state(true).await.is_err());
    assert!(browser.asked_only(&[host.origin()]).await.is_err());
    browser.quit().await
}

#[tokio::test]
async fn a_request_that_the_browser_blocks_is_seen_although_nobody_receives_it() -> Result<()> {
    let host = Host::start().await?;
    let browser = Browser::start(host.port()).await?;
    browser.devtools("Network.setBlockedURLs", json!({ "urls": ["*://tracker.example/*"] })).await?;
    browser.open(&host.page("tracking/")).await?;
    let asked = async || Ok(browser.requests().await?.into_iter().find(|request| request.url.contains("tracker.example")));
    until("the blocked request", asked).await?;
    assert!(host.requests_of("tracker.example").is_empty());
    browser.quit().await
}

#[tokio::test]
async fn the_accessibility_check_finds_what_is_inaccessible_in_a_shadow_root() -> Result<()> {
    let host = Host::start().await?;
    let browser = Browser::start(host.port()).await?;
    browser.open(&host.page("plain/")).await?;
    browser.is_accessible("a plain page").await?;
    browser
        .run::<serde_json::Value>(
            "const root = document.querySelector('main').appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
            root.innerHTML = '<button></button>'; return null;",
        )
        .await?;
    let found = browser.is_accessible("a nameless button").await.unwrap_err().to_string();
    assert!(found.contains("button-name"), "{found}");
    browser.quit().await
}

#[tokio::test]
async fn the_host_holds_and_fails_what_it_is_told_to_and_nothing_else() -> Result<()> {
    let host = Host::start().await?;
    let client = reqwest_client()?;
    let held = host.hold("GET 127.0.0.1");
    let asked = tokio::spawn(client.get(host.page("plain/")).send());
    until("the request to arrive", async || Ok(host.requests().pop())).await?;
    never("an answer to a held request", Duration::from_millis(100), async || Ok(asked.is_finished().then_some(()))).await?;
    held.release();
    assert_eq!(asked.await??.status(), 200);
    host.fail("/plain/", 418);
    assert_eq!(client.get(host.page("plain/")).send().await?.status(), 418);
    assert_eq!(client.get(host.page("tracking/")).send().await?.status(), 200);
    host.heal();
    assert_eq!(client.get(host.page("plain/")).send().await?.status(), 200);
    assert_eq!(client.get(host.page("plain/../../Cargo.toml")).send().await?.status(), 404);
    Ok(())
}

#[tokio::test]
async fn forbidden_storage_really_is_forbidden() -> Result<()> {
    let host = Host::start().await?;
    let browser = Browser::start_with(host.port(), &Options { storage_forbidden: true, ..Options::default() }).await?;
    browser.open(&host.page("plain/")).await?;
    let thrown: String = browser.run("try { localStorage.length; return 'nothing'; } catch (error) { return error.name; }").await?;
    assert_eq!(thrown, "SecurityError");
    browser.run::<serde_json::Value>("document.cookie = 'a=b'; return null;").await?;
    assert!(browser.cookies().await?.is_empty());
    browser.quit().await
}

#[test]
fn a_server_that_cannot_start_says_why_with_its_log() -> Result<()> {
    let site = SiteFile::demo(&["http://school.example"])?.replacing("languages", "langages")?;
    let error = Placet::builder().site(site).start().unwrap_err();
    let Some(StartError::Ended { log }) = error.downcast_ref::<StartError>() else { panic!("{error:#}") };
    assert!(log.contains("langages"), "{log}");
    Ok(())
}

#[test]
fn a_server_keeps_its_port_over_a_kill_and_a_restart_and_its_log_is_clean() -> Result<()> {
    let mut placet = Placet::builder().site(SiteFile::demo(&["http://school.example"])?).start()?;
    let address = placet.address();
    placet.kill();
    assert_eq!(placet.pid(), None);
    placet.start()?;
    assert_eq!(placet.address(), address);
    placet.stop()?;
    placet.assert_log_clean()
}

fn reqwest_client() -> Result<reqwest::Client> {
    Ok(reqwest::Client::builder().no_proxy().build()?)
}
