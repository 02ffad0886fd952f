//! Lets the site's own pages on other origins record, and nobody else (SEC-13). Credentials are
//! never allowed across origins.

use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
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

/// Middleware: answers preflights and names the allowed origin on every answer of the route.
pub async fn cors(State((sites, allowed)): State<(Sites, Allowed)>, params: RawPathParams, request: Request, next: Next) -> Response {
    let site = params.iter().find(|(name, _)| *name == "site").and_then(|(_, id)| sites.get(id));
    let origin = site.and_then(|site| origin(&site, request.headers()));
    let is_preflight = request.method() == Method::OPTIONS;
    let mut response = match (is_preflight, &origin) {
        (true, Some(_)) => preflight(allowed),
        (true, None) => Problem::from(ProblemType::OriginNotAllowed).into_response(),
        (false, _) => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin.and_then(|origin| HeaderValue::from_str(origin.as_str()).ok()) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after, x-request-id"));
    }
    response
}

/// The origin that the request names, when it is one of the site's.
#[must_use]
pub fn origin(site: &LiveSite, headers: &HeaderMap) -> Option<Origin> {
    let named = headers.get(header::ORIGIN)?.as_bytes();
    site.origins.iter().find(|origin| origin.as_str().as_bytes() == named).cloned()
}

fn preflight(allowed: Allowed) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(allowed.method));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(allowed.header));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(MAX_AGE));
    response
}
