//! `GET /s/{site}/csp`: what the owner's proxy asks before it answers with a page, with the page
//! request's cookies. The policy comes in a header of its own, because answers of Placet have their own
//! `Content-Security-Policy`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::cookie::StateCookie;
use shared::problem::ProblemType;

use crate::clock::Clock;
use crate::http::cookies::Jar;
use crate::problem::Problem;
use crate::sites::{LiveSite, Sites};

/// The header that the proxy copies.
pub const HEADER: HeaderName = HeaderName::from_static("placet-csp");

/// The policy for the state cookie of the request; without one that holds, for nothing allowed.
pub async fn handle(
    State(sites): State<Sites>,
    State(clock): State<Arc<dyn Clock>>,
    Path(site): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let site = sites.get(&site).ok_or(ProblemType::UnknownSite)?;
    let allowed = site.allowed(held(&site, &headers).as_ref(), clock.now().day()).ok_or(ProblemType::Internal)?;
    let policy = site.csp(&allowed).and_then(|policy| HeaderValue::from_str(&policy).ok()).ok_or(ProblemType::Internal)?;
    let answer = [
        (HEADER, policy),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::VARY, HeaderValue::from_static("cookie, x-forwarded-proto")),
    ];
    Ok((StatusCode::NO_CONTENT, answer).into_response())
}

/// The cookie of the page's scheme, which the proxy says. Where it does not, the name that only https
/// can set counts first, and the other only for a site with pages on plain http.
fn held(site: &LiveSite, headers: &HeaderMap) -> Option<StateCookie> {
    let read = |secure: bool| Jar::new(secure).sent(headers).state;
    let plain = || if site.origins.iter().all(crate::site::origin::Origin::is_secure) { None } else { read(false) };
    match headers.get("x-forwarded-proto").map(HeaderValue::as_bytes) {
        Some(b"https") => read(true),
        Some(b"http") => plain(),
        _ => read(true).or_else(plain),
    }
}
