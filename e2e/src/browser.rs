//! Real Chromium, driven by `WebDriver` and `DevTools`: one fresh profile per browser, every request that
//! it makes (also the blocked ones), its cookies (also the `HttpOnly` ones) and its storage.
//!
//! At most two browsers run at a time. Every host but 127.0.0.1 and localhost leads to the test's own
//! [`Host`](crate::host::Host), so that nothing leaves the machine and everything is seen.

mod driver;
mod network;
mod options;
mod state;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::sync::{Semaphore, SemaphorePermit};

pub use network::Seen;
pub use options::Options;
pub use state::{BrowserCookie, Storage};

use driver::Chromedriver;

/// Two cores, and each browser wants one.
static BROWSERS: Semaphore = Semaphore::const_new(2);

/// One browser with its own profile. Dropping it ends it.
#[derive(Debug)]
pub struct Browser {
    driver: WebDriver,
    // The order matters: the driver ends before its profile goes.
    process: Chromedriver,
    _profile: TempDir,
    seen: Mutex<Vec<Seen>>,
    errors: Mutex<Vec<String>>,
    _permit: SemaphorePermit<'static>,
}

impl Browser {
    /// A browser as most people have it, 1280 by 800, light. `port` is the [`Host`](crate::host::Host)'s.
    pub async fn start(port: u16) -> anyhow::Result<Self> {
        Self::start_with(port, &Options::default()).await
    }

    /// A browser with options.
    pub async fn start_with(port: u16, options: &Options) -> anyhow::Result<Self> {
        let permit = BROWSERS.acquire().await?;
        let profile = TempDir::with_prefix("placet-profile-").context("no temporary folder")?;
        let process = Chromedriver::start()?;
        let capabilities = options.capabilities(profile.path(), port)?;
        let driver = WebDriver::builder(process.url(), capabilities).connect().await.context("chromedriver opens no session")?;
        let browser = Self { driver, process, _profile: profile, seen: Mutex::default(), errors: Mutex::default(), _permit: permit };
        browser.look(options.width, options.height, options.dark).await?;
        Ok(browser)
    }

    /// The `WebDriver` session, for what has no word here.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Opens a page and waits until it has loaded.
    pub async fn open(&self, url: &str) -> anyhow::Result<()> {
        self.driver.goto(url).await.with_context(|| format!("opening {url}"))
    }

    /// Reloads the page and waits until it has loaded.
    pub async fn reload(&self) -> anyhow::Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// Runs a function body in the page and takes what it returns.
    pub async fn run<T: DeserializeOwned>(&self, script: &str) -> anyhow::Result<T> {
        self.run_with(script, Vec::new()).await
    }

    /// Like [`Self::run`], with `arguments`.
    pub async fn run_with<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<T> {
        let returned = self.driver.execute(script, arguments).await.with_context(|| format!("script: {script}"))?;
        returned.convert().with_context(|| format!("what the script returned ({}): {script}", returned.json()))
    }

    /// Runs the body of an async function in the page and takes what it returns.
    pub async fn run_async<T: DeserializeOwned>(&self, body: &str) -> anyhow::Result<T> {
        let script = format!(
            "const done = arguments[0]; (async () => {{ {body} }})().then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));"
        );
        let returned = self.driver.execute_async(script, Vec::new()).await.with_context(|| format!("script: {body}"))?;
        let value = returned.json();
        anyhow::ensure!(value.get("error").is_none(), "the script failed ({value}): {body}");
        Ok(serde_json::from_value(value.get("value").cloned().unwrap_or_default())?)
    }

    /// The element that a script returns; `None` for null.
    pub async fn element(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Option<WebElement>> {
        let returned = self.driver.execute(script, arguments).await.with_context(|| format!("script: {script}"))?;
        if returned.json().is_null() { Ok(None) } else { Ok(Some(returned.element()?)) }
    }

    /// Sets the viewport in CSS pixels and the colour scheme.
    pub async fn look(&self, width: u32, height: u32, dark: bool) -> anyhow::Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await?;
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Sends a `DevTools` command to the page.
    pub async fn devtools(&self, method: &str, parameters: Value) -> anyhow::Result<Value> {
        self.driver.cdp().send_raw(method, parameters).await.with_context(|| method.to_owned())
    }

    /// Presses and releases a key, or types a text, wherever the focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) -> anyhow::Result<()> {
        let typed: TypingData = keys.into();
        Ok(self.driver.action_chain().send_keys(typed).perform().await?)
    }

    /// Moves the focus back, as Shift and Tab do.
    pub async fn press_shift_tab(&self) -> anyhow::Result<()> {
        Ok(self.driver.action_chain().key_down(Key::Shift).send_keys(Key::Tab).key_up(Key::Shift).perform().await?)
    }

    /// Clicks at a point of the viewport.
    pub async fn click_at(&self, x: i64, y: i64) -> anyhow::Result<()> {
        Ok(self.driver.action_chain().move_to(x, y).click().perform().await?)
    }

    /// Saves a picture of the viewport.
    pub async fn screenshot(&self, file: &Path) -> anyhow::Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        self.driver.screenshot(file).await.with_context(|| format!("cannot write {}", file.display()))
    }

    /// Errors that pages threw or logged so far.
    pub async fn page_errors(&self) -> anyhow::Result<Vec<String>> {
        let fresh = self.driver.get_log("browser").await?;
        let fresh = fresh.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message);
        let mut errors = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        errors.extend(fresh);
        Ok(errors.clone())
    }

    /// Ends the browser and says so if that fails.
    pub async fn quit(self) -> anyhow::Result<()> {
        Ok(self.driver.clone().quit().await?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A test that failed: the session is ended without the runtime that drives it. After `quit` there is none any more.
        if self.driver.clone().leak().is_ok() {
            self.process.end_session(&self.driver.session_id().to_string());
        }
    }
}
