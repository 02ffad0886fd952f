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
    /// Whether what was there before the refusal is still as it was, cookie and `localStorage`.
    pub(super) old_untouched: bool,
}

pub(super) async fn measure(package: Package) -> Result<States> {
    let stage = Stage::of(SITE, Ok).await?;
    let visit = Visit { stage: &stage, browser: opened(&stage, package, true).await?, package, old: true };
    let before = visit.seen(SECOND).await?;
    visit.browser.reject_all().await?;
    stage.records(1).await?;
    let refused = visit.seen(SECOND).await?;
    visit.reload().await?;
    let refused_reloaded = visit.seen(SECOND).await?;
    let old_untouched = visit.old_is_untouched().await?;
    visit.browser.quit().await?;

    let visit = Visit { stage: &stage, browser: opened(&stage, package, false).await?, package, old: false };
    visit.browser.accept_all().await?;
    let granted = visit.grows().await?;
    visit.browser.act("withdraw").await?;
    let clicked = Instant::now();
    until("a second to pass", async || Ok((clicked.elapsed() > SECOND).then_some(()))).await?;
    visit.forget().await?;
    let withdrawn = visit.seen(2 * SECOND).await?;
    visit.reload().await?;
    let withdrawn_reloaded = visit.seen(SECOND).await?;
    visit.browser.quit().await?;
    Ok(States { before, refused, refused_reloaded, granted, withdrawn, withdrawn_reloaded, old_untouched })
}

/// A browser on the package's page. Where `old` says so, the package has been there before.
async fn opened(stage: &Stage, package: Package, old: bool) -> Result<Browser> {
    stage.host.forget();
    let browser = Browser::start_with(stage.host.port(), &Options::default()).await?;
    if old {
        browser.open(&stage.host.page("third-party/mark.js")).await?;
        browser.set_cookie(package.old, OLD).await?;
        browser.run_with::<Value>("localStorage[arguments[0]] = arguments[1]; return null;", vec![package.old.into(), OLD.into()]).await?;
    }
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
    browser.forget_requests().await?;
    browser.open(&stage.host.page(&format!("leaks/{}/", package.id))).await?;
    browser.asked().await?;
    Ok(browser)
}

struct Visit<'a> {
    stage: &'a Stage,
    browser: Browser,
    package: Package,
    old: bool,
}

impl Visit<'_> {
    /// Keeps the page busy for a while; then what was seen since the last reload or forgetting.
    async fn seen(&self, span: Duration) -> Result<Seen> {
        let mut turn = 0;
        never::<()>("anything", span, async || {
            turn += 1;
            if turn % 8 == 1 {
                self.browser.run::<Value>(BUSY).await?;
            }
            Ok(None)
        })
        .await?;
        let reads = self.browser.run("return deviceReads;").await?;
        Ok(Seen { requests: self.requests().await?, stored: self.stored().await?, reads })
    }

    /// What collectors heard, and what the page asked of anybody else, which the browser's log says: real hosts are
    /// asked by https, which no test server answers.
    async fn requests(&self) -> Result<Vec<String>> {
        let heard = self.stage.host.requests_of_others();
        let mut requests: Vec<String> =
            heard.iter().filter(|request| request.host.ends_with(".example")).map(e2e::host::Request::line).collect();
        let others = self.browser.requests().await?.into_iter().filter(|request| !request.url.starts_with("http://"));
        requests.extend(others.map(|request| format!("{} {}", request.method, request.url)));
        Ok(requests)
    }

    /// Waits until the package sends, and sends again when the page goes on; then what was seen.
    async fn grows(&self) -> Result<Seen> {
        let mut stored = BTreeSet::new();
        for least in [1, self.package.goes_on_to] {
            until(&format!("{} to send {least} requests", self.package.id), async || {
                self.browser.run::<Value>(BUSY).await?;
                stored.append(&mut self.stored().await?);
                let sent = self.requests().await?.iter().filter(|request| !request.contains("/packages/")).count();
                Ok((sent >= least).then_some(()))
            })
            .await?;
        }
        Ok(Seen { stored, ..self.seen(Duration::from_millis(500)).await? })
    }

    async fn forget(&self) -> Result<()> {
        self.stage.host.forget();
        self.browser.forget_requests().await
    }

    async fn old_is_untouched(&self) -> Result<bool> {
        let local = self.browser.local(self.package.old).await?;
        let cookie = self.browser.cookie(self.package.old).await?;
        Ok([local, cookie].iter().all(|kept| kept.as_deref() == Some(OLD)))
    }

    async fn reload(&self) -> Result<()> {
        self.forget().await?;
        self.browser.reload().await?;
        self.browser.chosen().await
    }

    async fn stored(&self) -> Result<BTreeSet<String>> {
        let cookies = self.browser.cookies().await?.into_iter().map(|cookie| cookie.name);
        let mut stored: BTreeSet<String> =
            cookies.filter(|name| ![STATE_COOKIE, ID_COOKIE].contains(&name.as_str())).map(|name| format!("cookie {name}")).collect();
        let storage = self.browser.storage().await?;
        let kinds = [
            ("local_storage", storage.local),
            ("session_storage", storage.session),
            ("indexed_db", storage.databases),
            ("cache", storage.caches),
            ("worker", storage.workers),
        ];
        stored.extend(kinds.into_iter().flat_map(|(kind, names)| names.into_iter().map(move |name| format!("{kind} {name}"))));
        stored.retain(|name| !self.old || name.split_once(' ').is_none_or(|(_, name)| name != self.package.old));
        Ok(stored)
    }
}
