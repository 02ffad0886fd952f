//! `GET /s/{site}/gpc.json`, and `GET /.well-known/gpc.json` where one site alone has the request's host:
//! whether a site abides by Global Privacy Control (GPC-04).

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde_json::json;
use shared::problem::ProblemType;

use crate::http::content::Content;
use crate::problem::Problem;
use crate::routes::loader::CACHE;
use crate::sites::{LiveSite, Sites};

/// The statement of that site.
pub async fn of_site(State(sites): State<Sites>, Path(site): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    statement(sites.get(&site).ok_or(ProblemType::UnknownSite)?.as_ref(), &headers)
}

/// The statement of the site whose host it is. Of two sites with one host neither can speak for it.
pub async fn of_host(State(sites): State<Sites>, headers: HeaderMap) -> Result<Response, Problem> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    statement(sites.only_one_at(host).ok_or(ProblemType::UnknownSite)?.as_ref(), &headers)
}

fn statement(site: &LiveSite, headers: &HeaderMap) -> Result<Response, Problem> {
    let gpc = site.gate.gpc.as_ref().ok_or(ProblemType::UnknownRoute)?;
    let text = json!({ "gpc": gpc.abides, "lastUpdate": gpc.since }).to_string();
    Ok(Content::plain("application/json", Bytes::from(text)).respond(headers, CACHE))
}
