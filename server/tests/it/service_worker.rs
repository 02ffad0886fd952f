//! The service worker of a site: what it may work for and what it is given to work on.

use server::site::Gate;
use server::site::modes::Modes;

use crate::support::World;

fn gate() -> Gate {
    let list = |urls: &[&str]| urls.iter().map(|url| (*url).to_owned().try_into().unwrap()).collect::<Vec<_>>();
    let urls = [("login", list(&["sign-in.example"])), ("counter", list(&["counter.example", "/collect/"]))];
    let mut gate = Gate::default();
    gate.urls.extend(urls.into_iter().map(|(id, urls)| (id.parse().unwrap(), urls)));
    gate.modes = Modes { hosts: list(&["cdn.example"]), worker: true };
    gate
}

#[tokio::test]
async fn the_worker_may_work_for_the_whole_origin_and_ask_for_what_the_page_asked() {
    let answer = World::behind(&gate()).await.get("/s/riverside/worker.js").await;
    assert_eq!(answer.status.as_u16(), 200);
    for (name, value) in [
        ("service-worker-allowed", "/"),
        ("content-type", "text/javascript; charset=utf-8"),
        ("cache-control", "no-cache"),
        ("content-security-policy", "default-src *"),
    ] {
        assert_eq!(answer.header(name), value);
    }
}

#[tokio::test]
async fn it_knows_what_waits_what_does_not_and_the_services_that_the_site_does_not_name() {
    let answer = World::behind(&gate()).await.get("/s/riverside/worker.js").await;
    let text = String::from_utf8(answer.body).unwrap();
    let (_, data) = text.split_once("const data = ").unwrap();
    let data: serde_json::Value = serde_json::from_str(data.split_once(";\n").unwrap().0).unwrap();
    assert_eq!(data["waits"], serde_json::json!([[0, 0, "counter.example", "/collect/"]]));
    assert_eq!(data["always"], serde_json::json!(["cdn.example", "sign-in.example"]));
    assert_eq!([&data["since"], &data["version"], &data["days"], &data["purposes"], &data["services"]], [1, 1, 180, 2, 2]);
    assert!(data["never"].as_array().unwrap().iter().any(|url| url == "google-analytics.com"));
}

#[tokio::test]
async fn where_it_is_not_switched_on_a_worker_that_is_still_there_removes_itself() {
    let world = World::new().await;
    let answer = world.get("/s/riverside/worker.js").await;
    assert!(String::from_utf8(answer.body).unwrap().contains("registration.unregister()"));
    let loader = String::from_utf8(world.get("/s/riverside.js").await.body).unwrap();
    assert!(!loader.contains("serviceWorker"), "without it the loader registers none");
    let loader = String::from_utf8(World::behind(&gate()).await.get("/s/riverside.js").await.body).unwrap();
    assert!(loader.contains("serviceWorker"));
    assert_eq!(world.get("/s/nobody/worker.js").await.status.as_u16(), 404);
}
