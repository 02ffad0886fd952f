//! Other consent tools' tags, as they stand: nothing runs before the choice, the right ones run after
//! it, in order, once. What an older tool remembers is never taken for consent (CON-15).

use std::time::Duration;

use anyhow::Result;
use e2e::browser::Browser;
use e2e::stage::Stage;
use e2e::wait::{never, until};

/// What every page of these runs when all is granted, in this order. Each page also has a script that
/// waits for what the site file does not say, which never runs.
const ALL: [&str; 3] = ["analytics external", "analytics inline", "media inline"];

macro_rules! understood {
    ($($tool:ident, $page:literal, $tags:literal, $frame:literal;)*) => {
        $(#[tokio::test]
        async fn $tool() -> Result<()> {
            understood($page, $tags, $frame).await
        })*
    };
}

mod the_tags_of {
    use super::*;

    understood! {
        vanilla_cookieconsent_3, "vanilla-cookieconsent",
            r#"vanilla-cookieconsent = { stats = "analytics", Counter = "plausible", embeds = "media" }"#, false;
        vanilla_cookieconsent_2, "vanilla-cookieconsent-2", r#"vanilla-cookieconsent = { stats = "analytics", embeds = ["media"] }"#, false;
        pressidium, "vanilla-cookieconsent-2", r#"pressidium = { stats = "analytics", embeds = "media" }"#, false;
        klaro, "klaro", r#"klaro = { counter = "plausible", videos = "lesson-videos" }"#, true;
        orejime_3, "orejime", r#"orejime = { counter = "plausible", videos = "lesson-videos" }"#, true;
        orejime_2, "orejime-2", r#"orejime = { counter = "plausible", videos = "lesson-videos" }"#, true;
        osano, "osano", r#"osano = { ANALYTICS = "analytics", MARKETING = "media" }"#, false;
        cookiebot, "cookiebot", r#"cookiebot = { statistics = "analytics", marketing = "media", preferences = "needed" }"#, true;
        onetrust, "onetrust", r#"onetrust = { C0002 = "analytics", C0003 = ["plausible", "snowplow"], C0004 = "media" }"#, true;
        didomi, "didomi",
            r#"didomi = { audience = "analytics", functional = "needed", "c:counter-abc" = "plausible", "c:videos-xyz" = "lesson-videos" }"#, false;
        usercentrics, "usercentrics", r#"usercentrics = { "Visit Counter" = "plausible", "Lesson Videos" = "lesson-videos" }"#, true;
        complianz, "complianz",
            r#"complianz = { statistics = "analytics", marketing = "media", counter = "plausible", videos = "lesson-videos" }"#, true;
        c15t, "c15t", r#"c15t = { measurement = "analytics", marketing = "media" }"#, true;
        cookieyes, "cookieyes", r#"cookieyes = { analytics = "analytics", advertisement = "media" }"#, false;
        iubenda, "iubenda", r#"iubenda = { 3 = "needed", 4 = "analytics", 5 = "media" }"#, true;
        probo, "probo", r#"probo = { stats = "analytics", embeds = "media" }"#, true;
    }
}

/// One browser through a page: asked, then one purpose, then all, then the next page.
async fn understood(page: &str, tags: &str, frame: bool) -> Result<()> {
    let stage = tagged(tags).await?;
    let path = format!("tags/{page}/");
    let browser = stage.visit(&path).await?;
    browser.asked().await?;
    stays(&browser, &[]).await?;
    assert!(stage.host.requests_of("videos.example").is_empty());

    // The page's own buttons of that tool open the preferences, and grant nothing.
    let buttons = browser.driver().find_all(thirtyfour::By::Css("body button, body a")).await?;
    for button in buttons.iter().rev() {
        button.click().await?;
        browser.placet_shows("[data-placet-preferences] [data-placet-action='save']").await?;
        assert_eq!(browser.placet_state().await?["chosen"], false);
        browser.act("close").await?;
    }
    browser.choose().await?;
    browser.switch("media", true).await?;
    browser.save().await?;
    browser.ran_at_least(1).await?;
    stays(&browser, &["media inline"]).await?;

    browser.act("choose").await?;
    browser.act("accept-all").await?;
    browser.ran_at_least(3).await?;
    stays(&browser, &["media inline", "analytics external", "analytics inline"]).await?;
    if frame {
        until("the embed's request", async || Ok(stage.host.requests_of("videos.example /lesson").pop())).await?;
        assert_eq!(stage.host.requests_of("videos.example /lesson").len(), 1);
    }

    browser.open(&stage.host.page(&path)).await?;
    browser.ran_at_least(3).await?;
    stays(&browser, &ALL).await?;
    browser.no_page_errors().await?;
    browser.quit().await
}

