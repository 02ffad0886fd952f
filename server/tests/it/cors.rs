//! Who may record from another origin (SEC-13).

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{Method, Request};

use crate::support::{Answer, HTTP, HTTPS, World, accept};

#[tokio::test]
async fn a_preflight_is_granted_to_the_sites_own_origins_only() {
    let world = World::new().await;
    let paths = ["/v1/sites/riverside/consents", "/v1/sites/riverside/consents/2f6b5d1e-8c1f-4a53-9d0e-0f6f3f1c7a11"];
    let mut text = String::new();
    for path in paths {
        for origin in [HTTPS, "https://evil.example"] {
            writeln!(text, "## {path} from {origin}\n{}\n", preflight(&world, path, origin).await.snapshot()).unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn sec_13_credentials_are_never_allowed_across_origins() {
    let world = World::new().await;
    let answers = [world.post(HTTPS, &accept(1), "").await, preflight(&world, "/v1/sites/riverside/consents", HTTPS).await];
    for answer in answers {
        assert_eq!(answer.header("access-control-allow-origin"), HTTPS);
        assert!(!answer.headers.contains_key("access-control-allow-credentials"));
    }
}

#[tokio::test]
async fn every_answer_of_a_recording_route_varies_by_origin() {
    let world = World::new().await;
    for origin in [HTTP, HTTPS, "https://evil.example"] {
        let answer = world.post(origin, &accept(1), "").await;
        assert_eq!(answer.header("vary"), "origin");
        let named = answer.header("access-control-allow-origin");
        assert_eq!(named, if answer.status.is_success() { origin } else { "" });
    }
}

async fn preflight(world: &World, path: &str, origin: &str) -> Answer {
    let request = Request::builder().method(Method::OPTIONS).uri(path).header("origin", origin);
    let request = request.header("access-control-request-method", "POST").header("access-control-request-headers", "content-type");
    world.send(request.body(Body::empty()).unwrap()).await
}
