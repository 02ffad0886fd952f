//! Around every request: an id, a log line, security headers, and an answer even where the code
//! fails. The log line never holds an address, agent, cookie, body or query (PBD-02, PBD-03).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use shared::problem::ProblemType;

use crate::problem::Problem;

/// No request takes longer. Whoever waited may send the same again.
const DEADLINE: Duration = Duration::from_secs(30);

/// Numbers requests: a random start, so that ids of two runs do not meet in one log.
#[derive(Debug, Clone)]
pub struct RequestIds(Arc<AtomicU64>);

impl RequestIds {
    /// Counts from `start`.
    #[must_use]
    pub fn starting_at(start: [u8; 8]) -> Self {
        Self(Arc::new(AtomicU64::new(u64::from_be_bytes(start))))
    }

    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// Middleware: see the module.
pub async fn envelope(State(ids): State<RequestIds>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = ids.next();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = match tokio::time::timeout(DEADLINE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::from(ProblemType::Timeout).into_response(),
    };
    head(response.headers_mut(), id);
    tracing::info!(
        method = method.as_str(),
        route = route.as_ref().map_or("-", MatchedPath::as_str),
        status = response.status().as_u16(),
        micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX),
        id = %format_args!("{id:016x}"),
        "request"
    );
    response
}

/// The answer when a handler panicked. The panic's own text is in the log, not in the answer.
pub fn panicked(_panic: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a request's handler panicked");
    Problem::from(ProblemType::Internal).into_response()
}

fn head(headers: &mut HeaderMap, id: u64) {
    if let Ok(id) = HeaderValue::from_str(&format!("{id:016x}")) {
        headers.insert("x-request-id", id);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::CACHE_CONTROL, "no-store"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        // A route that needs something else has said so already.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}
