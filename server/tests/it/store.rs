//! What every store must do. The suite takes a factory, so that another engine is held to the same
//! tests: add a line of `suite!`.

use std::sync::Arc;

use server::log::draft::Draft;
use server::store::sqlite::SqliteStore;
use server::store::{Appended, Publication, Row, Store, StoreError};
use shared::decision::{Decision, Method};
use shared::digest::{Digest, Salt};
use shared::id::{AnonymousId, SiteId};
use shared::policy::PolicyVersion;
use shared::record::Record;
use shared::time::UnixMillis;
use tempfile::TempDir;

use crate::support::{NOW, accept, decision, reject};

/// Makes stores over one and the same database, which lives as long as the factory.
trait Factory {
    fn new() -> Self;
    fn open(&self) -> Arc<dyn Store>;
}

struct Sqlite(TempDir);

impl Factory for Sqlite {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn open(&self) -> Arc<dyn Store> {
        Arc::new(SqliteStore::open(self.0.path()).unwrap())
    }
}

macro_rules! suite {
    ($name:ident: $factory:ty) => {
        mod $name {
            use super::*;
            suite! { @tests $factory:
                records_come_back_as_they_were_put_down
                positions_count_from_one_within_each_site_without_gaps
                an_equal_decision_is_repeated_and_another_one_under_its_id_is_refused
                two_equal_ids_in_one_batch_are_decided_within_it
                a_known_id_makes_a_chain_even_within_one_batch
                an_id_of_another_site_is_unknown
                pages_come_in_log_order_and_end
                what_is_not_there_is_none
                policies_come_back_oldest_first
                a_policy_version_is_published_once
                everything_survives_closing_and_opening_again
                a_probe_succeeds_and_changes_nothing
            }
        }
    };
    (@tests $factory:ty: $($test:ident)+) => {
        $(#[tokio::test]
        async fn $test() {
            super::$test(<$factory>::new()).await;
        })+
    };
}

suite! { sqlite: Sqlite }

fn site(id: &str) -> SiteId {
    id.parse().unwrap()
}

fn draft_for(id: &str, decision: Decision, claimed: Option<AnonymousId>) -> Draft {
    let choice = decision.check(&shared::testing::policy()).unwrap();
    let seed = decision.record.as_bytes()[0];
    Draft {
        site: site(id),
        decision,
        choice,
        now: UnixMillis::new(NOW).unwrap(),
        policy_hash: Digest::from_bytes([3; 32]),
        validity_days: 180,
        signalled: false,
        claimed,
        fresh: AnonymousId::from_random([seed; 16]),
        salt: Salt::from_random([seed; 32]),
    }
}

fn draft(decision: Decision) -> Draft {
    draft_for("riverside", decision, None)
}

async fn append(store: &Arc<dyn Store>, drafts: Vec<Draft>) -> Vec<Appended> {
    store.append(drafts.into()).await.unwrap()
}

fn recorded(outcome: &Appended) -> &Row {
    let Appended::Recorded(row) = outcome else { panic!("not recorded: {outcome:?}") };
    row
}

async fn records_come_back_as_they_were_put_down(factory: impl Factory) {
    let store = factory.open();
    let outcomes = append(&store, vec![draft(accept(1)), draft(reject(2))]).await;
    for outcome in &outcomes {
        let row = recorded(outcome);
        assert_eq!(store.record(&site("riverside"), row.id).await.unwrap().as_ref(), Some(row));
        assert_eq!(Record::from_canonical_json(&row.body).unwrap().id, row.id);
    }
    assert_eq!(outcomes.iter().map(|outcome| recorded(outcome).anonymous_id.is_some()).collect::<Vec<_>>(), [true, false]);
}

async fn positions_count_from_one_within_each_site_without_gaps(factory: impl Factory) {
    let store = factory.open();
    let first = vec![draft_for("a", accept(1), None), draft_for("b", accept(1), None), draft_for("a", accept(2), None)];
    let mut seqs: Vec<_> = append(&store, first).await.iter().map(|outcome| recorded(outcome).seq).collect();
    append(&store, vec![draft_for("a", accept(2), None), draft_for("a", reject(2), None)]).await;
    seqs.extend(append(&store, vec![draft_for("a", accept(3), None)]).await.iter().map(|outcome| recorded(outcome).seq));
    assert_eq!(seqs, [1, 1, 2, 3]);
}

async fn an_equal_decision_is_repeated_and_another_one_under_its_id_is_refused(factory: impl Factory) {
    let store = factory.open();
    let row = recorded(&append(&store, vec![draft(accept(1))]).await[0]).clone();
    let mut again = draft(accept(1));
    again.salt = Salt::from_random([9; 32]);
    assert_eq!(append(&store, vec![again, draft(reject(1))]).await, [Appended::Repeated(row), Appended::Reused]);
    assert_eq!(store.count(&site("riverside")).await.unwrap(), 1);
}

