//! Connections that misbehave cannot hold the server up.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use server::http::server::{Limits, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Server {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    /// Shared with every clone of the router.
    alive: Arc<()>,
}

async fn start(limits: Limits) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let alive = Arc::new(());
    let held = Arc::clone(&alive);
    let router = Router::new().route("/", get(async || "here")).route(
        "/slow",
        get(async move || {
            std::future::pending::<()>().await;
            drop(held);
        }),
    );
    let task = tokio::spawn(serve(listener, router, limits, async {
        let _ = stopped.await;
    }));
    Server { address, stop, task, alive }
}

async fn send(server: &Server, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

async fn rest(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    // A cut connection ends with an error or without; both end it.
    let _ = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut text)).await.unwrap();
    String::from_utf8(text).unwrap()
}

#[tokio::test]
async fn a_client_that_sends_its_head_too_slowly_is_cut_and_others_are_served() {
    let server = start(Limits { head: Duration::from_millis(200), ..Limits::default() }).await;
    let slow = send(&server, "GET / HTTP/1.1\r\nhost:").await;
    let other = send(&server, "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(rest(other).await.ends_with("here"));
    let begun = Instant::now();
    assert!(!rest(slow).await.contains(" 200 "));
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_head_without_an_end_is_refused() {
    let server = start(Limits::default()).await;
    let long = send(&server, &format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n", "x".repeat(40_000))).await;
    assert!(!rest(long).await.contains(" 200 "));
}

#[tokio::test]
async fn one_connection_too_many_waits_for_a_place() {
    let server = start(Limits { connections: 1, ..Limits::default() }).await;
    let first = send(&server, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let mut second = send(&server, "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(tokio::time::timeout(Duration::from_millis(300), second.read_u8()).await.is_err(), "the one place is taken");
    drop(first);
    assert!(rest(second).await.ends_with("here"));
}

#[tokio::test]
async fn at_the_end_a_request_that_does_not_finish_is_cut_and_lets_go_of_all_it_held() {
    let server = start(Limits { grace: Duration::from_millis(200), ..Limits::default() }).await;
    let stuck = send(&server, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(5), server.task).await.unwrap().unwrap();
    assert_eq!(Arc::strong_count(&server.alive), 1, "a handle of the log in it would keep the writer from ending");
    drop(stuck);
}
