//! `GET /v1/sites/{site}/policy`: what is shown now, or what a version showed, in one language
//! (REC-08).

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use shared::problem::ProblemType;

use crate::http::content::Content;
use crate::http::query::Shown;
use crate::problem::Problem;
use crate::sites::Sites;

/// The policy as JSON. A named version never changes; the current one may.
pub async fn handle(State(sites): State<Sites>, Path(site): Path<String>, shown: Shown, headers: HeaderMap) -> Result<Response, Problem> {
    let site = sites.get(&site).ok_or(ProblemType::UnknownSite)?;
    let (version, published) = site.version(shown.version).ok_or(ProblemType::UnknownPolicyVersion)?;
    let view = site.view(version, shown.language(&published.policy)).ok_or(ProblemType::Internal)?;
    let json = serde_json::to_vec(&view).map_err(|_| ProblemType::Internal)?;
    let cache = if shown.version.is_some() { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    Ok(Content::plain("application/json", Bytes::from(json)).respond(&headers, cache))
}
