//! The usual set-up: a school's web server with Placet behind `/placet/`, or the demo page as
//! `placet serve --demo` shows it.

use serde_json::Value;

use crate::browser::{Browser, Options};
use crate::host::{Host, SCHOOL};
use crate::programs;
use crate::server::{Placet, SiteFile};
use crate::wait::until;

/// The site that all host pages belong to.
pub const SITE: &str = "demo";

/// A web server and a Placet that know each other.
#[derive(Debug)]
pub struct Stage {
    /// The site owner's web server.
    pub host: Host,
    /// Placet.
    pub placet: Placet,
}

impl Stage {
    /// The demo site's policy for the host's pages.
    pub async fn new() -> anyhow::Result<Self> {
        Self::with(Ok).await
    }

    /// The same with an edited site file.
    pub async fn with(edit: impl FnOnce(SiteFile) -> anyhow::Result<SiteFile>) -> anyhow::Result<Self> {
        let host = Host::start().await?;
        let site =
            edit(SiteFile::demo(&[&host.origin(), &host.second_origin(), &format!("http://{SCHOOL}"), &format!("http://deep.{SCHOOL}")])?)?;
        let placet = Placet::builder().site(site).start()?;
        host.proxy_to(placet.address());
        Ok(Self { host, placet })
    }

    /// The demo page, served by Placet itself. The host only stands for the rest of the internet.
    pub async fn demo() -> anyhow::Result<Self> {
        let host = Host::start().await?;
        let placet = Placet::builder().demo(programs::demo()?).start()?;
        Ok(Self { host, placet })
    }

    /// A browser in which `path` of the host is open.
    pub async fn visit(&self, path: &str) -> anyhow::Result<Browser> {
        self.visit_with(path, &Options::default()).await
    }

    /// The same with options.
    pub async fn visit_with(&self, path: &str, options: &Options) -> anyhow::Result<Browser> {
        let browser = Browser::start_with(self.host.port(), options).await?;
        browser.open(&self.host.page(path)).await?;
        Ok(browser)
    }

    /// A browser in which the demo page is open.
    pub async fn visit_demo(&self, query: &str) -> anyhow::Result<Browser> {
        let browser = Browser::start(self.host.port()).await?;
        browser.open(&format!("{}/{query}", self.placet.origin())).await?;
        Ok(browser)
    }

    /// Waits until the log holds `count` records, and gives them.
    pub async fn records(&self, count: usize) -> anyhow::Result<Vec<Value>> {
        until(&format!("{count} records"), async || Ok(Some(self.placet.records(SITE)?).filter(|records| records.len() >= count))).await
    }
}
