//! Every request of the browser, read from its performance log: also those that were blocked or
//! answered from a cache.

use std::sync::PoisonError;

use serde_json::Value;

use super::Browser;

/// One request that a page made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The address.
    pub url: String,
    /// The method.
    pub method: String,
    /// `Document`, `Script`, `Fetch`, …
    pub kind: String,
    /// Whether the browser answered it from a cache without asking the network.
    pub cached: bool,
    id: String,
}

impl Browser {
    /// Every request so far, oldest first. Addresses within the browser (`data:`, `blob:`, `chrome:`) are left out.
    pub async fn requests(&self) -> anyhow::Result<Vec<Seen>> {
        let fresh = self.driver.get_log("performance").await?;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in fresh {
            let entry: Value = serde_json::from_str(&entry.message)?;
            let message = entry.get("message").cloned().unwrap_or_default();
            take(&mut seen, &message);
        }
        Ok(seen.clone())
    }

    /// Forgets the requests so far.
    pub async fn forget_requests(&self) -> anyhow::Result<()> {
        self.requests().await?;
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(())
    }
}

fn take(seen: &mut Vec<Seen>, message: &Value) {
    let text = |path: &str| message.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
    let id = text("/params/requestId");
    match text("/method").as_str() {
        "Network.requestWillBeSent" => {
            let url = text("/params/request/url");
            if ["http:", "https:", "ws:", "wss:"].iter().any(|scheme| url.starts_with(scheme)) {
                seen.push(Seen { url, method: text("/params/request/method"), kind: text("/params/type"), cached: false, id });
            }
        }
        "Network.requestServedFromCache" => mark_cached(seen, &id),
        "Network.responseReceived" if message.pointer("/params/response/fromDiskCache") == Some(&Value::Bool(true)) => {
            mark_cached(seen, &id);
        }
        _ => {}
    }
}

fn mark_cached(seen: &mut [Seen], id: &str) {
    seen.iter_mut().filter(|request| request.id == id).for_each(|request| request.cached = true);
}