async fn two_equal_ids_in_one_batch_are_decided_within_it(factory: impl Factory) {
    let store = factory.open();
    let outcomes = append(&store, vec![draft(accept(1)), draft(accept(1)), draft(reject(1))]).await;
    let row = recorded(&outcomes[0]).clone();
    assert_eq!(outcomes[1..], [Appended::Repeated(row), Appended::Reused]);
}

async fn a_known_id_makes_a_chain_even_within_one_batch(factory: impl Factory) {
    let store = factory.open();
    let id = AnonymousId::from_random([1; 16]);
    let withdrawal = decision(3, Method::Withdraw, &[]);
    let drafts = vec![draft(accept(1)), draft_for("riverside", accept(2), Some(id)), draft_for("riverside", withdrawal, Some(id))];
    let records: Vec<_> =
        append(&store, drafts).await.iter().map(|outcome| Record::from_canonical_json(&recorded(outcome).body).unwrap()).collect();
    assert!(records.iter().all(|record| record.anonymous_id == Some(id)));
    assert_eq!(records.iter().map(|record| record.follows).collect::<Vec<_>>(), [None, Some(records[0].id), Some(records[1].id)]);
}

async fn an_id_of_another_site_is_unknown(factory: impl Factory) {
    let store = factory.open();
    append(&store, vec![draft_for("a", accept(1), None)]).await;
    let outcomes = append(&store, vec![draft_for("b", reject(2), Some(AnonymousId::from_random([1; 16])))]).await;
    assert_eq!(recorded(&outcomes[0]).anonymous_id, None);
}

async fn pages_come_in_log_order_and_end(factory: impl Factory) {
    let store = factory.open();
    append(&store, (1..=7).map(|seed| draft(accept(seed))).collect()).await;
    append(&store, vec![draft_for("elsewhere", accept(1), None)]).await;
    let (mut after, mut pages) = (0, Vec::new());
    loop {
        let page: Vec<_> = store.page(&site("riverside"), after, 3).await.unwrap().iter().map(|row| row.seq).collect();
        let Some(last) = page.last() else { break };
        after = *last;
        pages.push(page);
    }
    assert_eq!(pages, [vec![1, 2, 3], vec![4, 5, 6], vec![7]]);
}

async fn what_is_not_there_is_none(factory: impl Factory) {
    let store = factory.open();
    assert_eq!(store.record(&site("riverside"), accept(1).record).await.unwrap(), None);
    assert_eq!(store.count(&site("riverside")).await.unwrap(), 0);
    assert_eq!(store.policies(&site("riverside")).await.unwrap(), []);
    assert_eq!(store.append(Arc::new([])).await.unwrap(), []);
}

fn publication(version: u32) -> Publication {
    Publication {
        version: PolicyVersion::new(version).unwrap(),
        hash: Digest::of(&[0]),
        since: PolicyVersion::FIRST,
        body: b"{}".to_vec(),
        published_at: UnixMillis::new(NOW).unwrap(),
    }
}

async fn policies_come_back_oldest_first(factory: impl Factory) {
    let store = factory.open();
    for version in [2, 1, 10] {
        store.publish(&site("riverside"), publication(version)).await.unwrap();
    }
    store.publish(&site("academy"), publication(1)).await.unwrap();
    assert_eq!(store.policies(&site("riverside")).await.unwrap(), [1, 2, 10].map(publication));
}

async fn a_policy_version_is_published_once(factory: impl Factory) {
    let store = factory.open();
    store.publish(&site("riverside"), publication(1)).await.unwrap();
    let again = store.publish(&site("riverside"), publication(1)).await;
    assert!(matches!(again, Err(StoreError::Inconsistent(_))), "{again:?}");
}

async fn everything_survives_closing_and_opening_again(factory: impl Factory) {
    let store = factory.open();
    let row = recorded(&append(&store, vec![draft(accept(1))]).await[0]).clone();
    store.publish(&site("riverside"), publication(1)).await.unwrap();
    store.close().await;
    drop(store);
    let store = factory.open();
    assert_eq!(store.record(&site("riverside"), row.id).await.unwrap(), Some(row));
    assert_eq!(store.policies(&site("riverside")).await.unwrap().len(), 1);
}

async fn a_probe_succeeds_and_changes_nothing(factory: impl Factory) {
    let store = factory.open();
    append(&store, vec![draft(accept(1))]).await;
    store.probe().await.unwrap();
    assert_eq!(store.count(&site("riverside")).await.unwrap(), 1);
}
