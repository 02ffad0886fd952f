//! The policy that a page is given for what its visitor allows: as the loader would read the cookie, and
//! strictest where there is none.

use axum::body::Body;
use axum::http::Request;
use server::site::Gate;
use server::site::modes::Modes;

use crate::support::{Answer, World};

fn gate() -> Gate {
    let list = |urls: &[&str]| urls.iter().map(|url| (*url).to_owned().try_into().unwrap()).collect::<Vec<_>>();
    let urls = [
        ("login", list(&["sign-in.example"])),
        ("counter", list(&["counter.example", "/collect/"])),
        ("video", list(&["video.example/embed/", "127.0.0.1"])),
    ];
    let mut gate = Gate::default();
    gate.urls.extend(urls.into_iter().map(|(id, urls)| (id.parse().unwrap(), urls)));
    gate.modes = Modes { hosts: list(&["cdn.example"]), worker: true };
    gate
}

async fn asked(headers: &[(&str, &str)]) -> Answer {
    let world = World::behind(&gate()).await;
    let mut request = Request::get("/s/riverside/csp");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    world.send(request.body(Body::empty()).unwrap()).await
}

/// The third parties that the answer opens.
async fn opened(headers: &[(&str, &str)]) -> Vec<String> {
    let answer = asked(headers).await;
    let all = ["sign-in.example", "cdn.example", "counter.example", "video.example", "127.0.0.1"];
    all.into_iter().filter(|host| answer.header("placet-csp").contains(&format!(" {host}:*"))).map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn epd_01_without_a_choice_the_policy_names_nobody_who_waits() {
    insta::assert_snapshot!(asked(&[]).await.snapshot().replace(' ', "\n"));
}

#[tokio::test]
async fn what_is_granted_is_opened_and_a_services_own_state_wins() {
    let always = ["sign-in.example", "cdn.example"];
    for (state, more) in [
        ("1.1.20782.0", &[][..]),
        ("1.1.20782.1", &["counter.example"]),
        ("1.1.20782.2", &["video.example", "127.0.0.1"]),
        ("1.1.20782.3", &["counter.example", "video.example", "127.0.0.1"]),
        ("1.1.20782.3.1", &["video.example", "127.0.0.1"]),
        ("1.1.20782.0.1", &["counter.example"]),
    ] {
        assert_eq!(opened(&[("cookie", &format!("a=b; __Host-placet={state}"))]).await, [&always[..], more].concat(), "{state}");
    }
}

#[tokio::test]
async fn con_13_con_15_a_choice_that_the_loader_would_not_take_opens_nothing() {
    for state in [
        "1.2.20782.3",   // a version that was never published
        "1.1.20601.3",   // 181 days ago
        "1.1.20784.3",   // two days ahead
        "1.1.20782.7",   // a purpose that is not there
        "1.1.20782.3.4", // a service that is not there
        "2.1.20782.3",
        "%%%",
    ] {
        assert_eq!(opened(&[("cookie", &format!("__Host-placet={state}"))]).await, ["sign-in.example", "cdn.example"], "{state}");
    }
    for state in ["1.1.20602.3", "1.1.20783.3"] {
        assert_eq!(opened(&[("cookie", &format!("__Host-placet={state}"))]).await.len(), 5, "{state}");
    }
}

#[tokio::test]
async fn the_cookie_of_the_pages_scheme_counts() {
    let (granted, plain) = ("__Host-placet=1.1.20782.3", "placet=1.1.20782.3");
    for (scheme, cookie, count) in [
        (Some("https"), granted, 5),
        (Some("https"), plain, 2),
        (Some("http"), granted, 2),
        (Some("http"), plain, 5),
        (None, granted, 5),
        (None, plain, 5),
        (None, "placet=1.1.20782.3; __Host-placet=1.1.20782.0", 2),
    ] {
        let scheme = scheme.map(|scheme| ("x-forwarded-proto", scheme));
        let headers: Vec<_> = [Some(("cookie", cookie)), scheme].into_iter().flatten().collect();
        assert_eq!(opened(&headers).await.len(), count, "{headers:?}");
    }
}

#[tokio::test]
async fn an_unknown_site_is_said_to_be_unknown() {
    let world = World::behind(&gate()).await;
    assert_eq!(world.get("/s/nobody/csp").await.status.as_u16(), 404);
}
