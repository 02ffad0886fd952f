//! The demo page's own needs: its files, a collector that stands in for the vendors', and a page to
//! embed. Served only with `--demo`. Must not know of consents.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Extension, Json, Router};
use shared::problem::ProblemType;

use crate::app::App;
use crate::clock::Clock;
use crate::problem::Problem;

mod collector;
mod files;

use collector::{Collected, Collector};

/// A folder with `index.html`, and what its page's scripts have sent.
#[derive(Debug, Clone)]
pub struct Demo {
    folder: PathBuf,
    collector: Collector,
}

impl Demo {
    /// Serves the files of `folder`.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, collector: Collector::default() }
    }
}

/// What the demo page's embed shows once it may.
const EMBED: &str = "<!doctype html><html lang=\"en\"><title>Lesson video</title><meta name=\"viewport\" content=\"width=device-width\">\
<body style=\"margin:0;display:grid;place-items:center;height:100vh;font:1rem system-ui;background:#123;color:#fff\">\
<p>A lesson video would play here.</p></body></html>";

/// The routes of the demo.
pub fn routes(demo: Demo) -> Router<App> {
    Router::new()
        .route("/", get(index))
        .route("/demo/collect", get(collected))
        .route("/demo/collect/{*path}", any(collect))
        .route("/demo/embed", get(embed))
        .route("/demo/{*path}", get(file))
        .layer(Extension(Arc::new(demo)))
}

async fn index(Extension(demo): Extension<Arc<Demo>>) -> Result<Response, Problem> {
    Ok(open(files::serve(&demo.folder, "index.html").await?))
}

async fn file(Extension(demo): Extension<Arc<Demo>>, Path(path): Path<String>) -> Result<Response, Problem> {
    Ok(open(files::serve(&demo.folder, &path).await?))
}

async fn collect(Extension(demo): Extension<Arc<Demo>>, State(clock): State<Arc<dyn Clock>>, Path(path): Path<String>) -> Response {
    demo.collector.take(path, clock.now());
    open(StatusCode::NO_CONTENT.into_response())
}

async fn collected(Extension(demo): Extension<Arc<Demo>>) -> Json<Vec<Collected>> {
    Json(demo.collector.list())
}

async fn embed() -> Response {
    open(Html(EMBED).into_response())
}

/// A page, unlike an API answer, loads things: it gets no content policy but its own.
fn open(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'self'"));
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

impl From<files::FileError> for Problem {
    fn from(error: files::FileError) -> Self {
        Problem::new(ProblemType::UnknownRoute, error.to_string())
    }
}
