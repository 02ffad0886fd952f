//! What a page left on the device: cookies of the whole profile, and the storage of the page's origin.

use serde::Deserialize;
use serde_json::json;

use super::Browser;

/// A cookie as the browser keeps it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BrowserCookie {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
    /// The host it is for.
    pub domain: String,
    /// The path it is for.
    pub path: String,
    /// Whether scripts cannot read it.
    pub http_only: bool,
    /// Whether it travels over https only.
    pub secure: bool,
    /// `Lax`, `Strict`, `None`, or nothing.
    #[serde(default)]
    pub same_site: Option<String>,
    /// When it ends, in seconds since 1970; negative for a session cookie.
    pub expires: f64,
}

/// What an origin stores beside cookies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Storage {
    /// Keys of `localStorage`.
    pub local: Vec<String>,
    /// Keys of `sessionStorage`.
    pub session: Vec<String>,
    /// Names of databases.
    pub databases: Vec<String>,
    /// Names of caches.
    pub caches: Vec<String>,
    /// Scopes of service workers.
    pub workers: Vec<String>,
}

impl Storage {
    /// Whether nothing is stored.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Browser {
    /// All cookies of the profile, sorted by name.
    pub async fn cookies(&self) -> anyhow::Result<Vec<BrowserCookie>> {
        let answer = self.devtools("Storage.getCookies", json!({})).await?;
        let mut cookies: Vec<BrowserCookie> = serde_json::from_value(answer.get("cookies").cloned().unwrap_or_default())?;
        cookies.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(cookies)
    }

    /// The value of a cookie, if there is one of that name.
    pub async fn cookie(&self, name: &str) -> anyhow::Result<Option<String>> {
        Ok(self.cookies().await?.into_iter().find(|cookie| cookie.name == name).map(|cookie| cookie.value))
    }

    /// Writes a cookie for the page's origin.
    pub async fn set_cookie(&self, name: &str, value: &str) -> anyhow::Result<()> {
        let url = self.driver.current_url().await?;
        self.devtools("Network.setCookie", json!({ "name": name, "value": value, "url": url.as_str() })).await?;
        Ok(())
    }

    /// What the page's origin stores.
    pub async fn storage(&self) -> anyhow::Result<Storage> {
        self.run_async(
            "const names = async (read) => { try { return await read(); } catch { return []; } };
            return {
              local: await names(() => Object.keys(localStorage)),
              session: await names(() => Object.keys(sessionStorage)),
              databases: await names(async () => (await indexedDB.databases()).map((database) => database.name)),
              caches: await names(() => caches.keys()),
              workers: await names(async () => (await navigator.serviceWorker.getRegistrations()).map((worker) => worker.scope)),
            };",
        )
        .await
    }
}
