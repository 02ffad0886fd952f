//! What must hold of a page whatever happened: nothing kept, nothing asked for, nothing inaccessible.

use anyhow::ensure;
use serde_json::Value;

use crate::browser::Browser;
use crate::programs;

/// The state cookie's name on plain http.
pub const STATE_COOKIE: &str = "placet";
/// The id cookie's name on plain http.
pub const ID_COOKIE: &str = "placet-id";

impl Browser {
    /// Fails when the device keeps anything but the state cookie (and with `state` false, even that).
    pub async fn keeps_nothing_but_state(&self, state: bool) -> anyhow::Result<()> {
        let names: Vec<String> = self.cookies().await?.into_iter().map(|cookie| cookie.name).collect();
        let allowed: &[&str] = if state { &[STATE_COOKIE] } else { &[] };
        ensure!(names == allowed, "cookies are {names:?}, not {allowed:?}");
        let storage = self.storage().await?;
        ensure!(storage.is_empty(), "something is stored: {storage:?}");
        Ok(())
    }

    /// Fails when any request so far went elsewhere than to addresses that begin with one of `allowed`.
    pub async fn asked_only(&self, allowed: &[String]) -> anyhow::Result<()> {
        let requests = self.requests().await?;
        ensure!(!requests.is_empty(), "no request was seen at all");
        let other: Vec<_> = requests.iter().filter(|request| !allowed.iter().any(|start| request.url.starts_with(start))).collect();
        ensure!(other.is_empty(), "requests to others: {other:?}");
        Ok(())
    }

    /// Fails when axe-core finds anything on the page as it is now.
    pub async fn is_accessible(&self, what: &str) -> anyhow::Result<()> {
        let axe = programs::package_file("axe-core/axe.min.js")?;
        self.run::<Value>(&format!("if (!window.axe) {{ {axe} }}; return null;")).await?;
        let found: Vec<Value> = self
            .run_async(
                "const result = await axe.run(document, { resultTypes: ['violations'],
                    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
                return result.violations.map((violation) => ({ id: violation.id, impact: violation.impact,
                    nodes: violation.nodes.slice(0, 3).map((node) => ({ target: node.target, why: node.failureSummary })) }));",
            )
            .await?;
        ensure!(found.is_empty(), "axe on {what}: {}", serde_json::to_string_pretty(&found)?);
        Ok(())
    }

    /// Fails when a page threw or logged an error.
    pub async fn no_page_errors(&self) -> anyhow::Result<()> {
        self.no_page_errors_but(&[]).await
    }

    /// The same, but for errors that name one of these.
    pub async fn no_page_errors_but(&self, expected: &[&str]) -> anyhow::Result<()> {
        let mut errors = self.page_errors().await?;
        errors.retain(|error| !expected.iter().any(|part| error.contains(part)));
        ensure!(errors.is_empty(), "errors in the page: {errors:?}");
        Ok(())
    }
}
