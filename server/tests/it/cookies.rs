//! What the server leaves in the browser: as little as the choice allows.

use shared::decision::{Layer, Method};

use crate::support::{HTTP, HTTPS, World, accept, consent, decision, json, reject};

#[tokio::test]
async fn ck_01_ck_02_ck_03_on_https_both_cookies_are_pinned_to_the_host() {
    let world = World::new().await;
    let cookies = world.post(HTTPS, &accept(1), "").await.cookies();
    insta::assert_snapshot!(cookies.join("\n"), @"
    __Host-placet=1.1.20782.3; SameSite=Lax; Secure; Path=/; Max-Age=15552000
    __Host-placet-id=af5570f5a1810b7af78caf4bc70a660f; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=15552000
    ");
    assert!(cookies.iter().all(|cookie| !cookie.to_lowercase().contains("domain")), "a __Host- cookie has no Domain");
}

#[tokio::test]
async fn on_plain_http_the_names_have_no_prefix_because_browsers_would_refuse_it() {
    let world = World::new().await;
    let cookies = world.post(HTTP, &accept(1), "").await.cookies();
    insta::assert_snapshot!(cookies.join("\n"), @"
    placet=1.1.20782.3; SameSite=Lax; Path=/; Max-Age=15552000
    placet-id=af5570f5a1810b7af78caf4bc70a660f; HttpOnly; SameSite=Lax; Path=/; Max-Age=15552000
    ");
}

#[tokio::test]
async fn pbd_07_page_scripts_can_read_the_state_but_never_the_id() {
    let world = World::new().await;
    for origin in [HTTP, HTTPS] {
        let cookies = world.post(origin, &accept(1), "").await.cookies();
        assert_eq!(cookies.iter().map(|cookie| cookie.contains("HttpOnly")).collect::<Vec<_>>(), [false, true]);
    }
}

#[tokio::test]
async fn pbd_06_two_people_who_refuse_on_one_day_hold_the_same_bytes_and_no_id() {
    let world = World::new().await;
    let one = world.post(HTTPS, &reject(1), "").await.cookies();
    world.clock.advance(0, 3_600_000);
    let other = world.post(HTTPS, &reject(2), "").await.cookies();
    assert_eq!(one, other);
    assert_eq!(one, ["__Host-placet=1.1.20782.0; SameSite=Lax; Secure; Path=/; Max-Age=15552000"]);
}

#[tokio::test]
async fn con_09_withdrawing_everything_removes_the_id() {
    let world = World::new().await;
    let id = world.post(HTTPS, &accept(1), "").await.receipt().record.anonymous_id.unwrap();
    let mut withdrawal = decision(2, Method::Withdraw, &[]);
    withdrawal.layer = Layer::Control;
    let cookies = world.post(HTTPS, &withdrawal, &format!("__Host-placet-id={id}")).await.cookies();
    insta::assert_snapshot!(cookies.join("\n"), @"
    __Host-placet=1.1.20782.0; SameSite=Lax; Secure; Path=/; Max-Age=15552000
    __Host-placet-id=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0
    ");
}

#[tokio::test]
async fn an_id_that_is_none_is_removed_by_a_refusal_and_replaced_by_a_grant() {
    let world = World::new().await;
    let cookies = world.post(HTTPS, &reject(1), "__Host-placet-id=tracker").await.cookies();
    assert!(cookies[1].starts_with("__Host-placet-id=; ") && cookies[1].contains("Max-Age=0"), "{cookies:?}");
    let grant = world.post(HTTPS, &accept(2), "__Host-placet-id=tracker").await;
    let id = grant.receipt().record.anonymous_id.unwrap();
    assert!(grant.cookies()[1].starts_with(&format!("__Host-placet-id={id};")));
}

#[tokio::test]
async fn the_cookies_of_the_other_scheme_do_not_count() {
    let world = World::new().await;
    let id = world.post(HTTPS, &accept(1), "").await.receipt().record.anonymous_id.unwrap();
    let record = world.post(HTTPS, &accept(2), &format!("placet-id={id}")).await.receipt().record;
    assert_ne!(record.anonymous_id, Some(id), "a plain connection could have planted it");
}

#[tokio::test]
async fn a_page_on_another_origin_gets_no_cookie_from_the_server() {
    let world = World::new().await;
    for (site, cookies) in [("cross-site", 0), ("same-site", 0), ("same-origin", 2)] {
        let request = consent("riverside").header("origin", HTTPS).header("sec-fetch-site", site);
        let answer = world.send(request.body(json(&accept(1))).unwrap()).await;
        assert_eq!((answer.status.is_success(), answer.cookies().len()), (true, cookies), "{site}");
    }
}

#[tokio::test]
async fn a_decision_that_arrives_late_does_not_undo_a_newer_choice() {
    let world = World::new().await;
    let late_grant = world.post(HTTPS, &accept(1), "__Host-placet=1.1.20782.0").await;
    assert_eq!((late_grant.status.as_u16(), late_grant.cookies().len()), (201, 0));
    let fresh_grant = world.post(HTTPS, &accept(2), "__Host-placet=1.1.20781.3").await;
    assert_eq!(fresh_grant.cookies().len(), 2, "the same choice on another day is the same choice");
    let after_garbage = world.post(HTTPS, &accept(3), "__Host-placet=%%%; other").await;
    assert_eq!(after_garbage.cookies().len(), 2, "con_15: a corrupt cookie is no choice");
}
