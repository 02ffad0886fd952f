//! What must never be written down: not in a log line, not in the database, not in an export.

use std::fs;

use crate::support::accept;
use crate::support::binary::{Running, placet};

const AGENT: &str = "sentinel-agent";
const ADDRESS: &str = "203.0.113.77";
const COOKIE: &str = "sentinel-cookie";
const QUERY: &str = "sentinel-query";
const REFERRER: &str = "sentinel-referrer";
const BODY: &str = "sentinel-body";

#[test]
fn pbd_02_pbd_03_no_address_agent_cookie_query_or_body_is_ever_written_down() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["text", "json"] {
        let running = Running::start(folder.path(), &["--log-level", "debug", "--log-format", format]);
        let decision = serde_json::to_string(&accept(1)).unwrap();
        let post = format!(
            "POST /v1/sites/demo/consents?{QUERY}=1 HTTP/1.1\norigin: http://{}\ncontent-type: application/json\nuser-agent: {AGENT}\n\
             x-forwarded-for: {ADDRESS}\nforwarded: for={ADDRESS}\nreferer: https://a.example/{REFERRER}\ncookie: placet-id={COOKIE}; other={COOKIE}",
            running.address
        );
        let recorded = running.request(&post, &decision).unwrap();
        assert!(recorded.starts_with("HTTP/1.1 20"), "{recorded}");
        let id = recorded.split_once("placet-id=").unwrap().1.split(';').next().unwrap().to_owned();
        let refused = running.request(&post, BODY).unwrap();
        assert!(refused.starts_with("HTTP/1.1 400 "), "{refused}");
        running.request(&format!("GET /{QUERY} HTTP/1.1\nuser-agent: {AGENT}"), "").unwrap();
        running.terminate();
        let (status, log) = running.wait();
        assert!(status.success() && log.contains("/v1/sites/{site}/consents"), "the log has its lines: {log}");
        assert_holds_none(&log, "log", &[AGENT, ADDRESS, COOKIE, QUERY, REFERRER, BODY, "127.0.0.1", &id]);
    }
    let export =
        placet().args(["export", "--site", "demo", "--format", "jsonl", "--data"]).arg(folder.path().join("data")).output().unwrap();
    assert_holds_none(&String::from_utf8(export.stdout).unwrap(), "export", &[AGENT, ADDRESS, COOKIE, QUERY, REFERRER, BODY, "127.0.0.1"]);
    for file in fs::read_dir(folder.path().join("data")).unwrap() {
        let path = file.unwrap().path();
        let bytes = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        assert_holds_none(&bytes, &path.display().to_string(), &[AGENT, ADDRESS, COOKIE, QUERY, REFERRER, BODY, "127.0.0.1"]);
    }
}

fn assert_holds_none(text: &str, name: &str, sentinels: &[&str]) {
    for sentinel in sentinels {
        assert!(!text.contains(sentinel), "{name} holds {sentinel}: {text}");
    }
}