#[tokio::test]
async fn tarteaucitrons_services_run_when_they_are_allowed_and_its_players_become_embeds() -> Result<()> {
    let stage =
        tagged(r#"tarteaucitron = { counter = "plausible", player = "lesson-videos", youtube = "media", iframe = "lesson-videos" }"#)
            .await?;
    let browser = stage.visit("tags/tarteaucitron/").await?;
    browser.asked().await?;
    stays(&browser, &[]).await?;
    assert!(stage.host.requests_of("videos.example").is_empty());
    browser.driver().find(thirtyfour::By::Css("body a")).await?.click().await?;
    browser.placet_shows("[data-placet-preferences] [data-placet-action='save']").await?;
    browser.switch("media", true).await?;
    browser.save().await?;
    browser.ran_at_least(1).await?;
    stays(&browser, &["media inline"]).await?;
    until("the embed's request", async || Ok(stage.host.requests_of("videos.example /lesson").pop())).await?;
    let player: String = browser.run("return document.querySelector('.youtube_player iframe').getAttribute('src');").await?;
    assert_eq!(player, "https://www.youtube-nocookie.com/embed/a%20lesson?rel=0&controls=1");
    browser.act("choose").await?;
    browser.act("accept-all").await?;
    browser.ran_at_least(3).await?;
    stays(&browser, &["media inline", "analytics external", "analytics inline"]).await?;
    browser.act("withdraw").await?;
    until("the player to be emptied", async || {
        Ok(browser.run::<bool>("return !document.querySelector('.youtube_player iframe').hasAttribute('src');").await?.then_some(()))
    })
    .await?;
    browser.quit().await
}

#[tokio::test]
async fn klaros_placeholders_give_way_its_links_are_styled_and_what_only_shares_its_attribute_is_left_alone() -> Result<()> {
    let stage = tagged(r#"klaro = { videos = "lesson-videos" }"#).await?;
    let browser = stage.visit("tags/klaro/").await?;
    browser.asked().await?;
    let look = "return [document.getElementById('placeholder').hidden, getComputedStyle(document.querySelector('h1')).color,
        document.getElementById('data').type];";
    let before: (bool, String, String) = browser.run(look).await?;
    assert_eq!(before, (false, "rgb(0, 0, 0)".to_owned(), "application/json".to_owned()));
    browser.accept_all().await?;
    until("the style sheet", async || {
        let now: (bool, String, String) = browser.run(look).await?;
        Ok((now == (true, "rgb(1, 2, 3)".to_owned(), "application/json".to_owned())).then_some(()))
    })
    .await?;
    browser.quit().await
}

#[tokio::test]
async fn what_a_tool_does_not_hold_is_not_held_here() -> Result<()> {
    for (page, tags) in [("osano", "osano = true"), ("cookiebot", r#"cookiebot = { statistics = "analytics" }"#), ("klaro", "klaro = true")]
    {
        let stage = tagged(tags).await?;
        let browser = stage.visit(&format!("tags/{page}/")).await?;
        browser.asked().await?;
        assert!(browser.run::<bool>("return window.essential === true;").await?, "{page}");
        stays(&browser, &[]).await?;
        browser.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_name_that_the_site_file_does_not_say_is_named_once_in_the_console_for_the_owner() -> Result<()> {
    let stage = tagged(r#"cookiebot = { statistics = "analytics", marketing = "media", preferences = "needed" }"#).await?;
    let browser = stage.visit("plain/").await?;
    let listen = "window.said = []; console.info = (...words) => said.push(words.join(' '));";
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({ "source": listen })).await?;
    browser.open(&stage.host.page("tags/cookiebot/")).await?;
    browser.accept_all().await?;
    browser.ran_at_least(3).await?;
    assert_eq!(browser.run::<Vec<String>>("return said;").await?, ["placet: not in [tags]: nonsense"]);
    browser.quit().await
}

#[tokio::test]
async fn con_15_what_an_older_tool_remembers_is_asked_again_and_starts_nothing() -> Result<()> {
    let tags = r#"vanilla-cookieconsent = { stats = "analytics", embeds = "media" }
klaro = { counter = "plausible", videos = "lesson-videos" }
orejime = { counter = "plausible", videos = "lesson-videos" }
tarteaucitron = { counter = "plausible", player = "lesson-videos" }
cookiebot = true
onetrust = true
didomi = { audience = "analytics" }
usercentrics = { "Visit Counter" = "plausible" }
c15t = true"#;
    let stage = tagged(tags).await?;
    let browser = stage.visit("long/").await?;
    let all = "%7B%22counter%22%3Atrue%2C%22videos%22%3Atrue%7D";
    for (page, name, value) in [
        (
            "vanilla-cookieconsent",
            "cc_cookie",
            "%7B%22categories%22%3A%5B%22necessary%22%2C%22stats%22%2C%22embeds%22%5D%2C%22revision%22%3A0%7D",
        ),
        ("klaro", "klaro", all),
        ("orejime", "eu-consent", all),
        ("orejime-2", "orejime", all),
        ("tarteaucitron", "tarteaucitron", "!counter=true!player=true"),
        ("cookiebot", "CookieConsent", "{stamp:%27x%27%2Cnecessary:true%2Cpreferences:true%2Cstatistics:true%2Cmarketing:true%2Cver:1}"),
        ("onetrust", "OptanonConsent", "groups=C0001%3A1%2CC0002%3A1%2CC0003%3A1%2CC0004%3A1"),
        ("didomi", "didomi_token", "eyJwdXJwb3NlcyI6eyJlbmFibGVkIjpbImF1ZGllbmNlIl19fQ=="),
        ("usercentrics", "uc_user_interaction", "true"),
        ("c15t", "c15t", "c.necessary:1,c.measurement:1,c.marketing:1"),
    ] {
        browser.set_cookie(name, value).await?;
        browser.open(&stage.host.page(&format!("tags/{page}/"))).await?;
        browser.asked().await?;
        stays(&browser, &[]).await?;
        assert_eq!(browser.placet_state().await?["chosen"], false, "{page}");
    }
    assert!(stage.host.requests_of("videos.example").is_empty());
    browser.quit().await
}

/// The demo site with these lines under `[tags]`.
async fn tagged(tags: &str) -> Result<Stage> {
    Stage::with(|site| site.replacing("[controller]\n", &format!("[tags]\n{tags}\n\n[controller]\n"))).await
}

/// For a while, exactly these have run.
async fn stays(browser: &Browser, ran: &[&str]) -> Result<()> {
    never("another script", Duration::from_millis(400), async || Ok(Some(browser.ran().await?).filter(|now| now != ran))).await
}
