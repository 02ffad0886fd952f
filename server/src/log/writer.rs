//! The one writer of the log: takes what waits, puts it down together, answers each only after the
//! durable commit (invariant 9). Must not know of HTTP or of an engine.

use std::sync::Arc;

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::log::draft::Draft;
use crate::store::{Appended, Store, StoreError};

/// How much may wait.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Records in one transaction. More saves little and makes the slowest wait.
    pub batch: usize,
    /// Records that wait; one more is answered with "busy".
    pub queue: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { batch: 256, queue: 4096 }
    }
}

/// Hands drafts to the writer. When the last handle is dropped, the writer finishes what it took
/// and ends.
#[derive(Debug, Clone)]
pub struct LogHandle(mpsc::Sender<Waiting>);

#[derive(Debug)]
struct Waiting {
    draft: Draft,
    answer: oneshot::Sender<Result<Appended, LogError>>,
}

/// Why a draft was not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// As many drafts wait as may.
    #[error("too many records are waiting to be written")]
    Busy,
    /// The store failed; the writer has logged why.
    #[error("the record could not be stored")]
    Unavailable,
}

impl LogHandle {
    /// Waits until the draft is durable, or known to be recorded already, or refused.
    pub async fn record(&self, draft: Draft) -> Result<Appended, LogError> {
        let (answer, answered) = oneshot::channel();
        self.0.try_send(Waiting { draft, answer }).map_err(|error| match error {
            TrySendError::Full(_) => LogError::Busy,
            TrySendError::Closed(_) => LogError::Unavailable,
        })?;
        answered.await.unwrap_or(Err(LogError::Unavailable))
    }
}

/// Starts the writer. The task ends once every handle is gone and everything taken is answered.
pub fn start(store: Arc<dyn Store>, limits: Limits) -> (LogHandle, JoinHandle<()>) {
    let (queue, waiting) = mpsc::channel(limits.queue.max(1));
    (LogHandle(queue), tokio::spawn(write(store, waiting, limits.batch.max(1))))
}

async fn write(store: Arc<dyn Store>, mut queue: mpsc::Receiver<Waiting>, batch: usize) {
    let mut waiting = Vec::with_capacity(batch);
    while queue.recv_many(&mut waiting, batch).await > 0 {
        let (drafts, answers): (Vec<_>, Vec<_>) = waiting.drain(..).map(|waiting| (waiting.draft, waiting.answer)).unzip();
        let outcomes = append(store.as_ref(), drafts.into()).await;
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // Who asked may have gone; the record stands all the same.
            let _ = answer.send(outcome);
        }
    }
}

async fn append(store: &dyn Store, drafts: Arc<[Draft]>) -> Vec<Result<Appended, LogError>> {
    match store.append(Arc::clone(&drafts)).await {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        // One record that contradicts itself must not take its neighbours with it.
        Err(StoreError::Inconsistent(_)) if drafts.len() > 1 => {
            let mut outcomes = Vec::with_capacity(drafts.len());
            for draft in drafts.iter() {
                outcomes.push(store.append(Arc::new([draft.clone()])).await.map_err(|error| report(&error)).and_then(only));
            }
            outcomes
        }
        Err(error) => vec![Err(report(&error)); drafts.len()],
    }
}

fn only(mut outcomes: Vec<Appended>) -> Result<Appended, LogError> {
    outcomes.pop().ok_or(LogError::Unavailable)
}

fn report(error: &StoreError) -> LogError {
    tracing::error!(%error, "records could not be stored");
    LogError::Unavailable
}
