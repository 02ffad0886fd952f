//! The writer: batches, a bounded queue, answers only after the store's, nothing lost at the end.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use server::log::draft::Draft;
use server::log::writer::{Limits, LogError, start};
use server::store::{Appended, Publication, Row, Store, StoreError};
use shared::digest::{Digest, Salt};
use shared::id::{AnonymousId, RecordId, SiteId};
use shared::time::UnixMillis;
use tokio::sync::Semaphore;

use crate::support::accept;

/// Appends one batch for each permit that the test hands out.
struct Gate {
    permits: Semaphore,
    batches: Mutex<Vec<usize>>,
}

impl Gate {
    fn closed() -> Arc<Self> {
        Arc::new(Self { permits: Semaphore::new(0), batches: Mutex::default() })
    }
}

#[async_trait]
impl Store for Gate {
    async fn append(&self, drafts: Arc<[Draft]>) -> Result<Vec<Appended>, StoreError> {
        self.permits.acquire().await.unwrap().forget();
        self.batches.lock().unwrap().push(drafts.len());
        drafts.iter().map(|draft| Ok(Appended::Recorded(draft.row(1, None)?))).collect()
    }

    async fn record(&self, _: &SiteId, _: RecordId) -> Result<Option<Row>, StoreError> {
        Ok(None)
    }

    async fn page(&self, _: &SiteId, _: u64, _: u32) -> Result<Vec<Row>, StoreError> {
        Ok(Vec::new())
    }

    async fn count(&self, _: &SiteId) -> Result<u64, StoreError> {
        Ok(0)
    }

    async fn policies(&self, _: &SiteId) -> Result<Vec<Publication>, StoreError> {
        Ok(Vec::new())
    }

    async fn publish(&self, _: &SiteId, _: Publication) -> Result<(), StoreError> {
        Ok(())
    }

    async fn probe(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn close(&self) {}
}

fn draft(seed: u8) -> Draft {
    let decision = accept(seed);
    Draft {
        site: "riverside".parse().unwrap(),
        choice: decision.check(&shared::testing::policy()).unwrap(),
        decision,
        now: UnixMillis::new(0).unwrap(),
        policy_hash: Digest::from_bytes([0; 32]),
        validity_days: 180,
        signalled: false,
        claimed: None,
        fresh: AnonymousId::from_random([0; 16]),
        salt: Salt::from_random([0; 32]),
    }
}

/// Lets every task run until all wait.
async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_waits_while_a_batch_is_written_becomes_the_next_batch() {
    let gate = Gate::closed();
    let (log, _writer) = start(Arc::clone(&gate) as Arc<dyn Store>, Limits { batch: 4, queue: 100 });
    let waiting: Vec<_> = (0..10)
        .map(|seed| {
            let log = log.clone();
            tokio::spawn(async move { log.record(draft(seed)).await })
        })
        .collect();
    settle().await;
    assert!(waiting.iter().all(|waiting| !waiting.is_finished()), "nobody is answered before the store has answered");
    gate.permits.add_permits(10);
    for waiting in waiting {
        assert!(matches!(waiting.await.unwrap(), Ok(Appended::Recorded(_))));
    }
    let batches = gate.batches.lock().unwrap().clone();
    assert_eq!(batches.iter().sum::<usize>(), 10);
    assert!(batches.len() <= 4 && batches.iter().all(|size| *size <= 4), "{batches:?}");
}

#[tokio::test]
async fn a_full_queue_is_answered_at_once() {
    let gate = Gate::closed();
    let (log, _writer) = start(Arc::clone(&gate) as Arc<dyn Store>, Limits { batch: 1, queue: 2 });
    for seed in 0..3 {
        let log = log.clone();
        tokio::spawn(async move { log.record(draft(seed)).await });
        settle().await;
    }
    assert_eq!(log.record(draft(9)).await, Err(LogError::Busy));
}

#[tokio::test]
async fn the_writer_finishes_what_it_took_when_the_last_handle_is_gone() {
    let gate = Gate::closed();
    let (log, writer) = start(Arc::clone(&gate) as Arc<dyn Store>, Limits { batch: 2, queue: 100 });
    let waiting: Vec<_> = (0..7)
        .map(|seed| {
            let log = log.clone();
            tokio::spawn(async move { log.record(draft(seed)).await })
        })
        .collect();
    drop(log);
    settle().await;
    gate.permits.add_permits(100);
    writer.await.unwrap();
    for waiting in waiting {
        assert!(waiting.await.unwrap().is_ok());
    }
    assert_eq!(gate.batches.lock().unwrap().iter().sum::<usize>(), 7);
}

#[tokio::test]
async fn a_record_is_written_though_its_sender_went_away() {
    let gate = Gate::closed();
    let (log, writer) = start(Arc::clone(&gate) as Arc<dyn Store>, Limits::default());
    let sender = tokio::spawn(async move { log.record(draft(1)).await });
    settle().await;
    sender.abort();
    gate.permits.add_permits(1);
    writer.await.unwrap();
    assert_eq!(*gate.batches.lock().unwrap(), [1]);
}
