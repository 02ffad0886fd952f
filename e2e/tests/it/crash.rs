//! An answer of 201 means that the record is on disk, whatever happens next.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use anyhow::Result;
use e2e::server::{Placet, SiteFile};
use e2e::wait::until;
use serde_json::{Value, json};

const ORIGIN: &str = "http://school.example";
const VISITORS: usize = 16;
const ROUNDS: usize = 3;
const ENOUGH: usize = 150;

#[tokio::test]
async fn kill_9_under_a_stream_of_consents_loses_nothing_that_was_answered_and_doubles_nothing() -> Result<()> {
    let mut placet = Placet::builder().site(SiteFile::demo(&[ORIGIN])?).start()?;
    let answered = Arc::new(Mutex::new(BTreeSet::new()));
    let counter = Arc::new(AtomicU32::new(0));
    for round in 1..=ROUNDS {
        let url = format!("{}/v1/sites/demo/consents", placet.origin());
        let visitors: Vec<_> =
            (0..VISITORS).map(|_| tokio::spawn(consent_until_it_fails(url.clone(), Arc::clone(&counter), Arc::clone(&answered)))).collect();
        until("enough consents to be answered", async || Ok((lock(&answered).len() >= ENOUGH * round).then_some(()))).await?;
        placet.kill();
        let mut unanswered = Vec::new();
        for visitor in visitors {
            unanswered.push(visitor.await?);
        }
        placet.start()?;
        // A page sends what it has no answer for again, under the same id.
        for body in unanswered {
            let id = body["record"].as_str().unwrap_or_default().to_owned();
            let status = post(&reqwest::Client::new(), &url, &body).await?;
            assert!(status == 201 || status == 200, "round {round}: {status}");
            lock(&answered).insert(id);
        }
    }
    let records = placet.records("demo")?;
    let exported: Vec<String> = records.iter().filter_map(|record| record["id"].as_str().map(ToOwned::to_owned)).collect();
    let distinct: BTreeSet<String> = exported.iter().cloned().collect();
    assert_eq!(exported.len(), distinct.len(), "a record was exported twice");
    let lost: Vec<_> = lock(&answered).difference(&distinct).cloned().collect();
    assert!(lost.is_empty(), "answered but not exported: {lost:?}");
    assert_eq!(distinct.len(), lock(&answered).len(), "exported but never answered, not even when sent again");
    placet.stop()?;
    placet.assert_log_clean()
}

#[tokio::test]
async fn sigterm_finishes_what_was_accepted() -> Result<()> {
    let mut placet = Placet::builder().site(SiteFile::demo(&[ORIGIN])?).start()?;
    let answered = Arc::new(Mutex::new(BTreeSet::new()));
    let url = format!("{}/v1/sites/demo/consents", placet.origin());
    let counter = Arc::new(AtomicU32::new(0));
    let visitors: Vec<_> =
        (0..VISITORS).map(|_| tokio::spawn(consent_until_it_fails(url.clone(), Arc::clone(&counter), Arc::clone(&answered)))).collect();
    until("enough consents to be answered", async || Ok((lock(&answered).len() >= ENOUGH).then_some(()))).await?;
    let stopped = tokio::task::spawn_blocking(move || placet.stop().map(|()| placet));
    for visitor in visitors {
        visitor.await?;
    }
    let placet = stopped.await??;
    let exported: BTreeSet<String> =
        placet.records("demo")?.iter().filter_map(|record| record["id"].as_str().map(ToOwned::to_owned)).collect();
    let answered = lock(&answered).clone();
    assert!(answered.is_subset(&exported), "{:?}", answered.difference(&exported));
    placet.assert_log_clean()
}

/// Sends one consent after the other, notes each that is answered with 201, and gives back the one that was not.
async fn consent_until_it_fails(url: String, counter: Arc<AtomicU32>, answered: Arc<Mutex<BTreeSet<String>>>) -> Value {
    let client = reqwest::Client::new();
    loop {
        let number = counter.fetch_add(1, Ordering::Relaxed);
        let id = format!("{number:08x}-0000-4000-8000-000000000000");
        let body = json!({
            "record": id, "policy": 1, "language": "en", "layer": "first", "method": "accept_all", "banner": "0".repeat(64),
            "granted": ["analytics", "media"],
        });
        match post(&client, &url, &body).await {
            Ok(201) => lock(&answered).insert(id),
            Ok(503) | Err(_) => return body,
            Ok(status) => panic!("a consent was answered with {status}"),
        };
    }
}

async fn post(client: &reqwest::Client, url: &str, body: &Value) -> Result<u16> {
    let sent = client.post(url).header("origin", ORIGIN).header("content-type", "application/json").body(body.to_string()).send().await?;
    let status = sent.status().as_u16();
    // Half an answer is none.
    sent.bytes().await?;
    Ok(status)
}

fn lock(answered: &Mutex<BTreeSet<String>>) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
    answered.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
