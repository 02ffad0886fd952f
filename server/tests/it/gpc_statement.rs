//! What a site says of Global Privacy Control (GPC-04).

use axum::body::Body;
use axum::http::Request;
use server::clock::MockClock;
use server::publish::publish;
use server::site::gpc::Gpc;
use server::site::{Gate, ListedOrigin, Site};
use server::sites::{LiveSite, Sites};
use server::store::sqlite::SqliteStore;
use shared::time::UnixMillis;

use crate::support::{HTTP, HTTPS, NOW, World};

fn gate(abides: bool) -> Gate {
    let mut gate = Gate::default();
    gate.gpc.replace(Gpc { abides, since: "2026-11-25".to_owned() });
    gate
}

#[tokio::test]
async fn gpc_04_the_statement_is_json_with_a_boolean_and_a_day() {
    for abides in [true, false] {
        let answer = World::behind(&gate(abides)).await.get("/s/riverside/gpc.json").await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
        assert_eq!(answer.json(), serde_json::json!({ "gpc": abides, "lastUpdate": "2026-11-25" }));
    }
    assert_eq!(World::new().await.get("/s/riverside/gpc.json").await.status.as_u16(), 404, "who says nothing has no statement");
}

#[tokio::test]
async fn gpc_04_at_the_well_known_place_nobody_speaks_for_a_host_that_two_sites_have_or_none() {
    let world = World::behind(&gate(true)).await;
    for host in ["riverside.example", "nobody.example"] {
        let request = Request::get("/.well-known/gpc.json").header("host", host).body(Body::empty()).unwrap();
        assert_eq!(world.send(request).await.status.as_u16(), 404, "{host}");
    }
}

#[test]
fn gpc_04_the_site_file_says_it_and_it_is_no_part_of_what_visitors_were_shown() {
    let sample = include_str!("../../demo/demo.toml");
    let site = |text: &str| Site::parse(&"demo".parse().unwrap(), text, "demo.toml").unwrap();
    let said = site(&sample.replace("[controller]", "gpc = true\ngpc_since = 2026-11-25\n\n[controller]"));
    assert_eq!(said.gate.gpc, Some(Gpc { abides: true, since: "2026-11-25".to_owned() }));
    assert_eq!(said.policy, site(sample).policy);
}

#[tokio::test]
async fn gpc_04_a_site_that_alone_has_the_host_speaks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let clock = MockClock::new(UnixMillis::new(NOW).unwrap());
    let published = publish(&store, &clock, shared::testing::policy()).await.unwrap();
    let listed = [HTTPS, HTTP].map(|origin| ListedOrigin::Named(origin.parse().unwrap()));
    let site = LiveSite::new("riverside".parse().unwrap(), &listed, &[], published, gate(true));
    let sites: Sites = [site].into_iter().collect();
    for (host, found) in [
        ("riverside.example", true),
        ("Riverside.example", true),
        ("localhost:8080", true),
        ("localhost", false),
        ("riverside.example:8080", false),
        ("", false),
    ] {
        assert_eq!(sites.only_one_at(host).is_some(), found, "{host}");
    }
}
