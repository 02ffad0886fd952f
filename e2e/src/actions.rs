//! What a visitor does with Placet on a page: looks, clicks, switches, saves. Clicks are trusted ones.
//! Knows Placet only by its public hooks, `data-placet-*`.

use serde_json::{Value, json};
use thirtyfour::WebElement;

use crate::browser::Browser;
use crate::wait::until;

/// The first element in the shadow root that matches `arguments[0]` and can be seen.
const SEEN: &str = "
    const root = document.querySelector('placet-root')?.shadowRoot;
    const all = root ? [...root.querySelectorAll(arguments[0])] : [];
    return all.find((element) => element.checkVisibility({ visibilityProperty: true })) ?? null;";

impl Browser {
    /// The visible element of Placet's that matches a selector, if there is one.
    pub async fn placet_element(&self, selector: &str) -> anyhow::Result<Option<WebElement>> {
        self.element(SEEN, vec![json!(selector)]).await
    }

    /// Waits until a matching element of Placet's is visible.
    pub async fn placet_shows(&self, selector: &str) -> anyhow::Result<WebElement> {
        until(&format!("Placet to show {selector}"), async || self.placet_element(selector).await).await
    }

    /// Waits until no matching element of Placet's is visible.
    pub async fn placet_hides(&self, selector: &str) -> anyhow::Result<()> {
        until(&format!("Placet to hide {selector}"), async || Ok(self.placet_element(selector).await?.is_none().then_some(()))).await
    }

    /// Clicks the visible button for an action: `accept-all`, `reject-all`, `choose`, `save`, `close`, `withdraw`.
    pub async fn act(&self, action: &str) -> anyhow::Result<()> {
        let button = self.placet_shows(&format!("[data-placet-action='{action}']")).await?;
        Ok(button.click().await?)
    }

    /// Waits until the first layer stands.
    pub async fn asked(&self) -> anyhow::Result<()> {
        self.placet_shows("[data-placet-view='first'] [data-placet-action='accept-all']").await.map(drop)
    }

    /// Waits until the first layer stands, and fails when the page has been parsed to its end by then.
    pub async fn asked_while_loading(&self) -> anyhow::Result<()> {
        self.asked().await?;
        anyhow::ensure!(self.run::<String>("return document.readyState;").await? == "loading", "the page is parsed already");
        Ok(())
    }

    /// Accepts all on the first layer and waits until the choice is in force.
    pub async fn accept_all(&self) -> anyhow::Result<()> {
        self.act("accept-all").await?;
        self.chosen().await
    }

    /// Rejects all on the first layer and waits until the choice is in force.
    pub async fn reject_all(&self) -> anyhow::Result<()> {
        self.act("reject-all").await?;
        self.chosen().await
    }

    /// Opens the preferences, from the first layer or the reopen control.
    pub async fn choose(&self) -> anyhow::Result<()> {
        self.act("choose").await?;
        self.placet_shows("[data-placet-preferences] [data-placet-action='save']").await.map(drop)
    }

    /// Saves the preferences and waits until the choice is in force.
    pub async fn save(&self) -> anyhow::Result<()> {
        self.act("save").await?;
        self.chosen().await
    }

    /// Sets a purpose's switch in the preferences by clicking it, if it is not so yet.
    pub async fn switch(&self, purpose: &str, on: bool) -> anyhow::Result<()> {
        self.turn(&format!("input[data-placet-purpose='{purpose}']"), on).await
    }

    /// Sets a service's switch in the preferences by opening the list that it is in and clicking it.
    pub async fn switch_service(&self, service: &str, on: bool) -> anyhow::Result<()> {
        let selector = format!("input[data-placet-service='{service}']");
        let list = "return document.querySelector('placet-root').shadowRoot.querySelector(arguments[0]).closest('details:not([open])')?.firstElementChild ?? null;";
        if let Some(summary) = self.element(list, vec![json!(selector)]).await? {
            summary.click().await?;
        }
        self.turn(&selector, on).await
    }

    /// Whether a purpose's switch is on.
    pub async fn is_on(&self, purpose: &str) -> anyhow::Result<bool> {
        self.is_checked(&format!("input[data-placet-purpose='{purpose}']")).await
    }

    /// Every switch of the preferences with its state, as `purpose analytics` or `service posthog`.
    pub async fn switches(&self) -> anyhow::Result<Vec<(String, bool)>> {
        let script = "return [...document.querySelector('placet-root').shadowRoot.querySelectorAll('[data-placet-preferences] input')]
            .map((input) => [input.dataset.placetPurpose ? 'purpose ' + input.dataset.placetPurpose : 'service ' + input.dataset.placetService, input.checked]);";
        self.run(script).await
    }

    /// Waits until the page says that a choice is in force.
    pub async fn chosen(&self) -> anyhow::Result<()> {
        until("a choice in force", async || Ok(self.run::<bool>("return window.placet?.state?.().chosen ?? false;").await?.then_some(())))
            .await
    }

    /// What the page says is in force: `placet.state()`.
    pub async fn placet_state(&self) -> anyhow::Result<Value> {
        self.run("return window.placet.state();").await
    }

    /// Waits until the banner has taken over from the loader.
    pub async fn banner_is_there(&self) -> anyhow::Result<()> {
        until("the banner to take over", async || {
            let there = "const root = document.querySelector('placet-root'); return root?.hasAttribute('data-placet-ready') ?? false;";
            Ok(self.run::<bool>(there).await?.then_some(()))
        })
        .await
    }

    /// What Placet's status region says.
    pub async fn status(&self) -> anyhow::Result<String> {
        let script = "const root = document.querySelector('placet-root').shadowRoot;
            return [...root.querySelectorAll('[role=status]')].map((region) => region.textContent.trim()).filter(Boolean).join(' ');";
        self.run(script).await
    }

    /// The names of the marks that scripts of a host page left, in the order in which they ran.
    pub async fn ran(&self) -> anyhow::Result<Vec<String>> {
        self.run("return window.ran ?? [];").await
    }

    /// Waits until at least `count` marks are left.
    pub async fn ran_at_least(&self, count: usize) -> anyhow::Result<Vec<String>> {
        until(&format!("{count} scripts to run"), async || Ok(Some(self.ran().await?).filter(|ran| ran.len() >= count))).await
    }

    async fn turn(&self, selector: &str, on: bool) -> anyhow::Result<()> {
        if self.is_checked(selector).await? != on {
            let input = self.placet_shows(selector).await?;
            input.scroll_into_view().await?;
            // A styled switch may cover its input; a person clicks what they see of it.
            self.driver().action_chain().move_to_element_center(&input).click().perform().await?;
        }
        until(&format!("{selector} to turn"), async || Ok((self.is_checked(selector).await? == on).then_some(()))).await
    }

    async fn is_checked(&self, selector: &str) -> anyhow::Result<bool> {
        let script = "return document.querySelector('placet-root')?.shadowRoot.querySelector(arguments[0])?.checked ?? null;";
        until(selector, async || self.run_with(script, vec![json!(selector)]).await).await
    }
}
