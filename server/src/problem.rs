//! Renders every error answer, and is the only place that does: `application/problem+json` (RFC
//! 9457) with the types that `shared::problem` lists.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::problem::{ProblemDocument, ProblemType};

/// An error answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    kind: ProblemType,
    detail: Option<String>,
}

/// How long a client should wait before it sends the same again, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("2");

impl Problem {
    /// A problem with a sentence about this request: what is wrong, and what to do.
    #[must_use]
    pub fn new(kind: ProblemType, detail: impl Into<String>) -> Self {
        Self { kind, detail: Some(detail.into()) }
    }

    /// Whether the answer tells the client when to come again.
    fn asks_to_wait(&self) -> bool {
        matches!(self.kind, ProblemType::Busy | ProblemType::StoreUnavailable)
    }
}

impl From<ProblemType> for Problem {
    fn from(kind: ProblemType) -> Self {
        Self { kind, detail: None }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let wait = self.asks_to_wait();
        // A document of four plain members cannot fail to serialise; an empty body would still
        // carry the status.
        let body = serde_json::to_vec(&ProblemDocument::new(self.kind, self.detail)).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if wait {
            headers.insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }
}
