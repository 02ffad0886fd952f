//! What can be chosen of a browser before it starts.

use std::path::{Path, PathBuf};

use serde_json::json;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel, PageLoadStrategy};

use crate::programs;

/// A browser to be.
#[derive(Debug, Clone)]
pub struct Options {
    /// Width of the viewport in CSS pixels.
    pub width: u32,
    /// Height of the viewport in CSS pixels.
    pub height: u32,
    /// Whether the person prefers dark pages.
    pub dark: bool,
    /// Whether the person has forbidden cookies and storage to all sites.
    pub storage_forbidden: bool,
    /// Whether to go on without waiting for pages to load.
    pub hurried: bool,
    /// Where to write all that the browser's network does, look-ups and connections too.
    pub net_log: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self { width: 1280, height: 800, dark: false, storage_forbidden: false, hurried: false, net_log: None }
    }
}

impl Options {
    pub(super) fn capabilities(&self, profile: &Path, port: u16) -> anyhow::Result<ChromeCapabilities> {
        let mut chrome = DesiredCapabilities::chrome();
        if let Some(binary) = programs::chromium().to_str() {
            chrome.set_binary(binary)?;
        }
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // The analytics packages send nothing for browsers that say they are driven by a program.
            "--disable-blink-features=AutomationControlled",
            "--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
        ] {
            chrome.add_arg(argument)?;
        }
        chrome.add_arg(&format!("--user-data-dir={}", profile.display()))?;
        chrome.add_arg(&format!("--host-resolver-rules=MAP * 127.0.0.1:{port}, EXCLUDE 127.0.0.1, EXCLUDE localhost"))?;
        chrome.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        chrome.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        if let Some(file) = &self.net_log {
            chrome.add_arg(&format!("--log-net-log={}", file.display()))?;
        }
        if self.hurried {
            chrome.set_page_load_strategy(PageLoadStrategy::None)?;
        }
        if self.storage_forbidden {
            chrome.add_experimental_option("prefs", json!({ "profile.default_content_setting_values.cookies": 2 }))?;
        }
        Ok(chrome)
    }
}
