//! The HTTP API: one file per operation, put together here.

use axum::Router;
use axum::extract::{FromRef, RawPathParams, State};
use axum::http::HeaderMap;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, options, post};
use shared::problem::ProblemType;
use shared::{paths, wire};
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::App;
use crate::demo;
use crate::http::cors::{Allowed, cors, preflight};
use crate::http::envelope::{RequestIds, envelope, panicked};
use crate::problem::Problem;
use crate::sites::Sites;

pub mod asset;
pub mod csp;
pub mod gpc;
pub mod health;
pub mod layers;
pub mod loader;
pub mod policy;
pub mod ready;
pub mod record_consent;
pub mod show_consent;
pub mod worker;

/// What a page on another origin must be allowed to record.
const POSTING: Allowed = Allowed { method: "POST", header: "content-type" };

/// What a page on another origin must be allowed to fetch a receipt again.
const SHOWING: Allowed = Allowed { method: "GET", header: wire::SALT_HEADER };

/// Every route of a server.
pub fn router(app: App) -> Router {
    let named = from_fn_with_state(Sites::from_ref(&app), cors);
    let consents = post(record_consent::handle).merge(preflights(POSTING)).layer(named.clone());
    let consent = get(show_consent::handle).merge(preflights(SHOWING)).layer(named);
    let router = Router::new()
        .route(paths::LOADER, get(loader::handle))
        .route(paths::LAYERS, get(layers::handle))
        .route(paths::CSP, get(csp::handle))
        .route(paths::WORKER, get(worker::handle))
        .route(paths::GPC, get(gpc::of_site))
        .route(paths::GPC_WELL_KNOWN, get(gpc::of_host))
        .route(paths::ASSET, get(asset::handle))
        .route(paths::POLICY, get(policy::handle))
        .route(paths::CONSENTS, consents)
        .route(paths::CONSENT, consent)
        .route(paths::HEALTH, get(health::handle))
        .route(paths::READY, get(ready::handle));
    let router = match app.demo() {
        Some(site) => router.merge(demo::routes(site)),
        None => router,
    };
    router
        .fallback(|| async { Problem::from(ProblemType::UnknownRoute) })
        .method_not_allowed_fallback(|| async { Problem::from(ProblemType::MethodNotAllowed) })
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(RequestIds::from_ref(&app), envelope))
        .with_state(app)
}

fn preflights(allowed: Allowed) -> MethodRouter<App> {
    options(move |State(sites): State<Sites>, params: RawPathParams, headers: HeaderMap| async move {
        preflight(allowed, &sites, &params, &headers)
    })
}
