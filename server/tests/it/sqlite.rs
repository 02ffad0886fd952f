//! What only the SQLite store has: its schema, its file, its write-ahead log.

use std::sync::Arc;

use rusqlite::Connection;
use server::log::writer::Limits;
use server::random::MockRandom;
use server::store::sqlite::{FILE_NAME, SqliteStore};
use server::store::{Store, StoreError};

use crate::support::{HTTPS, World, accept};

#[test]
fn pbd_02_notice_05_no_column_can_hold_an_address_an_agent_or_a_url() {
    let folder = tempfile::tempdir().unwrap();
    drop(SqliteStore::open(folder.path()).unwrap());
    let connection = Connection::open(folder.path().join(FILE_NAME)).unwrap();
    let sql = "SELECT m.name || '.' || c.name || ' ' || c.type FROM sqlite_schema m, pragma_table_info(m.name) c
               WHERE m.type = 'table' ORDER BY m.name, c.cid";
    let mut select = connection.prepare(sql).unwrap();
    let columns: Vec<String> = select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    insta::assert_snapshot!(columns.join("\n"), @"
    policies.site_id TEXT
    policies.version INTEGER
    policies.hash BLOB
    policies.since INTEGER
    policies.body BLOB
    policies.published_at INTEGER
    records.site_id TEXT
    records.seq INTEGER
    records.record_id BLOB
    records.recorded_at INTEGER
    records.anonymous_id BLOB
    records.body BLOB
    records.salt BLOB
    ");
}

#[test]
fn every_key_begins_with_the_site() {
    let folder = tempfile::tempdir().unwrap();
    drop(SqliteStore::open(folder.path()).unwrap());
    let connection = Connection::open(folder.path().join(FILE_NAME)).unwrap();
    let sql = "SELECT i.name, c.name FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
               WHERE m.type = 'table' AND c.seqno = 0";
    let mut select = connection.prepare(sql).unwrap();
    let keys: Vec<(String, String)> = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    assert_eq!(keys.len(), 4);
    assert!(keys.iter().all(|(_, first)| first == "site_id"), "{keys:?}");
}

#[test]
fn a_newer_schema_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(SqliteStore::open(folder.path()).unwrap());
    let path = folder.path().join(FILE_NAME);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 2).unwrap();
    assert!(matches!(SqliteStore::open(folder.path()), Err(StoreError::NewerSchema { found: 2, known: 1 })));
    let version: u32 = Connection::open(&path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 2);
}

#[tokio::test]
async fn a_reader_writes_nothing_and_needs_the_database_to_be_there() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(SqliteStore::open_to_read(folder.path()), Err(StoreError::Open { .. })));
    drop(SqliteStore::open(folder.path()).unwrap());
    let store = SqliteStore::open_to_read(folder.path()).unwrap();
    assert!(matches!(store.probe().await, Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn a_database_that_another_process_holds_is_not_ready_and_is_again_when_it_is_free() {
    let world = World::new().await;
    let other = Connection::open(world.folder.path().join(FILE_NAME)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (ready, recorded) = (world.get("/readyz").await, world.post(HTTPS, &accept(1), "").await);
    assert_eq!((ready.status.as_u16(), recorded.status.as_u16()), (503, 503));
    other.execute_batch("ROLLBACK").unwrap();
    world.clock.advance(0, 1_000);
    let (ready, recorded) = (world.get("/readyz").await, world.post(HTTPS, &accept(1), "").await);
    assert_eq!((ready.status.as_u16(), recorded.status.as_u16()), (204, 201));
}

#[tokio::test]
async fn one_spoilt_row_does_not_take_its_neighbours_with_it() {
    let world = World::new().await;
    world.post(HTTPS, &accept(1), "").await;
    let spoil = Connection::open(world.folder.path().join(FILE_NAME)).unwrap();
    assert_eq!(spoil.execute("UPDATE records SET body = x'00'", []).unwrap(), 1);
    let (spoilt, sound) = (accept(1), accept(2));
    let (spoilt, sound) = tokio::join!(world.post(HTTPS, &spoilt, ""), world.post(HTTPS, &sound, ""));
    assert_eq!((spoilt.status.as_u16(), sound.status.as_u16()), (503, 201));
}

#[tokio::test]
async fn closing_leaves_one_file_that_can_be_copied() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&path).unwrap());
    let world = World::with(folder, Arc::clone(&store), Arc::new(MockRandom::default()), Limits::default()).await;
    world.post(HTTPS, &accept(1), "").await;
    store.close().await;
    assert_eq!(std::fs::metadata(path.join(format!("{FILE_NAME}-wal"))).map_or(0, |log| log.len()), 0);
}
