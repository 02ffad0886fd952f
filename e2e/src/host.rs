//! The site owner's web server: the pages under `e2e/sites/`, Placet under `/placet/`, and every other
//! host of the internet. Keeps what was asked of it, and can hold or fail what a test names.
//!
//! Pages may say `%PLACET%` for the server's own origin, and `/packages/` for npm's. A folder's `headers` file is sent with its
//! pages. `?slow=300` answers after so many milliseconds. Hosts other than 127.0.0.1, localhost and
//! [`SCHOOL`] are third parties: their files are in `sites/third-party/`, all else they are asked is
//! answered 204.

mod answer;
mod fault;
mod record;

use std::net::SocketAddr;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use fault::Held;
pub use record::Request;

use fault::Faults;

/// A host name of the site owner's own, on plain http.
pub const SCHOOL: &str = "school.example";

/// The web server. Dropping it stops it.
#[derive(Debug)]
pub struct Host {
    address: SocketAddr,
    second: SocketAddr,
    state: Arc<State>,
    tasks: Vec<JoinHandle<()>>,
}

#[derive(Debug)]
struct State {
    placet: Mutex<Option<SocketAddr>>,
    requests: Mutex<Vec<Request>>,
    counter: AtomicUsize,
    faults: Faults,
    client: reqwest::Client,
}

impl Host {
    /// Starts on two free ports, so that its pages have two origins.
    pub async fn start() -> anyhow::Result<Self> {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build()?;
        let state =
            State { placet: Mutex::default(), requests: Mutex::default(), counter: AtomicUsize::new(0), faults: Faults::default(), client };
        let mut host =
            Self { address: ([127, 0, 0, 1], 0).into(), second: ([127, 0, 0, 1], 0).into(), state: Arc::new(state), tasks: Vec::new() };
        host.address = host.listen().await?;
        host.second = host.listen().await?;
        Ok(host)
    }

    /// Where `/placet/` leads.
    pub fn proxy_to(&self, placet: SocketAddr) {
        *self.state.placet.lock().unwrap_or_else(PoisonError::into_inner) = Some(placet);
    }

    /// The origin of its pages.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Another origin of the same pages.
    #[must_use]
    pub fn second_origin(&self) -> String {
        format!("http://localhost:{}", self.second.port())
    }

    /// The port that stands for every other host of the internet.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address of a page.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}/{path}", self.origin())
    }

    /// Everything that was asked so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was asked so far whose method, host and path, as in `POST 127.0.0.1:1 /placet/v1`, contain `part`.
    #[must_use]
    pub fn requests_of(&self, part: &str) -> Vec<Request> {
        self.requests().into_iter().filter(|request| request.line().contains(part)).collect()
    }

    /// The decisions that pages sent so far.
    #[must_use]
    pub fn consents(&self) -> Vec<Request> {
        self.requests_of("/placet/v1/").into_iter().filter(|request| request.method == "POST").collect()
    }

    /// Forgets what was asked so far.
    pub fn forget(&self) {
        self.state.requests.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// From now on answers requests whose line contains `part` with this status and nothing else.
    pub fn fail(&self, part: &str, status: u16) {
        self.state.faults.fail(part, status);
    }

    /// From now on holds requests whose line contains `part` until the result is released or dropped.
    #[must_use]
    pub fn hold(&self, part: &str) -> Held {
        self.state.faults.hold(part)
    }

    /// Ends what [`Self::fail`] began.
    pub fn heal(&self) {
        self.state.faults.heal();
    }

    async fn listen(&mut self) -> anyhow::Result<SocketAddr> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("no free port")?;
        let address = listener.local_addr()?;
        let app = Router::new().fallback(answer::any).with_state(Arc::clone(&self.state));
        self.tasks.push(tokio::spawn(async move {
            // The server only ends with the test; an error then has nobody to tell.
            let _ = axum::serve(listener, app).await;
        }));
        Ok(address)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}
