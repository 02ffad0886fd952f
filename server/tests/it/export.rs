//! Exports: log order, pages, safe tables, never a half file under the final name.

use std::fs;

use server::export::{Format, export};
use shared::record::Record;

use crate::support::binary::{Running, placet};
use crate::support::{HTTPS, World, accept, reject};

#[tokio::test]
async fn jsonl_is_the_stored_bytes_line_by_line_in_log_order() {
    let world = World::new().await;
    let receipts = [world.post(HTTPS, &accept(1), "").await.receipt(), world.post(HTTPS, &reject(2), "").await.receipt()];
    world.post_to("academy", HTTPS, &accept(3), "").await;
    let mut out = Vec::new();
    export(world.store.as_ref(), &"riverside".parse().unwrap(), Format::Jsonl, &mut out, |_| ()).await.unwrap();
    let text = String::from_utf8(out).unwrap();
    let records: Vec<_> = text.lines().map(|line| Record::from_canonical_json(line.as_bytes()).unwrap()).collect();
    assert_eq!(records, receipts.map(|receipt| receipt.record));
}

#[tokio::test]
async fn csv_has_one_line_for_each_record_under_the_names_of_its_fields() {
    let world = World::new().await;
    world.post(HTTPS, &accept(1), "").await;
    world.post(HTTPS, &reject(2), "").await;
    let mut out = Vec::new();
    export(world.store.as_ref(), &"riverside".parse().unwrap(), Format::Csv, &mut out, |_| ()).await.unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap().replace("\r\n", "\n"));
}

#[tokio::test]
async fn a_site_without_records_has_an_empty_export() {
    let world = World::new().await;
    let mut out = Vec::new();
    export(world.store.as_ref(), &"riverside".parse().unwrap(), Format::Jsonl, &mut out, |_| ()).await.unwrap();
    assert!(out.is_empty());
}

#[test]
fn many_records_are_exported_in_pages_by_the_binary_beside_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(folder.path(), &["--log-level", "warn"]);
    fill(&folder.path().join("data/placet.sqlite3"), 2_500);
    for format in ["jsonl", "csv"] {
        let out = folder.path().join(format);
        let done = placet()
            .args(["export", "--site", "demo", "--format", format, "--data"])
            .arg(folder.path().join("data"))
            .arg("--out")
            .arg(&out)
            .output();
        let done = done.unwrap();
        assert!(done.status.success() && done.stderr.is_empty(), "no progress bar where there is no terminal: {done:?}");
        let lines: Vec<_> = fs::read_to_string(&out).unwrap().lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), if format == "csv" { 2_501 } else { 2_500 });
        assert!(!folder.path().join(format!("{format}.part")).exists());
    }
    let printed =
        placet().args(["export", "--site", "demo", "--format", "jsonl", "--data"]).arg(folder.path().join("data")).output().unwrap();
    assert_eq!(printed.stdout, fs::read(folder.path().join("jsonl")).unwrap());
    drop(running);
}

#[test]
fn an_export_that_breaks_off_leaves_nothing_under_the_final_name() {
    let folder = tempfile::tempdir().unwrap();
    drop(Running::start(folder.path(), &[]));
    let database = folder.path().join("data/placet.sqlite3");
    fill(&database, 1_500);
    rusqlite::Connection::open(&database).unwrap().execute("UPDATE records SET body = x'7b' WHERE seq = 1400", []).unwrap();
    let out = folder.path().join("records.csv");
    let done = placet()
        .args(["export", "--site", "demo", "--format", "csv", "--data"])
        .arg(folder.path().join("data"))
        .arg("--out")
        .arg(&out)
        .output();
    let done = done.unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8(done.stderr).unwrap().starts_with("placet: record 1400 of the log cannot be read"));
    assert!(!out.exists() && !folder.path().join("records.csv.part").exists());
}

#[test]
fn an_unknown_site_and_a_missing_database_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let export = || {
        let mut command = placet();
        command.current_dir(folder.path()).args(["export", "--site", "elsewhere", "--format", "csv", "--data", "data"]);
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    assert_eq!(export(), "placet: cannot open the database data/placet.sqlite3: there is no such file\n");
    drop(Running::start(folder.path(), &[]));
    assert_eq!(export(), "placet: the database in data knows no site \"elsewhere\"\n");
}

/// Puts `count` records of the demo site straight into the database.
fn fill(database: &std::path::Path, count: i64) {
    let mut connection = rusqlite::Connection::open(database).unwrap();
    let transaction = connection.transaction().unwrap();
    let line = include_str!("record.json").trim();
    for seq in 1..=count {
        let id = shared::id::RecordId::from_random(u128::from(seq.unsigned_abs()).to_be_bytes());
        let body = line.replace("00000000-0000-4000-8000-000000000000", &id.to_string());
        let sql = "INSERT INTO records (site_id, seq, record_id, recorded_at, body, salt) VALUES ('demo', ?1, ?2, 0, ?3, zeroblob(32))";
        transaction.execute(sql, rusqlite::params![seq, id.as_bytes(), body.as_bytes()]).unwrap();
    }
    transaction.commit().unwrap();
}
