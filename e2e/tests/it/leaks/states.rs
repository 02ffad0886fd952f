//! One package taken through every state of consent, and what was seen in each.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::Result;
use e2e::browser::{Browser, Options};
use e2e::checks::{ID_COOKIE, STATE_COOKIE};
use e2e::stage::Stage;
use e2e::wait::{never, until};
use serde_json::{Value, json};

use super::package::Package;

const SITE: &str = "e2e/sites/leaks/site.toml";
const WATCH: &str = include_str!("watch.js");
const OLD: &str = "from-an-earlier-visit";
/// What a visitor and a page do that trackers wait for.
const BUSY: &str = "
    scrollTo(0, document.documentElement.scrollHeight);
    document.querySelector('button').click();
    history.pushState({}, '', '?at=' + performance.now());
    dispatchEvent(new Event('focus'));
    try { later(); } catch (error) { return String(error); }
    return null;";
/// Within so much after a withdrawal all must be still.
const SECOND: Duration = Duration::from_secs(1);

/// What was seen in one state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// Requests to third parties, as method, host and path.
    pub(super) requests: Vec<String>,
    /// What the device keeps beside Placet's cookies and what was there before, as `kind name`.
    pub(super) stored: BTreeSet<String>,
    /// Times that anything but Placet turned to the device's storage, with where it stood.
    pub(super) reads: Vec<String>,
}

/// What was seen in every state, in the order of the table's columns.
#[derive(Debug)]
pub(super) struct States {
    pub(super) before: Seen,
    pub(super) refused: Seen,
    pub(super) refused_reloaded: Seen,
    pub(super) granted: Seen,
    pub(super) withdrawn: Seen,
    pub(super) withdrawn_reloaded: Seen,
    /// What is left of the cookie that was there before a refusal.
    pub(super) old: Option<String>,
}

pub(super) async fn measure(package: Package) -> Result<States> {
    let stage = Stage::of(SITE, Ok).await?;
    let visit = Visit { stage: &stage, browser: opened(&stage, package, true).await?, package };
    let before = visit.seen(Duration::from_millis(1500)).await?;
    visit.browser.reject_all().await?;
    stage.records(1).await?;
    let refused = visit.seen(Duration::from_millis(1500)).await?;
    visit.reload().await?;
    let refused_reloaded = visit.seen(Duration::from_millis(1500)).await?;
    let old = visit.browser.cookie(package.old).await?;
    visit.browser.quit().await?;

    let visit = Visit { stage: &stage, browser: opened(&stage, package, false).await?, package };
    visit.browser.accept_all().await?;
    let granted = visit.grows().await?;
    visit.browser.act("withdraw").await?;
    let clicked = Instant::now();
    until("a second to pass", async || Ok((clicked.elapsed() > SECOND).then_some(()))).await?;
    stage.host.forget();
    let withdrawn = visit.seen(3 * SECOND).await?;
    visit.reload().await?;
    let withdrawn_reloaded = visit.seen(Duration::from_millis(1500)).await?;
    visit.browser.quit().await?;
    Ok(States { before, refused, refused_reloaded, granted, withdrawn, withdrawn_reloaded, old })
}

async fn opened(stage: &Stage, package: Package, old: bool) -> Result<Browser> {
    stage.host.forget();
    let browser = Browser::start_with(stage.host.port(), &Options::default()).await?;
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
    if old {
        let cookie = json!({ "name": package.old, "value": OLD, "url": stage.host.origin() });
        browser.devtools("Network.setCookie", cookie).await?;
    }
    browser.open(&stage.host.page(&format!("leaks/{}/", package.id))).await?;
    browser.asked().await?;
    Ok(browser)
}

struct Visit<'a> {
    stage: &'a Stage,
    browser: Browser,
    package: Package,
}

impl Visit<'_> {
    /// Keeps the page busy for a while; then what was seen since the last reload or forgetting.
    async fn seen(&self, span: Duration) -> Result<Seen> {
        never::<()>("anything", span, async || {
            self.browser.run::<Value>(BUSY).await?;
            Ok(None)
        })
        .await?;
        let reads = self.browser.run("return deviceReads;").await?;
        let requests = self.stage.host.requests_of_others().iter().map(e2e::host::Request::line).collect();
        Ok(Seen { requests, stored: self.stored().await?, reads })
    }

    /// Waits until the package sends, and sends again when the page goes on; then what was seen.
    async fn grows(&self) -> Result<Seen> {
        let sent = || self.stage.host.requests_of_others().iter().filter(|request| !request.path.starts_with("/packages/")).count();
        let mut stored = BTreeSet::new();
        for least in [1, 3] {
            until(&format!("{} to send {least} requests", self.package.id), async || {
                self.browser.run::<Value>(BUSY).await?;
                stored.append(&mut self.stored().await?);
                Ok((sent() >= least).then_some(()))
            })
            .await?;
        }
        Ok(Seen { stored, ..self.seen(Duration::from_millis(500)).await? })
    }

    async fn reload(&self) -> Result<()> {
        self.stage.host.forget();
        self.browser.reload().await?;
        self.browser.chosen().await
    }

    async fn stored(&self) -> Result<BTreeSet<String>> {
        let cookies = self.browser.cookies().await?.into_iter().map(|cookie| cookie.name);
        let mut stored: BTreeSet<String> = cookies
            .filter(|name| ![STATE_COOKIE, ID_COOKIE].contains(&name.as_str()) && name != self.package.old)
            .map(|name| format!("cookie {name}"))
            .collect();
        let storage = self.browser.storage().await?;
        let kinds = [
            ("local_storage", storage.local),
            ("session_storage", storage.session),
            ("indexed_db", storage.databases),
            ("cache", storage.caches),
            ("worker", storage.workers),
        ];
        stored.extend(kinds.into_iter().flat_map(|(kind, names)| names.into_iter().map(move |name| format!("{kind} {name}"))));
        Ok(stored)
    }
}
