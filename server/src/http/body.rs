//! A small JSON body as a type, or the problem with it (SEC-13).

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use shared::problem::ProblemType;

use crate::problem::Problem;

/// The largest body that any route takes, in bytes.
pub const LIMIT: usize = 8 * 1024;

/// A body of at most [`LIMIT`] bytes, declared as and consisting of JSON.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if !is_json(&request) {
            return Err(Problem::new(ProblemType::UnsupportedMediaType, "send the header content-type: application/json"));
        }
        let bytes = read(request).await?;
        let value = serde_json::from_slice(&bytes).map_err(|error| Problem::new(ProblemType::MalformedBody, error.to_string()))?;
        Ok(Self(value))
    }
}

fn is_json(request: &Request) -> bool {
    let declared = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = declared.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

async fn read(request: Request) -> Result<Bytes, Problem> {
    let too_large = || Problem::new(ProblemType::BodyTooLarge, format!("a body may have at most {LIMIT} bytes"));
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > LIMIT) {
        return Err(too_large());
    }
    match Limited::new(request.into_body(), LIMIT).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(Problem::new(ProblemType::MalformedBody, "the body broke off")),
    }
}
