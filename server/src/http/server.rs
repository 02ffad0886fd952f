//! Takes connections in, one task each, and ends well: stops accepting, finishes what was accepted.
//! Must not know any route.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;

/// What a connection may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once; one more waits to be accepted.
    pub connections: usize,
    /// How long a client may take to send a request's head, and to send the next one.
    pub head: Duration,
    /// How long accepted requests may take to finish once the server stops.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 8192, head: Duration::from_secs(15), grace: Duration::from_secs(20) }
    }
}

/// The largest head of a request, in bytes: line, headers, cookies.
const HEAD: usize = 16 * 1024;

/// Serves `router` until `stop` is there, then finishes what was accepted.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let connections = GracefulShutdown::new();
    let mut tasks = JoinSet::new();
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(HEAD).pipeline_flush(true);
    tokio::pin!(stop);
    loop {
        let (stream, place) = tokio::select! {
            () = &mut stop => break,
            Some(_) = tasks.join_next() => continue,
            accepted = accept(&listener, &places) => accepted,
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tasks.spawn(async move {
            // A connection that breaks off is the client's affair and holds nothing worth a log line.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.grace, connections.shutdown()).await.is_err() {
        tracing::warn!("some connections did not finish in time and are cut");
    }
    // A client that never reads its answer must not keep the rest from ending.
    tasks.shutdown().await;
}

/// A connection and its place; the place is free again when both are dropped.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Answers are small and final: waiting for more to send only delays them.
                let _ = stream.set_nodelay(true);
                return (stream, place);
            }
            Err(error) => rest(&error).await,
        }
    }
}

/// When no connection can be taken (no file handles left), trying again at once would only spin.
async fn rest(error: &io::Error) {
    let of_one_connection =
        matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionRefused);
    if !of_one_connection {
        tracing::warn!(%error, "no connection can be accepted");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
