//! Every path of the HTTP API, once. Must not know who serves them.

use crate::id::{RecordId, SiteId};

/// Route pattern of the loader; `{file}` is `{site}.js`.
pub const LOADER: &str = "/s/{file}";
/// Route pattern of the first layer and the preferences as HTML, for pages in another language and
/// for browsers that run no WebAssembly.
pub const LAYERS: &str = "/s/{site}/layers";
/// Route pattern of the `Content-Security-Policy` for what a visitor allows, for the owner's proxy.
pub const CSP: &str = "/s/{site}/csp";
/// Route pattern of a site's service worker.
pub const WORKER: &str = "/s/{site}/worker.js";
/// Route pattern of what a site says of Global Privacy Control.
pub const GPC: &str = "/s/{site}/gpc.json";
/// The same where browsers look for it.
pub const GPC_WELL_KNOWN: &str = "/.well-known/gpc.json";
/// Route pattern of the banner's files under hashed names.
pub const ASSET: &str = "/a/{file}";
/// Route pattern of the published policy.
pub const POLICY: &str = "/v1/sites/{site}/policy";
/// Route pattern of the consents of a site.
pub const CONSENTS: &str = "/v1/sites/{site}/consents";
/// Route pattern of one consent.
pub const CONSENT: &str = "/v1/sites/{site}/consents/{id}";
/// Answers while the process lives.
pub const HEALTH: &str = "/healthz";
/// Answers while the process can record.
pub const READY: &str = "/readyz";

/// The loader of a site.
#[must_use]
pub fn loader(site: &SiteId) -> String {
    format!("/s/{site}.js")
}

/// Where a site's decisions are sent.
#[must_use]
pub fn consents(site: &SiteId) -> String {
    format!("/v1/sites/{site}/consents")
}

/// One record.
#[must_use]
pub fn consent(site: &SiteId, record: RecordId) -> String {
    format!("/v1/sites/{site}/consents/{record}")
}
