//! What a visitor pays who has chosen: the loader, from cache where it may be.

use anyhow::Result;
use e2e::browser::Browser;
use e2e::checks::STATE_COOKIE;
use e2e::host::Request;
use e2e::stage::Stage;

#[tokio::test]
async fn a_returning_visitor_asks_placet_once_for_the_loader_and_with_a_warm_cache_not_at_all() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("plain/").await?;
    let day: u64 = browser.run("return Math.floor(Date.now() / 864e5);").await?;
    browser.set_cookie(STATE_COOKIE, &format!("1.1.{day}.3")).await?;
    stage.host.forget();
    open_and_idle(&browser, &stage.host.page("long/")).await?;
    assert_eq!(browser.ran().await?, ["analytics", "media"]);
    assert_eq!(lines(&stage.host.requests_of("/placet/")), ["/placet/s/demo.js"]);

    stage.host.forget();
    open_and_idle(&browser, &stage.host.page("plain-with-tag/")).await?;
    browser.placet_shows("[data-placet-view='control'] [data-placet-action='choose']").await?;
    assert_eq!(lines(&stage.host.requests_of("/placet/")), [""; 0]);
    browser.quit().await
}

#[tokio::test]
async fn the_loader_says_how_long_it_may_be_kept_and_answers_304_when_it_has_not_changed() -> Result<()> {
    let stage = Stage::new().await?;
    let client = reqwest::Client::new();
    for language in ["", "?language=cy"] {
        let url = stage.host.page(&format!("placet/s/demo.js{language}"));
        let first = client.get(&url).send().await?;
        assert_eq!(first.headers()["cache-control"], "public, max-age=300");
        let tag = first.headers()["etag"].clone();
        assert!(!first.bytes().await?.is_empty());
        let again = client.get(&url).header("if-none-match", &tag).send().await?;
        assert_eq!((again.status().as_u16(), again.headers().get("etag")), (304, Some(&tag)));
        assert!(again.bytes().await?.is_empty());
        let other = client.get(&url).header("if-none-match", "\"other\"").send().await?;
        assert_eq!(other.status(), 200);
    }
    Ok(())
}

#[tokio::test]
async fn the_banners_files_come_once_compressed_and_stay_for_ever_under_their_hashed_names() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    browser.banner_is_there().await?;
    let files = stage.host.requests_of("/placet/a/");
    assert_eq!(files.len(), 2, "{:?}", lines(&files));
    stage.host.forget();
    browser.open(&stage.host.page("long/?second-visit")).await?;
    browser.asked().await?;
    browser.banner_is_there().await?;
    assert_eq!(lines(&stage.host.requests_of("/placet/a/")), [""; 0]);
    for file in files {
        let answer = reqwest::Client::new()
            .get(stage.host.page(file.path.trim_start_matches('/')))
            .header("accept-encoding", "br, gzip")
            .send()
            .await?;
        assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable", "{}", file.path);
        assert_eq!(answer.headers()["content-encoding"], "br", "{}", file.path);
    }
    browser.quit().await
}

/// Opens a page and waits until it is idle, so that a late request would have been made.
async fn open_and_idle(browser: &Browser, url: &str) -> Result<()> {
    browser.open(url).await?;
    browser.chosen().await?;
    browser
        .run_async::<()>("await new Promise((done) => requestIdleCallback(done)); await new Promise((done) => setTimeout(done, 400));")
        .await
}

fn lines(requests: &[Request]) -> Vec<&str> {
    requests.iter().map(|request| request.path.as_str()).collect()
}
