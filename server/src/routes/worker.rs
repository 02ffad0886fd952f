//! `GET /s/{site}/worker.js`: the service worker of a site that switched it on, allowed to work for the
//! whole origin; else the one that removes itself.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;
use shared::problem::ProblemType;

use crate::http::content::Content;
use crate::problem::Problem;
use crate::sites::Sites;
use crate::worker;

const ALLOWED: HeaderName = HeaderName::from_static("service-worker-allowed");

/// The script. Browsers ask for it on most page views and get 304.
pub async fn handle(State(sites): State<Sites>, Path(site): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let site = sites.get(&site).ok_or(ProblemType::UnknownSite)?;
    let script = match site.worker() {
        Some(script) => script.map_err(|error| {
            tracing::error!(%error, "a worker could not be made");
            Problem::from(ProblemType::Internal)
        })?,
        None => worker::NONE.to_owned(),
    };
    let mut response = Content::plain("text/javascript; charset=utf-8", Bytes::from(script)).respond(&headers, "no-cache");
    let answer = response.headers_mut();
    answer.insert(ALLOWED, HeaderValue::from_static("/"));
    // A worker is bound by its script's policy, and asks for what the page asked.
    answer.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src *"));
    Ok(response)
}
