//! One request that reached the host, as tests ask about it.

use axum::http::HeaderMap;
use serde_json::Value;

/// A request and, once it is answered, the answer's status.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The `Host` header.
    pub host: String,
    /// Path and query.
    pub path: String,
    /// All headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// The answer's status; `None` while it is not answered.
    pub status: Option<u16>,
    pub(super) number: usize,
}

impl Request {
    /// Method, host and path in one line.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {} {}", self.method, self.host, self.path)
    }

    /// The body as JSON; null when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}
