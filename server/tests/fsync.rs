//! Group commit answers nobody before fsync (invariant 9): this binary puts itself between SQLite and
//! the kernel, holds every sync, and watches that 64 visitors wait for it.
//!
//! A binary of its own, because it takes the place of two functions of the C library.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking; clippy spares only the functions marked as tests")]

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use server::app::{App, Parts};
use server::assets::Assets;
use server::clock::{Clock, SystemClock};
use server::demo::Demo;
use server::http::envelope::RequestIds;
use server::http::server::{Limits, serve};
use server::log::writer;
use server::publish::publish;
use server::random::SystemRandom;
use server::routes;
use server::routes::ready::Readiness;
use server::site::ListedOrigin;
use server::sites::{LiveSite, Sites};
use server::store::Store;
use server::store::sqlite::SqliteStore;
use tokio::net::TcpListener;

const VISITORS: usize = 64;

/// What became of the syncs since the gate was last closed.
struct Syncs {
    held: bool,
    asked: usize,
}

static SYNCS: Mutex<Syncs> = Mutex::new(Syncs { held: false, asked: 0 });
static CHANGED: Condvar = Condvar::new();

fn wait_at_the_gate() {
    let mut syncs = SYNCS.lock().unwrap();
    syncs.asked += 1;
    CHANGED.notify_all();
    while syncs.held {
        syncs = CHANGED.wait(syncs).unwrap();
    }
}

#[expect(unsafe_code, reason = "takes the C library's place, so that the test can hold the database's syncs")]
mod interposed {
    use std::ffi::c_int;

    #[unsafe(no_mangle)]
    extern "C" fn fsync(file: c_int) -> c_int {
        super::wait_at_the_gate();
        // SAFETY: the caller's own file handle, passed on.
        let done = unsafe { libc::syscall(libc::SYS_fsync, file) };
        c_int::try_from(done).unwrap_or(-1)
    }

    #[unsafe(no_mangle)]
    extern "C" fn fdatasync(file: c_int) -> c_int {
        super::wait_at_the_gate();
        // SAFETY: the caller's own file handle, passed on.
        let done = unsafe { libc::syscall(libc::SYS_fdatasync, file) };
        c_int::try_from(done).unwrap_or(-1)
    }
}

/// While it lives, no sync goes through; also when the test fails, so that the store can still close.
struct Held;

impl Held {
    fn new() -> Self {
        *SYNCS.lock().unwrap() = Syncs { held: true, asked: 0 };
        Self
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        SYNCS.lock().unwrap().held = false;
        CHANGED.notify_all();
    }
}

/// How many syncs have been asked for since the gate was closed, once there is one or time is up.
fn first_sync() -> usize {
    let syncs = SYNCS.lock().unwrap();
    let (syncs, _) = CHANGED.wait_timeout_while(syncs, Duration::from_secs(10), |syncs| syncs.asked == 0).unwrap();
    syncs.asked
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn group_commit_under_64_connections_answers_nobody_before_fsync() {
    let folder = tempfile::tempdir().unwrap();
    let address = start(folder.path()).await;
    tokio::task::spawn_blocking(move || visit(address)).await.unwrap();
}

fn visit(address: SocketAddr) {
    let held = Held::new();
    let mut visitors: Vec<_> = (0..VISITORS).map(|visitor| post(address, visitor)).collect();
    assert!(first_sync() > 0, "nothing was synced at all");
    // Long enough for every request to have been read and for an early answer to have come.
    std::thread::sleep(Duration::from_millis(700));
    for visitor in &visitors {
        visitor.set_nonblocking(true).unwrap();
        let early = visitor.peek(&mut [0]);
        assert!(early.as_ref().is_err_and(|error| error.kind() == ErrorKind::WouldBlock), "answered before fsync: {early:?}");
        visitor.set_nonblocking(false).unwrap();
    }
    drop(held);
    for visitor in &mut visitors {
        let mut answer = String::new();
        visitor.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    }
    let syncs = SYNCS.lock().unwrap().asked;
    assert!(syncs < VISITORS, "{syncs} syncs for {VISITORS} records are no group commit");
}

fn post(address: SocketAddr, visitor: usize) -> TcpStream {
    let banner = "0".repeat(64);
    let body = format!(
        r#"{{"record":"00000000-0000-4000-8000-{visitor:012x}","policy":1,"language":"en","layer":"first","method":"reject_all","banner":"{banner}","granted":[]}}"#
    );
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST /v1/sites/riverside/consents HTTP/1.1\r\nhost: {address}\r\norigin: https://riverside.example\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .unwrap();
    stream
}

async fn start(folder: &std::path::Path) -> SocketAddr {
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(folder).unwrap());
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let published = publish(store.as_ref(), clock.as_ref(), shared::testing::policy()).await.unwrap();
    let origins = [ListedOrigin::Named("https://riverside.example".parse().unwrap())];
    let sites: Sites =
        [LiveSite::new("riverside".parse().unwrap(), &origins, &[], published, server::site::Gate::default())].into_iter().collect();
    let (log, _writer) = writer::start(Arc::clone(&store), writer::Limits::default());
    let app = App::from(Parts {
        sites,
        log,
        store,
        clock,
        random: Arc::new(SystemRandom),
        assets: Arc::new(Assets::embedded().unwrap()),
        demo: None::<Demo>,
        request_ids: RequestIds::starting_at([0; 8]),
        readiness: Readiness::default(),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(listener, routes::router(app), Limits::default(), std::future::pending()));
    address
}
