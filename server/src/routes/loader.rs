//! `GET /s/{site}.js`: the one script that a page includes.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use shared::problem::ProblemType;

use crate::assets::Assets;
use crate::http::query::Shown;
use crate::problem::Problem;
use crate::sites::{PageError, Sites};

/// How long a browser may use a loader without asking, which is how late a new policy may reach it.
pub(super) const CACHE: &str = "public, max-age=300";

/// Why there is no loader.
#[derive(Debug, thiserror::Error)]
pub enum LoaderError {
    /// The file is not `{site}.js`, or there is no such site.
    #[error("no such site")]
    UnknownSite,
    /// The site never published that version.
    #[error("no such policy version")]
    UnknownPolicyVersion,
    /// It could not be made.
    #[error(transparent)]
    Page(#[from] PageError),
}

/// The loader of a site, with the first layer in the asked language inside.
pub async fn handle(
    State(sites): State<Sites>,
    State(assets): State<Arc<Assets>>,
    Path(file): Path<String>,
    shown: Shown,
    headers: HeaderMap,
) -> Result<Response, LoaderError> {
    let site = file.strip_suffix(".js").and_then(|id| sites.get(id)).ok_or(LoaderError::UnknownSite)?;
    let policy = site.policy().ok_or(LoaderError::UnknownSite)?;
    let content = site.loader(&assets, shown.language(policy)).await?;
    Ok(content.respond(&headers, CACHE))
}

impl From<LoaderError> for Problem {
    fn from(error: LoaderError) -> Self {
        match error {
            LoaderError::UnknownSite => ProblemType::UnknownSite.into(),
            LoaderError::UnknownPolicyVersion => ProblemType::UnknownPolicyVersion.into(),
            LoaderError::Page(error) => {
                tracing::error!(%error, "a loader could not be made");
                ProblemType::Internal.into()
            }
        }
    }
}

impl axum::response::IntoResponse for LoaderError {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
}
