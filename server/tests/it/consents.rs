//! Decisions become records: once, linked, under the policy that was shown.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use shared::decision::{Layer, Method};
use shared::wire::Receipt;

use crate::support::{Answer, HTTP, HTTPS, World, accept, decision, reject};

#[tokio::test]
async fn con_12_a_grant_is_answered_with_a_receipt_of_what_the_server_knows() {
    let world = World::new().await;
    insta::assert_snapshot!(world.post(HTTPS, &accept(1), "").await.snapshot());
}

#[tokio::test]
async fn pbd_06_a_refusal_is_recorded_without_any_identifier() {
    let world = World::new().await;
    insta::assert_snapshot!(world.post(HTTPS, &reject(1), "").await.snapshot());
}

#[tokio::test]
async fn the_stored_row_is_exactly_the_records_canonical_bytes() {
    let world = World::new().await;
    let receipt = world.post(HTTPS, &accept(1), "").await.receipt();
    let row = world.store.record(&receipt.record.site, receipt.record.id).await.unwrap().unwrap();
    assert_eq!(row.body, receipt.record.canonical_json().unwrap());
    assert_eq!((row.salt, row.seq), (receipt.salt, 1));
}

#[tokio::test]
async fn the_same_decision_sent_again_gets_the_same_receipt_and_makes_no_second_record() {
    let world = World::new().await;
    let first = world.post(HTTPS, &accept(1), "").await;
    world.clock.advance(1, 0);
    let again = world.post(HTTPS, &accept(1), "").await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!((&first.body, first.cookies()), (&again.body, again.cookies()));
    assert_eq!(world.store.count(&"riverside".parse().unwrap()).await.unwrap(), 1);
}

#[tokio::test]
async fn equal_requests_at_once_are_recorded_once_and_all_get_one_receipt() {
    let world = World::new().await;
    let decision = accept(1);
    let requests = (0..8).map(|_| world.post(HTTPS, &decision, ""));
    let answers = futures(requests).await;
    let created = answers.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
    assert_eq!(created, 1);
    assert!(answers.iter().all(|answer| answer.body == answers[0].body));
    assert_eq!(world.store.count(&"riverside".parse().unwrap()).await.unwrap(), 1);
}

#[tokio::test]
async fn of_two_decisions_under_one_id_at_once_the_first_stands() {
    let world = World::new().await;
    let (grant, refusal) = (accept(1), reject(1));
    let (one, other) = tokio::join!(world.post(HTTPS, &grant, ""), world.post(HTTPS, &refusal, ""));
    assert_eq!((one.status, other.status), (StatusCode::CREATED, StatusCode::CONFLICT));
}

#[tokio::test]
async fn the_same_id_on_another_site_is_another_record() {
    let world = World::new().await;
    assert_eq!(world.post_to("riverside", HTTPS, &accept(1), "").await.status, StatusCode::CREATED);
    assert_eq!(world.post_to("academy", HTTPS, &accept(1), "").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn con_11_a_later_choice_follows_the_earlier_one_under_the_same_id() {
    let world = World::new().await;
    let first = world.post(HTTPS, &accept(1), "").await.receipt();
    let cookie = id_cookie(&first);
    let second = world.post(HTTPS, &decision(2, Method::Save, &["media"]), &cookie).await.receipt();
    let mut withdrawal = decision(3, Method::Withdraw, &[]);
    withdrawal.layer = Layer::Control;
    let third = world.post(HTTPS, &withdrawal, &cookie).await.receipt();
    let chain = [&first, &second, &third].map(|receipt| (receipt.record.anonymous_id, receipt.record.follows));
    let id = first.record.anonymous_id;
    assert_eq!(chain, [(id, None), (id, Some(first.record.id)), (id, Some(second.record.id))]);
    assert_eq!(world.store.count(&first.record.site).await.unwrap(), 3, "withdrawing deletes nothing");
}

#[tokio::test]
async fn choices_of_one_browser_that_arrive_at_once_still_make_one_chain() {
    let world = World::new().await;
    let first = world.post(HTTPS, &accept(1), "").await.receipt();
    let cookie = id_cookie(&first);
    let decisions: Vec<_> = (2..10).map(|seed| decision(seed, Method::Save, &["media"])).collect();
    let receipts: Vec<_> =
        futures(decisions.iter().map(|decision| world.post(HTTPS, decision, &cookie))).await.iter().map(Answer::receipt).collect();
    let mut followed: Vec<_> = receipts.iter().map(|receipt| receipt.record.follows.unwrap()).collect();
    followed.sort();
    followed.dedup();
    assert_eq!(followed.len(), 8, "no record is followed twice");
}

#[tokio::test]
async fn con_16_an_id_that_this_sites_log_does_not_know_is_not_taken_over() {
    let world = World::new().await;
    let elsewhere = world.post_to("academy", HTTPS, &accept(1), "").await.receipt();
    let here = world.post(HTTPS, &accept(2), &id_cookie(&elsewhere)).await.receipt();
    assert_ne!(here.record.anonymous_id, elsewhere.record.anonymous_id);
    assert_eq!(here.record.follows, None);
    let refusal = world.post(HTTPS, &reject(3), "__Host-placet-id=00000000000000000000000000000000").await.receipt();
    assert_eq!((refusal.record.anonymous_id, refusal.record.follows), (None, None));
}

#[tokio::test]
async fn rec_07_the_time_is_the_servers_and_con_13_says_until_when_the_choice_holds() {
    let world = World::new().await;
    world.clock.advance(3, 0);
    let record = world.post(HTTP, &accept(1), "").await.receipt().record;
    assert_eq!(
        (record.recorded_at.to_string().as_str(), record.valid_until.to_string().as_str()),
        ("2026-11-28T09:05:00.120Z", "2027-05-27T09:05:00.120Z")
    );
}

#[tokio::test]
async fn the_receipts_holder_gets_the_receipt_again() {
    let world = World::new().await;
    let answer = world.post(HTTPS, &accept(1), "").await;
    let receipt = answer.receipt();
    let path = shared::paths::consent(&receipt.record.site, receipt.record.id);
    let again = Request::get(path).header("placet-salt", receipt.salt.to_string()).header("origin", HTTPS);
    let again = world.send(again.body(Body::empty()).unwrap()).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &answer.body));
    assert_eq!((again.header("cache-control"), again.header("access-control-allow-origin")), ("no-store", HTTPS));
}

fn id_cookie(receipt: &Receipt) -> String {
    format!("__Host-placet-id={}", receipt.record.anonymous_id.unwrap())
}

async fn futures<F: Future<Output = Answer>>(futures: impl Iterator<Item = F>) -> Vec<Answer> {
    let mut waiting: Vec<_> = futures.map(Box::pin).collect();
    let mut done: Vec<Option<Answer>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(move |context| {
        for (slot, future) in done.iter_mut().zip(&mut waiting).filter(|(slot, _)| slot.is_none()) {
            if let std::task::Poll::Ready(answer) = future.as_mut().poll(context) {
                *slot = Some(answer);
            }
        }
        if done.iter().all(Option::is_some) { std::task::Poll::Ready(done.drain(..).flatten().collect()) } else { std::task::Poll::Pending }
    })
    .await
}
