//! What browsers fetch and may keep: the loader, the layers, the banner's files, the policy.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use server::assets::Assets;
use shared::policy::view::PolicyView;

use crate::support::{Answer, World};

const MONTHS: &str = "public, max-age=31536000, immutable";
const MINUTES: &str = "public, max-age=300";

#[tokio::test]
async fn the_loader_is_one_classic_script_in_the_asked_language() {
    let world = World::new().await;
    let english = world.get("/s/riverside.js").await;
    assert_eq!(english.header("content-type"), "text/javascript; charset=utf-8");
    assert!(!text(&english).contains("__PLACET__") && text(&english).contains("accept_all (en)"));
    for (query, word) in
        [("?language=cy-GB", "accept_all (cy)"), ("?language=fr", "accept_all (en)"), ("?language=en_US", "accept_all (en)")]
    {
        let answer = world.get(&format!("/s/riverside.js{query}")).await;
        assert!(text(&answer).contains(word), "{query}");
    }
}

#[tokio::test]
async fn the_layers_come_as_json_in_the_asked_language() {
    let world = World::new().await;
    let layers = world.get("/s/riverside/layers?language=cy").await;
    assert_eq!((layers.header("content-type"), layers.header("access-control-allow-origin")), ("application/json", "*"));
    assert_eq!(layers.json()["language"], "cy");
}

#[tokio::test]
async fn sec_08_what_pages_load_may_be_loaded_by_any_page_and_kept_for_its_time() {
    let world = World::new().await;
    let assets = Assets::embedded().unwrap();
    let (glue, wasm) = (format!("/{}", assets.glue), format!("/{}", assets.wasm));
    for (path, media_type, cache) in [
        ("/s/riverside.js", "text/javascript; charset=utf-8", MINUTES),
        ("/s/riverside/layers", "application/json", MINUTES),
        (glue.as_str(), "text/javascript; charset=utf-8", MONTHS),
        (wasm.as_str(), "application/wasm", MONTHS),
        ("/a/placet.d.ts", "text/plain; charset=utf-8", MINUTES),
        ("/v1/sites/riverside/policy", "application/json", MINUTES),
        ("/v1/sites/riverside/policy?version=1", "application/json", MONTHS),
    ] {
        let answer = world.get(path).await;
        let facts = [
            answer.header("content-type"),
            answer.header("cache-control"),
            answer.header("cross-origin-resource-policy"),
            answer.header("access-control-allow-origin"),
            answer.header("x-content-type-options"),
            answer.header("vary"),
        ];
        assert_eq!(facts, [media_type, cache, "cross-origin", "*", "nosniff", "accept-encoding"], "{path}");
        let again = Request::get(path).header("if-none-match", answer.header("etag")).body(Body::empty()).unwrap();
        let again = world.send(again).await;
        assert_eq!((again.status, again.body.len(), again.header("cache-control")), (StatusCode::NOT_MODIFIED, 0, cache), "{path}");
    }
}

#[tokio::test]
async fn each_compressed_form_is_sent_to_who_takes_it_under_its_own_validator() {
    let world = World::new().await;
    let mut validators = Vec::new();
    for (accepted, encoding) in [("br, gzip", "br"), ("gzip", "gzip"), ("identity", "")] {
        let request = Request::get("/s/riverside.js").header("accept-encoding", accepted).body(Body::empty()).unwrap();
        let answer = world.send(request).await;
        assert_eq!(answer.header("content-encoding"), encoding);
        validators.push(answer.header("etag").to_owned());
    }
    validators.dedup();
    assert_eq!(validators.len(), 3);
}

#[tokio::test]
async fn rec_08_a_published_version_is_given_as_it_was_shown() {
    let world = World::new().await;
    let view: PolicyView = serde_json::from_slice(&world.get("/v1/sites/riverside/policy?language=cy&version=1").await.body).unwrap();
    assert_eq!((view.version.get(), view.language.as_str(), view.purposes.len()), (1, "cy", 3));
}

#[tokio::test]
async fn the_process_says_that_it_lives_and_that_it_can_record() {
    let world = World::new().await;
    assert_eq!(world.get("/healthz").await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.get("/readyz").await.status, StatusCode::NO_CONTENT);
}

fn text(answer: &Answer) -> &str {
    std::str::from_utf8(&answer.body).unwrap()
}
