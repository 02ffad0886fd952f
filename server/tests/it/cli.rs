//! The command line: each failure is one sentence that says what to do, and exit code 1.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::support::binary::{Running, placet};

/// What `placet` says when it fails.
fn complaint(arguments: &[&str], folder: &Path) -> String {
    let output = placet().args(arguments).current_dir(folder).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(output.stdout.is_empty());
    let lines: Vec<_> = said.lines().filter(|line| line.starts_with("placet: ")).collect();
    assert_eq!(lines.len(), 1, "{said}");
    lines[0].to_owned()
}

#[test]
fn a_busy_port_is_named_and_another_is_proposed() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let said = complaint(&["serve", "--demo", ".", "--listen", &address], folder.path());
    let expected = format!(
        "placet: {address} is in use by another program: end that one, or choose another with --listen 127.0.0.1:PORT (port 0 takes any free one)"
    );
    assert_eq!(said, expected);
}

#[test]
fn a_data_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "in the way").unwrap();
    let said = complaint(&["serve", "--demo", ".", "--listen", "127.0.0.1:0", "--data", "file/data"], folder.path());
    assert_eq!(said, "placet: cannot open the database file/data: Not a directory (os error 20)");
}

#[test]
fn a_newer_schema_is_refused_with_both_numbers() {
    let folder = tempfile::tempdir().unwrap();
    drop(Running::start(folder.path(), &[]));
    let database = folder.path().join("data/placet.sqlite3");
    rusqlite::Connection::open(database).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for arguments in [
        &["serve", "--demo", ".", "--listen", "127.0.0.1:0", "--data", "data"][..],
        &["export", "--site", "demo", "--format", "csv", "--data", "data"],
    ] {
        assert_eq!(
            complaint(arguments, folder.path()),
            "placet: the database has schema 99, made by a newer Placet; this one knows schemas up to 1: run the newer Placet, or restore a backup"
        );
    }
}

#[test]
fn a_file_that_is_no_database_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    let file = folder.path().join("data/placet.sqlite3");
    fs::write(&file, "a letter to the editor, long enough to be taken for something else".repeat(20)).unwrap();
    let before = fs::read(&file).unwrap();
    let said = complaint(&["serve", "--demo", ".", "--listen", "127.0.0.1:0", "--data", "data"], folder.path());
    assert_eq!(said, "placet: cannot open the database data/placet.sqlite3: the file is not a SQLite database");
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn serving_nothing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let said = complaint(&["serve"], folder.path());
    assert_eq!(said, "placet: name the folder of the site files with --sites, or the demo page's folder with --demo");
    let said = complaint(&["serve", "--sites", "."], folder.path());
    assert_eq!(said, "placet: .: there is no site file (*.toml) in this folder");
}

#[test]
fn a_site_file_is_checked_without_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let sample = include_str!("../../demo/demo.toml");
    fs::write(folder.path().join("riverside.toml"), sample).unwrap();
    let output = placet().args(["site", "check", "riverside.toml"]).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success());
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "riverside.toml: site \"riverside\" is right: 3 purposes, 2 of them asked for, 5 services, languages en, cy\n"
    );
    fs::write(folder.path().join("riverside.toml"), sample.replace("country = \"US\"", "country = \"USA\"")).unwrap();
    let said = complaint(&["site", "check", "riverside.toml"], folder.path());
    assert_eq!(said, "placet: riverside.toml:57:11: a country is two capital letters (ISO 3166-1), for example \"GB\"");
}

#[test]
fn the_data_folder_is_closed_to_other_users() {
    let folder = tempfile::tempdir().unwrap();
    drop(Running::start(folder.path(), &[]));
    assert_eq!(fs::metadata(folder.path().join("data")).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn export_finds_the_database_by_the_file_the_environment_and_the_flag_in_that_order() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("placet.toml");
    fs::write(&settings, "data = \"by-file\"\n").unwrap();
    let export = |variable: Option<&str>, flag: Option<&str>| {
        let mut command = placet();
        command.args(["export", "--site", "demo", "--format", "jsonl", "--config"]).arg(&settings).current_dir(folder.path());
        command.envs(variable.map(|value| ("PLACET_DATA", value)));
        let output = command.args(flag.map(|value| format!("--data={value}"))).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(export(None, None).contains("by-file"));
    assert!(export(Some("by-variable"), None).contains("by-variable"));
    assert!(export(Some("by-variable"), Some("by-flag")).contains("by-flag"));
}
