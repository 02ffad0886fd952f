//! The one thread that writes. Jobs run in the order in which they were sent.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, mpsc};
use std::thread;

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::store::StoreError;
use crate::store::sqlite::checkpoint::Ceiling;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Owns the writing connection through its thread; dropping it ends the thread.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    thread: Mutex<Option<thread::JoinHandle<()>>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, path: &Path) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel();
        let ceiling = Ceiling::new(path);
        let thread = thread::Builder::new().name("placet-writer".to_owned()).spawn(move || work(connection, &queue, ceiling));
        let thread = thread.map_err(|error| no_thread(path, &error))?;
        Ok(Self { jobs: Mutex::new(Some(jobs)), thread: Mutex::new(Some(thread)) })
    }

    /// Runs `job` on the writing connection.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.send(Box::new(move |connection| {
            let _ = answer.send(job(connection));
        }))?;
        answered.await.map_err(|_| gone())?
    }

    fn send(&self, job: Job) -> Result<(), StoreError> {
        let jobs = self.jobs.lock().map_err(|_| gone())?;
        jobs.as_ref().ok_or_else(gone)?.send(job).map_err(|_| gone())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Ok(mut jobs) = self.jobs.lock() {
            jobs.take();
        }
        let thread = self.thread.lock().map(|mut slot| slot.take()).ok().flatten();
        if let Some(thread) = thread {
            // It has nothing to tell any more: each job answered for itself.
            let _ = thread.join();
        }
    }
}

fn work(mut connection: Connection, queue: &mpsc::Receiver<Job>, mut ceiling: Ceiling) {
    while let Ok(job) = queue.recv() {
        job(&mut connection);
        ceiling.hold(&connection);
    }
}

fn gone() -> StoreError {
    StoreError::Unavailable("the writing thread has ended".to_owned())
}

pub(super) fn no_thread(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Open { path: PathBuf::from(path).display().to_string(), reason: format!("no thread for it: {error}") }
}
