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

    /// What the page's origin stores, as the browser keeps it: what a page's scripts can see of it may be less.
    pub async fn storage(&self) -> anyhow::Result<Storage> {
        let origin: String = self.run("return location.origin;").await?;
        let names = async |method: &str, parameters: serde_json::Value, list: &str, name: &str| {
            // Where storage is forbidden, or the page has no origin, there is nothing to list.
            let answer = self.devtools(method, parameters).await.unwrap_or_default();
            let entries = answer.pointer(list).and_then(|list| list.as_array().cloned()).unwrap_or_default();
            entries.iter().filter_map(|entry| entry.pointer(name)?.as_str().map(ToOwned::to_owned)).collect::<Vec<_>>()
        };
        let web = async |local: bool| {
            let parameters = json!({ "storageId": { "securityOrigin": origin, "isLocalStorage": local } });
            names("DOMStorage.getDOMStorageItems", parameters, "/entries", "/0").await
        };
        let by_origin = json!({ "securityOrigin": origin });
        let workers = "try {
              return (await navigator.serviceWorker.getRegistrations()).map((worker) => worker.scope);
            } catch { return []; }";
        Ok(Storage {
            local: web(true).await,
            session: web(false).await,
            databases: names("IndexedDB.requestDatabaseNames", by_origin.clone(), "/databaseNames", "").await,
            caches: names("CacheStorage.requestCacheNames", by_origin, "/caches", "/cacheName").await,
            workers: self.run_async(workers).await?,
        })
    }

    /// A value of the page's `localStorage`, as the browser keeps it.
    pub async fn local(&self, key: &str) -> anyhow::Result<Option<String>> {
        let origin: String = self.run("return location.origin;").await?;
        let parameters = json!({ "storageId": { "securityOrigin": origin, "isLocalStorage": true } });
        let answer = self.devtools("DOMStorage.getDOMStorageItems", parameters).await?;
        let entries: Vec<(String, String)> = serde_json::from_value(answer.get("entries").cloned().unwrap_or_default())?;
        Ok(entries.into_iter().find(|(name, _)| name == key).map(|(_, value)| value))
    }
}
