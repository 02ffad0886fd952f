//! `GET /v1/sites/{site}/consents/{id}`: the receipt again, for whoever holds its salt. A wrong salt
//! and an unknown record look alike (DSR-01).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use shared::digest::Salt;
use shared::id::RecordId;
use shared::problem::ProblemType;
use shared::wire::SALT_HEADER;

use crate::log::receipt;
use crate::problem::Problem;
use crate::sites::Sites;
use crate::store::{Store, StoreError};

/// Why the receipt is not given.
#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// No such site.
    #[error("no such site")]
    UnknownSite,
    /// No such record, or not with that salt.
    #[error("no such record, or not with that salt")]
    UnknownRecord,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The receipt of a record.
pub async fn handle(
    State(sites): State<Sites>,
    State(store): State<Arc<dyn Store>>,
    Path((site, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ShowError> {
    let site = sites.get(&site).ok_or(ShowError::UnknownSite)?;
    let salt = headers.get(SALT_HEADER).and_then(|value| value.to_str().ok()?.parse::<Salt>().ok());
    let (id, salt) = id.parse::<RecordId>().ok().zip(salt).ok_or(ShowError::UnknownRecord)?;
    let row = store.record(&site.id, id).await?.filter(|row| row.salt.is(&salt)).ok_or(ShowError::UnknownRecord)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], receipt::json(&row)).into_response())
}

impl IntoResponse for ShowError {
    fn into_response(self) -> Response {
        let kind = match self {
            Self::UnknownSite => ProblemType::UnknownSite,
            Self::UnknownRecord => ProblemType::UnknownRecord,
            Self::Store(error) => {
                tracing::error!(%error, "a record could not be read");
                ProblemType::StoreUnavailable
            }
        };
        Problem::from(kind).into_response()
    }
}
