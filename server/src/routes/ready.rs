//! `GET /readyz`: whether a decision could be recorded now. The answer is kept for a moment, so that
//! asking often does not wear the disk.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use shared::problem::ProblemType;
use shared::time::UnixMillis;
use tokio::sync::Mutex;

use crate::clock::Clock;
use crate::problem::Problem;
use crate::store::Store;

/// How long an answer is kept, in milliseconds.
const KEPT: i64 = 1_000;

/// The last answer and when it was found.
#[derive(Debug, Clone, Default)]
pub struct Readiness(Arc<Mutex<Option<(UnixMillis, bool)>>>);

/// 204, or 503 while the store cannot be written to.
pub async fn handle(
    State(readiness): State<Readiness>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
) -> Result<StatusCode, Problem> {
    let mut last = readiness.0.lock().await;
    let now = clock.now();
    let kept = last.filter(|(at, _)| (0..KEPT).contains(&(now.get() - at.get())));
    let ready = if let Some((_, ready)) = kept {
        ready
    } else {
        let ready = probe(store.as_ref()).await;
        *last = Some((now, ready));
        ready
    };
    if ready { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::from(ProblemType::StoreUnavailable)) }
}

async fn probe(store: &dyn Store) -> bool {
    match store.probe().await {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(%error, "the store cannot be written to");
            false
        }
    }
}
