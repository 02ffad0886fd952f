//! `GET /a/{file}`: the banner's files, whose names change with their content.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use shared::problem::ProblemType;

use crate::assets::Assets;
use crate::problem::Problem;

/// The file, to be kept for ever where its name changes with its content.
pub async fn handle(State(assets): State<Arc<Assets>>, Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let asset = assets.file(&name).ok_or(ProblemType::UnknownRoute)?;
    let cache = if asset.immutable { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    Ok(asset.content.respond(&headers, cache))
}
