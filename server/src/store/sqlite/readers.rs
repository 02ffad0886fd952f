//! Connections that only read, opened as they are needed and kept for the next reader.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rusqlite::Connection;

use crate::store::StoreError;
use crate::store::sqlite::connection::open_for_reading;

/// More idle connections than this are closed.
const IDLE: usize = 4;

#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), idle: Arc::default() }
    }

    /// Runs `job` on some reading connection, off the async threads.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (path, idle) = (self.path.clone(), Arc::clone(&self.idle));
        let work = move || {
            let kept = idle.lock().map(|mut idle| idle.pop()).ok().flatten();
            let connection = kept.map_or_else(|| open_for_reading(&path), Ok)?;
            let outcome = job(&connection);
            if let Ok(mut idle) = idle.lock()
                && idle.len() < IDLE
            {
                idle.push(connection);
            }
            outcome
        };
        let outcome = tokio::task::spawn_blocking(work).await;
        outcome.map_err(|error| StoreError::Unavailable(format!("a reader did not finish: {error}")))?
    }

    pub(super) fn close(&self) {
        if let Ok(mut idle) = self.idle.lock() {
            idle.clear();
        }
    }
}
