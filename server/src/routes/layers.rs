//! `GET /s/{site}/layers`: the first layer in another language, and the preferences as HTML for
//! browsers where the wasm cannot run; of the current policy, or of the version that a kept loader has.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::assets::Assets;
use crate::http::query::Shown;
use crate::routes::loader::{CACHE, LoaderError};
use crate::sites::Sites;

/// The layers of a site in the asked language, as JSON.
pub async fn handle(
    State(sites): State<Sites>,
    State(assets): State<Arc<Assets>>,
    Path(site): Path<String>,
    shown: Shown,
    headers: HeaderMap,
) -> Result<Response, LoaderError> {
    let site = sites.get(&site).ok_or(LoaderError::UnknownSite)?;
    let (version, published) = site.version(shown.version).ok_or(LoaderError::UnknownPolicyVersion)?;
    let content = site.layers(&assets, version, shown.language(&published.policy)).await?;
    Ok(content.respond(&headers, CACHE))
}
