//! Moves the write-ahead log into the database file, beside the writer, so that no batch pays for
//! it; and stops the log from growing for ever under a load that never pauses.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;

use crate::store::StoreError;
use crate::store::sqlite::connection::{open_for_writing, unavailable};
use crate::store::sqlite::writer::no_thread;

/// How often the log is looked at.
const INTERVAL: Duration = Duration::from_millis(250);

/// From this size of the log on, in bytes, the writer itself empties it between two batches: a
/// background checkpoint never can while the writer goes on.
const CEILING: u64 = 64 << 20;

/// A thread that checkpoints; dropping it ends the thread.
#[derive(Debug)]
pub(super) struct Checkpointer {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Checkpointer {
    pub(super) fn start(path: &Path) -> Result<Self, StoreError> {
        let connection = open_for_writing(path)?;
        let log = log_of(path);
        let (stop, stopped) = mpsc::channel::<()>();
        let work = move || {
            let mut before = 0;
            while stopped.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                let now = size(&log);
                if now == before && now <= CEILING / 16 {
                    continue;
                }
                before = now;
                if let Err(error) = passive(&connection) {
                    tracing::warn!(%error, "a checkpoint failed; the next one is tried soon");
                }
            }
        };
        let thread = thread::Builder::new().name("placet-checkpoint".to_owned()).spawn(work);
        let thread = thread.map_err(|error| no_thread(path, &error))?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Watches the log's size for the writer.
#[derive(Debug)]
pub(super) struct Ceiling {
    log: PathBuf,
    next: u64,
}

impl Ceiling {
    pub(super) fn new(path: &Path) -> Self {
        Self { log: log_of(path), next: CEILING }
    }

    /// Empties the log when it is too large. A reader in the middle of a page can prevent that; then
    /// it is tried again when the log has grown by another quarter.
    pub(super) fn hold(&mut self, connection: &Connection) {
        let size = size(&self.log);
        if size < self.next {
            return;
        }
        let emptied = truncate(connection).unwrap_or_else(|error| {
            tracing::warn!(%error, "the write-ahead log could not be emptied");
            false
        });
        self.next = if emptied { CEILING } else { size + CEILING / 4 };
        if !emptied {
            tracing::warn!(bytes = size, "the write-ahead log is large");
        }
    }
}

/// Checkpoints all and empties the log; `false` when a reader was in the way. Does not wait for it.
pub(super) fn truncate(connection: &Connection) -> Result<bool, StoreError> {
    connection.busy_timeout(Duration::ZERO).map_err(unavailable)?;
    let busy = checkpoint(connection, "truncate");
    connection.busy_timeout(Duration::from_secs(2)).map_err(unavailable)?;
    Ok(busy? == 0)
}

fn passive(connection: &Connection) -> Result<(), StoreError> {
    checkpoint(connection, "passive").map(drop)
}

fn checkpoint(connection: &Connection, mode: &str) -> Result<i64, StoreError> {
    connection.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| row.get(0)).map_err(unavailable)
}

fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    PathBuf::from(log)
}

fn size(log: &Path) -> u64 {
    std::fs::metadata(log).map_or(0, |metadata| metadata.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database(folder: &Path) -> (Connection, PathBuf) {
        let path = folder.join("database");
        let connection = open_for_writing(&path).unwrap();
        connection.execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(100000))").unwrap();
        (connection, path)
    }

    #[test]
    fn a_log_over_the_ceiling_is_emptied_between_two_batches() {
        let folder = tempfile::tempdir().unwrap();
        let (connection, path) = database(folder.path());
        let mut ceiling = Ceiling { log: log_of(&path), next: 200_000 };
        ceiling.hold(&connection);
        assert!(size(&ceiling.log) > 100_000, "under the ceiling it stays");
        ceiling.next = 100_000;
        ceiling.hold(&connection);
        assert_eq!((size(&ceiling.log), ceiling.next), (0, CEILING));
    }

    #[test]
    fn a_reader_in_the_way_is_not_waited_for_and_the_next_try_comes_later() {
        let folder = tempfile::tempdir().unwrap();
        let (connection, path) = database(folder.path());
        let reader = Connection::open(&path).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM t").unwrap();
        connection.execute_batch("INSERT INTO t VALUES (1)").unwrap();
        let mut ceiling = Ceiling { log: log_of(&path), next: 100_000 };
        ceiling.hold(&connection);
        let size = size(&ceiling.log);
        assert_eq!(ceiling.next, size + CEILING / 4);
        assert!(size > 100_000);
    }
}
