//! Cookies that page scripts cannot remove are expired with the answer to a decision (CK-11).

use crate::support::{HTTP, HTTPS, World, accept, consent, decision, json, reject};
use shared::decision::Method;

/// The id that somebody has who granted something before, on https and on http.
const SECURE_ID: &str = "__Host-placet-id=00000000000000000000000000000000";
const PLAIN_ID: &str = "placet-id=00000000000000000000000000000000";

/// What is expired by the answer: all but Placet's own cookies.
fn expired(cookies: &[String]) -> Vec<&str> {
    cookies.iter().map(String::as_str).filter(|cookie| !cookie.contains("placet")).collect()
}

#[tokio::test]
async fn ck_11_con_10_a_refused_services_cookies_are_expired_for_the_host_and_each_domain_above_it() {
    let world = World::new().await;
    let cookies =
        world.post(HTTPS, &reject(1), &format!("{SECURE_ID}; _counter_1=a; session=b; other=c; placet=d; __Host-placet=e")).await.cookies();
    assert_eq!(
        expired(&cookies),
        ["_counter_1=; Max-Age=0; Path=/; Secure", "_counter_1=; Max-Age=0; Path=/; Domain=riverside.example; Secure"]
    );
    let plain = world.post(HTTP, &reject(2), &format!("{PLAIN_ID}; _counter_1=a; _counter_2=b")).await.cookies();
    assert_eq!(expired(&plain), ["_counter_1=; Max-Age=0; Path=/", "_counter_2=; Max-Age=0; Path=/"], "a host without a domain");
}

#[tokio::test]
async fn ck_11_what_a_granted_or_necessary_service_or_nobody_declares_stays() {
    let world = World::new().await;
    for (seed, decision) in [accept(1), decision(2, Method::Save, &["analytics"])].iter().enumerate() {
        let cookies = world.post(HTTPS, decision, &format!("{SECURE_ID}; _counter_1=a; session=b; other=c")).await.cookies();
        assert!(expired(&cookies).is_empty(), "{seed}: {cookies:?}");
    }
    let cookies = world.post(HTTPS, &reject(3), &format!("{SECURE_ID}; session=b; other=c")).await.cookies();
    assert!(expired(&cookies).is_empty(), "{cookies:?}");
}

#[tokio::test]
async fn ck_11_a_refused_services_exception_counts_although_its_purpose_is_granted() {
    let world = World::new().await;
    let mut save = decision(1, Method::Save, &["analytics"]);
    save.services_refused = vec!["counter".parse().unwrap()];
    let cookies = world.post(HTTP, &save, &format!("{PLAIN_ID}; _counter_1=a")).await.cookies();
    assert_eq!(expired(&cookies), ["_counter_1=; Max-Age=0; Path=/"]);
}

#[tokio::test]
async fn ck_11_neither_another_origin_nor_a_late_decision_expires_anything() {
    let world = World::new().await;
    let request = consent("riverside")
        .header("origin", HTTPS)
        .header("sec-fetch-site", "same-site")
        .header("cookie", format!("{SECURE_ID}; _counter_1=a"));
    assert!(world.send(request.body(json(&reject(1))).unwrap()).await.cookies().is_empty());
    assert!(world.post(HTTPS, &reject(2), &format!("{SECURE_ID}; __Host-placet=1.1.20782.3; _counter_1=a")).await.cookies().is_empty());
}

#[tokio::test]
async fn fr_06_with_the_answer_to_a_first_refusal_nothing_that_was_there_is_touched() {
    let world = World::new().await;
    assert!(expired(&world.post(HTTPS, &reject(1), "_counter_1=a").await.cookies()).is_empty());
}

#[tokio::test]
async fn ck_11_many_cookies_do_not_make_the_answers_head_too_long_and_odd_names_are_no_fault() {
    let world = World::new().await;
    let many: Vec<_> = (0..200).map(|at| format!("_counter_{at}=x")).collect();
    let answer = world.post(HTTPS, &reject(1), &format!("{SECURE_ID}; {}", many.join("; "))).await;
    assert_eq!((answer.status.as_u16(), expired(&answer.cookies()).len()), (201, 30));
    let odd = world.post(HTTPS, &reject(2), &format!("{SECURE_ID}; _counter_=; _counter_%0d%0a=x; =; ;;_counter_\u{e9}=1")).await;
    assert_eq!(odd.status.as_u16(), 201);
}
