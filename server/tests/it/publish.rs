//! Publishing: versions, and which of them still hold.

use std::sync::Arc;

use axum::http::HeaderMap;
use http_body_util::BodyExt as _;
use server::assets::Assets;
use server::clock::MockClock;
use server::publish::{Published, publish};
use server::sites::LiveSite;
use server::store::Store;
use server::store::sqlite::SqliteStore;
use shared::policy::{Policy, PolicyVersion};
use shared::time::UnixMillis;

async fn again(store: &dyn Store, policy: Policy) -> (u32, u32) {
    let clock = MockClock::new(UnixMillis::new(0).unwrap());
    let Published { current, since, versions } = publish(store, &clock, policy.clone()).await.unwrap();
    assert_eq!(versions[&current].policy, policy);
    (current.get(), since.get())
}

#[tokio::test]
async fn con_08_the_same_file_keeps_its_version_words_make_a_new_one_and_deeds_ask_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let first = shared::testing::policy();
    let mut reworded = first.clone();
    reworded.controller.email = "dpo@riverside.example".to_owned();
    let mut shorter = reworded.clone();
    shorter.validity_days = 90;
    let mut wider = shorter.clone();
    wider.services[1].storage[0].days = 365;
    let mut reworded_again = wider.clone();
    reworded_again.controller.postal = "2 River Road".to_owned();
    let mut seen = Vec::new();
    for policy in [&first, &first, &reworded, &shorter, &wider, &wider, &reworded_again] {
        seen.push(again(&store, policy.clone()).await);
    }
    assert_eq!(seen, [(1, 1), (1, 1), (2, 1), (3, 1), (4, 4), (4, 4), (5, 4)]);
}

#[tokio::test]
async fn rec_08_every_published_version_stays() {
    let folder = tempfile::tempdir().unwrap();
    let first = shared::testing::policy();
    let mut second = first.clone();
    second.validity_days = 90;
    {
        let store = SqliteStore::open(folder.path()).unwrap();
        again(&store, first.clone()).await;
        again(&store, second.clone()).await;
        store.close().await;
    }
    let store = SqliteStore::open(folder.path()).unwrap();
    let clock = MockClock::new(UnixMillis::new(0).unwrap());
    let published = publish(&store, &clock, second.clone()).await.unwrap();
    let kept: Vec<_> = published.versions.values().map(|version| &version.policy).collect();
    assert_eq!(kept, [&first, &second]);
}

#[tokio::test]
async fn a_loader_that_a_browser_kept_gets_the_layers_of_its_own_version() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let clock = MockClock::new(UnixMillis::new(0).unwrap());
    let first = shared::testing::policy();
    let mut second = first.clone();
    second.purposes.pop();
    second.services.pop();
    again(&store, first).await;
    let published = publish(&store, &clock, second).await.unwrap();
    let site = LiveSite::new("riverside".parse().unwrap(), &[], &[], published, server::site::Gate::default());
    let (assets, english) = (Arc::new(Assets::embedded().unwrap()), "en".parse().unwrap());
    for (version, shows_videos) in [(1, true), (2, false)] {
        let layers = site.layers(&assets, PolicyVersion::new(version).unwrap(), &english).await.unwrap();
        let body = layers.respond(&HeaderMap::new(), "no-store").into_body().collect().await.unwrap().to_bytes();
        assert_eq!(String::from_utf8(body.to_vec()).unwrap().contains("Videos"), shows_videos, "version {version}");
    }
}

#[tokio::test]
async fn going_back_to_an_older_file_is_a_new_version_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let first = shared::testing::policy();
    let mut other = first.clone();
    other.purposes.pop();
    other.services.pop();
    assert_eq!(again(&store, first.clone()).await, (1, 1));
    assert_eq!(again(&store, other).await, (2, 2));
    assert_eq!(again(&store, first).await, (3, 3));
}
