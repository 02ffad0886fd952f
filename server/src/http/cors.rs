//! Lets the site's own pages on other origins record, and nobody else (SEC-13). Credentials are
//! never allowed across origins.

use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use shared::problem::ProblemType;

use crate::problem::Problem;
use crate::site::origin::Origin;
use crate::sites::{LiveSite, Sites};

/// What a preflight may ask for on a route.
#[derive(Debug, Clone, Copy)]
pub struct Allowed {
    /// The method.
    pub method: &'static str,
    /// The header beyond the ones that need no permission.
    pub header: &'static str,
}

/// How long browsers may keep the answer to a preflight, in seconds.
const MAX_AGE: &str = "600";

/// Middleware: names the allowed origin on every answer of the route, so that the page can read it,
/// errors included.
pub async fn cors(State(sites): State<Sites>, params: RawPathParams, request: Request, next: Next) -> Response {
    let origin = caller(&sites, &params, request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin.and_then(|origin| HeaderValue::from_str(origin.as_str()).ok()) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after, x-request-id"));
    }
    response
}

/// Answers a preflight: yes to the site's own origins, with what the route needs; no to others.
pub fn preflight(allowed: Allowed, sites: &Sites, params: &RawPathParams, headers: &HeaderMap) -> Result<Response, Problem> {
    caller(sites, params, headers).ok_or(ProblemType::OriginNotAllowed)?;
    let answer = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, allowed.method),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, allowed.header),
        (header::ACCESS_CONTROL_MAX_AGE, MAX_AGE),
    ];
    Ok((StatusCode::NO_CONTENT, answer).into_response())
}

fn caller(sites: &Sites, params: &RawPathParams, headers: &HeaderMap) -> Option<Origin> {
    let (_, id) = params.iter().find(|(name, _)| *name == "site")?;
    origin(sites.get(id)?.as_ref(), headers)
}

/// The origin that the request names, when it is one of the site's.
#[must_use]
pub fn origin(site: &LiveSite, headers: &HeaderMap) -> Option<Origin> {
    let named = headers.get(header::ORIGIN)?.as_bytes();
    site.origins.iter().find(|origin| origin.as_str().as_bytes() == named).cloned()
}
