//! Every error that the API can answer with, as it stands on the wire.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use server::log::writer::Limits;
use shared::decision::{Decision, Layer, Method};
use shared::problem::{ProblemDocument, ProblemType};

use crate::support::stub::{Does, Dry, Stub};
use crate::support::{Answer, HTTPS, World, accept, consent, decision, json, reject};

#[tokio::test]
async fn every_problem_type_is_answered_as_documented() {
    let mut answers = of_decisions().await;
    answers.extend(of_reading().await);
    answers.extend(of_the_server_itself().await);
    let mut text = String::new();
    let mut seen = BTreeSet::new();
    for (name, answer) in &answers {
        writeln!(text, "## {name}\n{}\n", answer.snapshot()).unwrap();
        assert_eq!(answer.header("content-type"), "application/problem+json", "{name}");
        let document: ProblemDocument = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(document.status, answer.status.as_u16(), "{name}");
        seen.insert(document.r#type);
    }
    let known: BTreeSet<_> = ProblemType::ALL.iter().map(|problem| problem.uri().to_owned()).collect();
    assert_eq!(seen, known, "each type has a request here that gets it");
    insta::assert_snapshot!(text);
}

type Answers = Vec<(&'static str, Answer)>;

async fn of_decisions() -> Answers {
    let world = World::new().await;
    let with = |body: Body| consent("riverside").header("origin", HTTPS).body(body).unwrap();
    let edited = |edit: fn(&mut Decision)| {
        let mut decision = decision(9, Method::Save, &["media"]);
        edit(&mut decision);
        json(&decision)
    };
    world.post(HTTPS, &accept(1), "").await;
    let form = Request::post("/v1/sites/riverside/consents").header("origin", HTTPS).header("content-type", "text/plain");
    let announced = consent("riverside").header("origin", HTTPS).header("content-length", "8193").body(Body::empty()).unwrap();
    let long = Body::from(vec![b' '; 8193]);
    vec![
        ("a body that is no JSON", world.send(with(Body::from("granted=all"))).await),
        ("a body with an unknown member", world.send(with(Body::from(r#"{"grant":"all"}"#))).await),
        ("a body that is declared as text", world.send(form.body(json(&reject(2))).unwrap()).await),
        ("a body announced as longer than 8 KiB", world.send(announced).await),
        ("a body that turns out longer than 8 KiB", world.send(with(long)).await),
        ("a site that is not there", world.post_to("elsewhere", HTTPS, &reject(2), "").await),
        ("a page of another origin", world.post("https://riverside.example.evil.example", &reject(2), "").await),
        ("a page without an origin", world.send(consent("riverside").body(json(&reject(2))).unwrap()).await),
        ("a sandboxed page", world.post("null", &reject(2), "").await),
        ("a version that was never published", world.send(with(edited(|decision| decision.policy = decision.policy.next()))).await),
        (
            "a purpose that was not shown (CON-04)",
            world.send(with(edited(|decision| decision.granted = vec!["ads".parse().unwrap()]))).await,
        ),
        ("a grant by the page's script (CON-02)", world.send(with(edited(|decision| decision.layer = Layer::Page))).await),
        ("a language that was not published", world.send(with(edited(|decision| decision.language = "fr".parse().unwrap()))).await),
        ("an id that was used for another decision", world.post(HTTPS, &reject(1), "").await),
        ("another method", world.send(Request::put("/v1/sites/riverside/consents").body(Body::empty()).unwrap()).await),
    ]
}

async fn of_reading() -> Answers {
    let world = World::new().await;
    let receipt = world.post(HTTPS, &accept(1), "").await.receipt();
    let known = format!("/v1/sites/riverside/consents/{}", receipt.record.id);
    let unknown = format!("/v1/sites/riverside/consents/{}", reject(2).record);
    let with = |path: &str, salt: String| Request::get(path).header("placet-salt", salt).body(Body::empty()).unwrap();
    let salt = receipt.salt.to_string();
    let wrong = "0".repeat(64);
    let answers = vec![
        ("a record without a salt", world.get(&known).await),
        ("a record with another salt", world.send(with(&known, wrong)).await),
        ("a record that is not there", world.send(with(&unknown, salt.clone())).await),
        ("a record of another site", world.send(with(&known.replace("riverside", "academy"), salt.clone())).await),
        ("a record whose id is none", world.send(with("/v1/sites/riverside/consents/1", salt.clone())).await),
    ];
    let snapshots: BTreeSet<_> = answers.iter().map(|(_, answer)| answer.snapshot()).collect();
    assert_eq!(snapshots.len(), 1, "nobody can tell from the answer whether a record exists (DSR-01)");
    let mut answers = answers;
    answers.extend([
        ("a record of a site that is not there", world.send(with(&known.replace("riverside", "elsewhere"), salt)).await),
        ("a loader of a site that is not there", world.get("/s/elsewhere.js").await),
        ("a loader without its ending", world.get("/s/riverside").await),
        ("layers of a site that is not there", world.get("/s/elsewhere/layers").await),
        ("layers of a version that was never published", world.get("/s/riverside/layers?version=2").await),
        ("a policy of a site that is not there", world.get("/v1/sites/elsewhere/policy").await),
        ("a policy version that was never published", world.get("/v1/sites/riverside/policy?version=2").await),
        ("a policy version that is no number", world.get("/v1/sites/riverside/policy?version=0").await),
        ("an asset that is not there", world.get("/a/../Cargo.toml").await),
        ("a path that is not there", world.get("/admin").await),
    ]);
    answers
}

async fn of_the_server_itself() -> Answers {
    // Only here, where no store works outside the runtime: waiting then takes no time.
    tokio::time::pause();
    let failing = World::over(Arc::new(Stub(Does::Fail)), Limits::default()).await;
    let hanging = World::over(Arc::new(Stub(Does::Hang)), Limits { batch: 1, queue: 1 }).await;
    let panicking = World::over(Arc::new(Stub(Does::Panic)), Limits::default()).await;
    let dry = World::with(tempfile::tempdir().unwrap(), Arc::new(Stub(Does::Fail)), Arc::new(Dry), Limits::default()).await;
    let receipt = Request::get(format!("/v1/sites/riverside/consents/{}", reject(1).record)).header("placet-salt", "0".repeat(64));
    let receipt_again = Request::get(format!("/v1/sites/riverside/consents/{}", reject(1).record)).header("placet-salt", "0".repeat(64));
    let (first, second, third) = (reject(1), reject(2), reject(3));
    // The first is being written, the second waits, the third finds no room.
    let after = |seconds| tokio::time::sleep(std::time::Duration::from_secs(seconds));
    let (late, _, busy) = tokio::join!(
        hanging.post(HTTPS, &first, ""),
        async {
            after(1).await;
            hanging.post(HTTPS, &second, "").await
        },
        async {
            after(2).await;
            hanging.post(HTTPS, &third, "").await
        }
    );
    vec![
        ("a store that fails", failing.post(HTTPS, &accept(1), "").await),
        ("a store that fails to read", failing.send(receipt.body(Body::empty()).unwrap()).await),
        ("a store that fails, asked whether it is ready", failing.get("/readyz").await),
        ("a store that does not answer", late),
        ("a store that does not keep up", busy),
        ("a handler that panics", panicking.send(receipt_again.body(Body::empty()).unwrap()).await),
        ("no randomness", dry.post(HTTPS, &reject(1), "").await),
    ]
}
