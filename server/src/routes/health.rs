//! `GET /healthz`: the process lives and takes requests. Asks nothing else, so that a full disk does
//! not get the process restarted for ever.

use axum::http::StatusCode;

/// Always 204.
pub async fn handle() -> StatusCode {
    StatusCode::NO_CONTENT
}
