//! Files of one folder, and nothing outside it.

use std::io::ErrorKind;
use std::path::{Component, Path};

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// Why a file is not served.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not there, or not under the folder.
    #[error("the demo folder has no such file")]
    Missing,
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(ErrorKind),
}

/// The file at `path` under `folder`.
pub(super) async fn serve(folder: &Path, path: &str) -> Result<Response, FileError> {
    let relative = Path::new(path);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(FileError::Missing);
    }
    let read = async {
        // Links could lead out of the folder, so the real paths are compared.
        let (folder, file) = (tokio::fs::canonicalize(folder).await?, tokio::fs::canonicalize(folder.join(relative)).await?);
        if file.starts_with(&folder) { tokio::fs::read(file).await } else { Err(ErrorKind::NotFound.into()) }
    };
    let bytes = read.await.map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::IsADirectory | ErrorKind::NotADirectory => FileError::Missing,
        kind => FileError::Unreadable(kind),
    })?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(content_type(relative)))], bytes).into_response())
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("wasm") => "application/wasm",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
