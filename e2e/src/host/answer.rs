//! How the host answers: Placet's answer, a page, a third party's file, or nothing.

use std::path::{Component, Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::response::IntoResponse as _;

use super::{Request, State};
use crate::programs;

/// Headers that belong to one connection and are not passed on.
const OF_THE_CONNECTION: [HeaderName; 4] = [header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH, header::UPGRADE];
const LARGEST_BODY: usize = 16 * 1024 * 1024;

pub(super) async fn any(
    extract::State(state): extract::State<Arc<State>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response<Body> {
    let body = to_bytes(body, LARGEST_BODY).await.unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let path = uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string);
    let number = state.counter.fetch_add(1, Ordering::Relaxed);
    let request = Request { method: method.to_string(), host, path, headers, body: body.to_vec(), status: None, number };
    state.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
    let response = match state.faults.meet(&request.line()).await {
        Some(status) => StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY).into_response(),
        None => answer(&state, &method, &uri, &request, body).await,
    };
    let mut requests = state.requests.lock().unwrap_or_else(PoisonError::into_inner);
    // A test may have had the requests forgotten in the meantime.
    if let Some(same) = requests.iter_mut().find(|same| same.number == number) {
        same.status = Some(response.status().as_u16());
    }
    response
}

async fn answer(state: &State, method: &Method, uri: &Uri, request: &Request, body: Bytes) -> Response<Body> {
    let ours = super::is_own(&request.host);
    if let Some(rest) = request.path.strip_prefix("/placet/").filter(|_| ours) {
        return proxied(state, method, rest, request, body).await;
    }
    if let Some(millis) = uri.query().and_then(|query| query.strip_prefix("slow=")).and_then(|millis| millis.parse().ok()) {
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }
    let folder = programs::root().join("e2e/sites");
    if let Some(rest) = uri.path().strip_prefix("/packages/") {
        let file = programs::trackers().iter().find_map(|folder| file(state, folder, rest));
        return any_origin(request, file.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response()));
    }
    if !ours {
        let file = file(state, &folder.join("third-party"), uri.path());
        return any_origin(request, file.unwrap_or_else(|| collected(method)));
    }
    if uri.path().starts_with("/collect/") {
        return any_origin(request, collected(method));
    }
    if let Some(html) = state.pages.lock().unwrap_or_else(PoisonError::into_inner).get(uri.path()) {
        return axum::response::Html(html.clone()).into_response();
    }
    let Some(mut page) = file(state, &folder, uri.path()) else { return StatusCode::NOT_FOUND.into_response() };
    if beside(&folder, uri.path(), "csp").is_some_and(|file| file.exists()) {
        let policy = policy(state, request).await;
        page.headers_mut().append(header::CONTENT_SECURITY_POLICY, policy);
    }
    page
}

/// What an owner's proxy asks Placet before it answers with a page; strictest where Placet does not say.
async fn policy(state: &State, request: &Request) -> HeaderValue {
    let path = format!("s/{}/csp", crate::stage::SITE);
    let answer = proxied(state, &Method::GET, &path, request, Bytes::new()).await;
    answer.headers().get("placet-csp").cloned().unwrap_or(HeaderValue::from_static("default-src 'self' 'unsafe-inline'"))
}

async fn proxied(state: &State, method: &Method, rest: &str, request: &Request, body: Bytes) -> Response<Body> {
    let placet = *state.placet.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(placet) = placet else { return StatusCode::BAD_GATEWAY.into_response() };
    let mut headers = request.headers.clone();
    without_connection(&mut headers);
    let sent = state.client.request(method.clone(), format!("http://{placet}/{rest}")).headers(headers).body(body).send().await;
    let Ok(answer) = sent else { return StatusCode::BAD_GATEWAY.into_response() };
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    without_connection(&mut headers);
    let Ok(body) = answer.bytes().await else { return StatusCode::BAD_GATEWAY.into_response() };
    (status, headers, body).into_response()
}

fn without_connection(headers: &mut HeaderMap) {
    for name in OF_THE_CONNECTION {
        headers.remove(name);
    }
}

fn below(folder: &Path, path: &str) -> Option<PathBuf> {
    let inside = Path::new(path.trim_start_matches('/'));
    inside.components().all(|part| matches!(part, Component::Normal(_))).then(|| folder.join(inside))
}

/// The file of that name in the page's folder.
fn beside(folder: &Path, path: &str, name: &str) -> Option<PathBuf> {
    let (page, _) = path.rsplit_once('/')?;
    Some(below(folder, page)?.join(name))
}

fn file(state: &State, folder: &Path, path: &str) -> Option<Response<Body>> {
    let mut file = below(folder, path)?;
    if path.ends_with('/') {
        file.push("index.html");
    }
    let placet = state.placet.lock().unwrap_or_else(PoisonError::into_inner).map(|placet| format!("http://{placet}")).unwrap_or_default();
    let text = std::fs::read_to_string(&file).ok()?.replace("%PLACET%", &placet);
    let mut headers = headers_of(&file, &placet);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(&file)));
    Some((headers, text).into_response())
}

/// The lines `Name: value` of the file `headers` beside the page.
fn headers_of(file: &Path, placet: &str) -> HeaderMap {
    let lines = file.parent().map(|folder| folder.join("headers")).and_then(|file: PathBuf| std::fs::read_to_string(file).ok());
    let lines = lines.unwrap_or_default().replace("%PLACET%", placet);
    lines
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter_map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?)))
        .collect()
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("xhtml") => "application/xhtml+xml; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}

/// What a collector says. Several trackers try again, or stop, unless they read this.
fn collected(method: &Method) -> Response<Body> {
    if method == Method::POST {
        return ([(header::CONTENT_TYPE, "application/json")], "{}").into_response();
    }
    StatusCode::NO_CONTENT.into_response()
}

/// Lets the asking page read the answer, also when it sends cookies along.
fn any_origin(request: &Request, mut response: Response<Body>) -> Response<Body> {
    let asked = |name| request.headers.get(name).cloned().unwrap_or(HeaderValue::from_static("*"));
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, asked(header::ORIGIN));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, asked(header::ACCESS_CONTROL_REQUEST_HEADERS));
    headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    response
}
