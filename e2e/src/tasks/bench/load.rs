//! A closed loop of clients: each sends its next consent when its last one was answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use shared::decision::{Decision, Layer, Method as How};
use shared::digest::Digest;
use shared::id::RecordId;
use shared::policy::Mode;
use shared::policy::view::PolicyView;
use tokio::task::JoinSet;

use super::super::http::Connection;

const POLICY: &str = "/v1/sites/demo/policy?language=en";
const CONSENTS: &str = "/v1/sites/demo/consents";

/// What is sent, and to whom.
#[derive(Debug)]
pub(super) struct Load {
    authority: String,
    origin: String,
    /// One visitor accepts, the next refuses.
    decisions: [Decision; 2],
    next: AtomicU64,
}

/// What came of one number of connections.
#[derive(Debug, Default)]
pub(super) struct Burst {
    /// The ids answered with 201.
    pub(super) ids: Vec<RecordId>,
    /// How long each answer took, shortest first.
    took: Vec<Duration>,
    time: Duration,
}

impl Load {
    /// Asks the server for the demo site's policy, as a page would.
    pub(super) async fn prepare(authority: &str, banner: Digest) -> anyhow::Result<Self> {
        let answer = Connection::open(authority).await?.get(POLICY, "identity").await?;
        ensure!(answer.status.is_success(), "the server answered {} to GET {POLICY}", answer.status);
        let policy: PolicyView = serde_json::from_slice(&answer.body).context("the policy is not understood")?;
        let asked = policy.purposes.iter().filter(|purpose| purpose.mode == Mode::Consent);
        let accepts = Decision {
            record: RecordId::from_random([0; 16]),
            policy: policy.version,
            language: policy.language.clone(),
            layer: Layer::First,
            method: How::AcceptAll,
            banner,
            granted: asked.map(|purpose| purpose.id.clone()).collect(),
            services_granted: Vec::new(),
            services_refused: Vec::new(),
            signal: None,
        };
        let refuses = Decision { method: How::RejectAll, granted: Vec::new(), ..accepts.clone() };
        Ok(Self {
            authority: authority.to_owned(),
            origin: format!("http://{authority}"),
            decisions: [accepts, refuses],
            next: AtomicU64::new(1),
        })
    }

    /// Sends over so many kept-open connections for so long.
    pub(super) async fn run(self: &Arc<Self>, connections: usize, time: Duration) -> anyhow::Result<Burst> {
        let mut opened = Vec::with_capacity(connections);
        for _ in 0..connections {
            opened.push(Connection::open(&self.authority).await?);
        }
        let began = Instant::now();
        let mut clients = JoinSet::new();
        for connection in opened {
            clients.spawn(Arc::clone(self).client(connection, began + time));
        }
        let mut sum = Burst::default();
        while let Some(client) = clients.join_next().await {
            let (ids, took) = client.context("a client broke off")??;
            sum.ids.extend(ids);
            sum.took.extend(took);
        }
        sum.time = began.elapsed();
        sum.took.sort_unstable();
        Ok(sum)
    }

    async fn client(self: Arc<Self>, mut connection: Connection, until: Instant) -> anyhow::Result<(Vec<RecordId>, Vec<Duration>)> {
        let headers = [("content-type", "application/json"), ("origin", self.origin.as_str()), ("sec-fetch-site", "same-origin")];
        let (mut ids, mut took) = (Vec::new(), Vec::new());
        while Instant::now() < until {
            let (id, body) = self.next_decision()?;
            let sent = Instant::now();
            let answer = connection.send(Method::POST, CONSENTS, &headers, body).await?;
            took.push(sent.elapsed());
            ensure!(answer.status == StatusCode::CREATED, "{}: {}", answer.status, String::from_utf8_lossy(&answer.body));
            ids.push(id);
        }
        Ok((ids, took))
    }

    fn next_decision(&self) -> anyhow::Result<(RecordId, Bytes)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let record = record_id(number);
        let [accepts, refuses] = &self.decisions;
        let decision = if number.is_multiple_of(2) { accepts } else { refuses };
        let body = serde_json::to_vec(&Decision { record, ..decision.clone() }).context("cannot write a decision")?;
        Ok((record, Bytes::from(body)))
    }
}

impl Burst {
    /// Consents that were answered with 201, per second.
    #[expect(clippy::cast_precision_loss, reason = "a figure for people: counts stay far below 2^52")]
    pub(super) fn per_second(&self) -> f64 {
        self.ids.len() as f64 / self.time.as_secs_f64()
    }

    /// The time within which this percentage of the answers came; 100 is the longest of all.
    pub(super) fn latency(&self, percent: usize) -> Duration {
        let rank = (self.took.len() * percent).div_ceil(100).max(1);
        self.took.get(rank - 1).copied().unwrap_or_default()
    }
}

/// Spread like random ids, which is what the database has to sort in, and the same in every run.
fn record_id(number: u64) -> RecordId {
    RecordId::from_random(((u128::from(mix(number)) << 64) | u128::from(mix(!number))).to_be_bytes())
}

/// The finaliser of `SplitMix64`, a bijection: different numbers stay different.
fn mix(number: u64) -> u64 {
    let mut word = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_records_of_a_run_share_an_id() {
        let ids: BTreeSet<RecordId> = (0..20_000).map(record_id).collect();
        assert_eq!(ids.len(), 20_000);
    }

    #[test]
    fn a_percentile_is_an_answer_that_was_measured() {
        let took = (1..=200).map(Duration::from_millis).collect();
        let burst = Burst { ids: Vec::new(), took, time: Duration::from_secs(1) };
        assert_eq!([50, 99, 100].map(|percent| burst.latency(percent).as_millis()), [100, 198, 200]);
        assert_eq!(Burst::default().latency(99), Duration::ZERO);
    }
}
