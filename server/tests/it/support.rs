//! A whole server without a socket: the real router and the real store in a temporary folder, with a
//! clock that stands still and randomness that repeats.

pub(crate) mod binary;
pub(crate) mod stub;

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use server::app::{App, Parts};
use server::assets::Assets;
use server::clock::MockClock;
use server::http::envelope::RequestIds;
use server::log::writer::{self, Limits};
use server::publish::publish;
use server::random::{MockRandom, Random};
use server::routes;
use server::routes::ready::Readiness;
use server::site::ListedOrigin;
use server::sites::{LiveSite, Sites};
use server::store::Store;
use server::store::sqlite::SqliteStore;
use shared::decision::{Decision, Layer, Method as How};
use shared::digest::Digest;
use shared::id::RecordId;
use shared::policy::{Policy, PolicyVersion};
use shared::time::UnixMillis;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The https origin of both test sites.
pub(crate) const HTTPS: &str = "https://riverside.example";
/// The http origin of both test sites.
pub(crate) const HTTP: &str = "http://localhost:8080";
/// 2026-11-25T09:05:00.120Z, day 20782.
pub(crate) const NOW: i64 = 1_795_597_500_120;

/// A server under test. Two sites: `riverside` and `academy`.
pub(crate) struct World {
    pub(crate) router: Router,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: MockClock,
    pub(crate) folder: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
        Self::with(folder, store, Arc::new(MockRandom::default()), Limits::default()).await
    }

    pub(crate) async fn over(store: Arc<dyn Store>, limits: Limits) -> Self {
        Self::with(tempfile::tempdir().unwrap(), store, Arc::new(MockRandom::default()), limits).await
    }

    pub(crate) async fn with(folder: TempDir, store: Arc<dyn Store>, random: Arc<dyn Random>, limits: Limits) -> Self {
        let clock = MockClock::new(UnixMillis::new(NOW).unwrap());
        let mut sites = Vec::new();
        for id in ["riverside", "academy"] {
            let policy = Policy { site: id.parse().unwrap(), ..shared::testing::policy() };
            let published = publish(store.as_ref(), &clock, policy).await.unwrap();
            let listed = [ListedOrigin::Own, ListedOrigin::Named(HTTPS.parse().unwrap())];
            sites.push(LiveSite::new(id.parse().unwrap(), &listed, &[HTTP.parse().unwrap()], published, server::site::Gate::default()));
        }
        let (log, _writer) = writer::start(Arc::clone(&store), limits);
        let app = App::from(Parts {
            sites: sites.into_iter().collect::<Sites>(),
            log,
            store: Arc::clone(&store),
            clock: Arc::new(clock.clone()),
            random,
            assets: Arc::new(Assets::embedded().unwrap()),
            demo: None,
            request_ids: RequestIds::starting_at([0; 8]),
            readiness: Readiness::default(),
        });
        Self { router: routes::router(app), store, clock, folder }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: head.status, headers: head.headers, body }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Posts a decision from `origin`, with the header `cookie`.
    pub(crate) async fn post(&self, origin: &str, decision: &Decision, cookie: &str) -> Answer {
        self.post_to("riverside", origin, decision, cookie).await
    }

    pub(crate) async fn post_to(&self, site: &str, origin: &str, decision: &Decision, cookie: &str) -> Answer {
        self.send(consent(site).header("origin", origin).header("cookie", cookie).body(json(decision)).unwrap()).await
    }
}

pub(crate) fn consent(site: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(Method::POST).uri(format!("/v1/sites/{site}/consents"));
    request.header("content-type", "application/json")
}

pub(crate) fn json(decision: &Decision) -> Body {
    Body::from(serde_json::to_vec(decision).unwrap())
}

/// A decision whose record id is made of `seed`.
pub(crate) fn decision(seed: u8, how: How, granted: &[&str]) -> Decision {
    Decision {
        record: RecordId::from_random([seed; 16]),
        policy: PolicyVersion::FIRST,
        language: "en".parse().unwrap(),
        layer: Layer::First,
        method: how,
        banner: Digest::from_bytes([7; 32]),
        granted: granted.iter().map(|id| id.parse().unwrap()).collect(),
        services_granted: Vec::new(),
        services_refused: Vec::new(),
    }
}

pub(crate) fn accept(seed: u8) -> Decision {
    decision(seed, How::AcceptAll, &["analytics", "media"])
}

pub(crate) fn reject(seed: u8) -> Decision {
    decision(seed, How::RejectAll, &[])
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn receipt(&self) -> shared::wire::Receipt {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn cookies(&self) -> Vec<String> {
        self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned()).collect()
    }

    /// Everything but what each answer has, as text.
    pub(crate) fn snapshot(&self) -> String {
        let mut text = format!("{}\n", self.status);
        let everywhere = ["x-request-id", "x-content-type-options", "referrer-policy", "content-security-policy", "content-length"];
        let headers = self.headers.iter().filter(|(name, _)| !everywhere.contains(&name.as_str()));
        let mut lines: Vec<_> = headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        lines.sort();
        for line in lines {
            writeln!(text, "{line}").unwrap();
        }
        text + "\n" + std::str::from_utf8(&self.body).unwrap()
    }
}
