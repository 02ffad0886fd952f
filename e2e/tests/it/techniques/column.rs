//! One column of the table: a way to hold what a page asks, and a browser in which each technique is
//! tried under it. A further way is one more `Way` with its words and its stage.

use std::time::Duration;

use anyhow::Result;
use e2e::browser::{Browser, Options};
use e2e::stage::Stage;
use e2e::wait::{never, until};
use serde_json::json;
use tempfile::TempDir;

use super::technique::Technique;

const SITE: &str = "e2e/sites/techniques/site.toml";
const TAG: &str = "<script src=\"/placet/s/demo.js\"></script>";
/// How long a page is given to ask.
const SPAN: Duration = Duration::from_millis(700);
/// How late the loader arrives: long enough for the browser to look ahead in the page and fetch what it finds.
const LATE: Duration = Duration::from_millis(200);

/// A way to hold what a page asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// Not at all: no Placet on the page.
    Without,
    /// Not marked; the site file names the service's hosts.
    Loader,
    /// Marked as the documentation says; no host is named.
    Marked,
}

/// What a technique did before the choice and after Accept all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It asked at once.
    Asked,
    /// It asked after the grant only.
    HeldThenAsked,
    /// It never asked on this page.
    Held,
}

impl Way {
    pub(super) const ALL: [Self; 3] = [Self::Loader, Self::Marked, Self::Without];

    /// The column's head.
    pub(super) fn head(self) -> &'static str {
        match self {
            Self::Without => "without Placet",
            Self::Loader => "not marked, hosts listed",
            Self::Marked => "marked",
        }
    }

    async fn stage(self) -> Result<Stage> {
        match self {
            Self::Without | Self::Loader => Stage::of(SITE, Ok).await,
            Self::Marked => Stage::of(SITE, |site| site.replacing("urls = [\"tracker.example\"]\n", "")).await,
        }
    }

    fn page(self, technique: &Technique) -> String {
        technique.page(if self == Self::Without { "" } else { TAG }, self == Self::Marked)
    }
}

impl Outcome {
    /// The cell's word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Asked => "**not held**",
            Self::HeldThenAsked => "held",
            Self::Held => "held, not repeated",
        }
    }
}

/// A way with a web server, a Placet and a browser.
#[derive(Debug)]
pub(super) struct Column {
    way: Way,
    stage: Stage,
    browser: Browser,
    log: TempDir,
}

impl Column {
    pub(super) async fn start(way: Way) -> Result<Self> {
        let log = TempDir::with_prefix("placet-net-log-")?;
        let stage = way.stage().await?;
        let options = Options { hurried: true, net_log: Some(log.path().join("log.json")), ..Options::default() };
        let browser = Browser::start_with(stage.host.port(), &options).await?;
        browser.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await?;
        Ok(Self { way, stage, browser, log })
    }

    pub(super) async fn end(self) -> Result<()> {
        self.browser.quit().await
    }

    /// A visitor who was never here before opens the technique's page, waits, and then accepts all.
    pub(super) async fn measure(&self, technique: &Technique) -> Result<Outcome> {
        let Self { way, stage, browser, .. } = self;
        self.be_new().await?;
        let path = format!("techniques/{}.html", technique.slug());
        stage.host.add_page(&path, &way.page(technique));
        stage.host.forget();
        let late = stage.host.hold("/placet/s/demo.js");
        browser.open(&stage.host.page(&path)).await?;
        if *way != Way::Without {
            until("the loader to be asked for", async || Ok(stage.host.requests_of("/placet/s/demo.js").pop())).await?;
            self.quiet(LATE).await?;
        }
        late.release();
        // `load` may wait for what never ends; the page stands once it is parsed.
        until("the page to stand", async || {
            let there = "return location.pathname === arguments[0] && document.readyState !== 'loading';";
            Ok(browser.run_with::<bool>(there, vec![format!("/{path}").into()]).await?.then_some(()))
        })
        .await?;
        if *way != Way::Without {
            // Nothing was chosen: what is asked now is asked without consent.
            browser.asked().await?;
        }
        self.quiet(SPAN).await?;
        if self.asked(technique).await? {
            return Ok(Outcome::Asked);
        }
        if *way == Way::Without {
            return Ok(Outcome::Held);
        }
        browser.accept_all().await?;
        // Its answer sets a cookie: the next visitor must not get it.
        let answered = async || Ok(stage.host.consents().into_iter().find(|consent| consent.status.is_some()));
        until("the choice to be answered", answered).await?;
        let mut patience = 8;
        while patience > 0 && !self.asked(technique).await? {
            self.quiet(SPAN / 4).await?;
            patience -= 1;
        }
        Ok(if self.asked(technique).await? { Outcome::HeldThenAsked } else { Outcome::Held })
    }

    /// A browser that keeps nothing.
    async fn be_new(&self) -> Result<()> {
        self.browser.open("about:blank").await?;
        self.quiet(LATE / 4).await?;
        let all = json!({ "origin": self.stage.host.origin(), "storageTypes": "all" });
        self.browser.devtools("Storage.clearDataForOrigin", all).await?;
        self.browser.devtools("Storage.clearCookies", json!({})).await?;
        Ok(())
    }

    async fn quiet(&self, span: Duration) -> Result<()> {
        never::<()>("anything", span, async || Ok(None)).await
    }

    /// Whether the technique's third party was asked; of those that only connect, whether the browser's network log names it.
    async fn asked(&self, technique: &Technique) -> Result<bool> {
        let host = technique.host();
        if technique.connects {
            // The log is written in batches: some more to write brings what there was.
            let more = "for (let n = 0; n < 9; n++) await fetch('/techniques/worker.js');";
            self.browser.run_async::<serde_json::Value>(more).await?;
            let log = std::fs::read(self.log.path().join("log.json"))?;
            return Ok(String::from_utf8_lossy(&log).contains(&host));
        }
        Ok(self.stage.host.requests_of_others().iter().any(|request| request.host == host))
    }
}
