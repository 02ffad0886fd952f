//! Ending: what was answered with 201 is there, what was accepted is finished, the exit code is 0.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use shared::id::RecordId;

use crate::support::binary::{Running, placet, request};
use crate::support::{accept, reject};

#[test]
fn after_sigterm_under_load_every_id_answered_201_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(folder.path(), &["--log-level", "warn"]);
    let (stop, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let senders: Vec<_> = (0..8)
        .map(|sender| {
            let (stop, count, address) = (Arc::clone(&stop), Arc::clone(&count), running.address.clone());
            thread::spawn(move || send_until(&stop, &count, sender, &address))
        })
        .collect();
    // In the middle of the load, however fast the machine is.
    while count.load(Ordering::SeqCst) < 100 {
        thread::sleep(Duration::from_millis(1));
    }
    running.terminate();
    let (status, log) = running.wait();
    stop.store(true, Ordering::SeqCst);
    let answered: Vec<RecordId> = senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect();
    assert_eq!((status.code(), log.as_str()), (Some(0), ""), "nothing went wrong on the way out");
    assert!(answered.len() >= 100);
    let export =
        placet().args(["export", "--site", "demo", "--format", "jsonl", "--data"]).arg(folder.path().join("data")).output().unwrap();
    let export = String::from_utf8(export.stdout).unwrap();
    for id in answered {
        assert_eq!(export.matches(&format!("\"id\":\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn without_load_the_end_comes_at_once_even_with_an_idle_connection_open() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(folder.path(), &[]);
    let idle = std::net::TcpStream::connect(&running.address).unwrap();
    running.request("GET /healthz HTTP/1.1", "").unwrap();
    let begun = std::time::Instant::now();
    running.terminate();
    let (status, _) = running.wait();
    assert_eq!(status.code(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(10));
    drop(idle);
}

/// Sends refusals one after another; gives the ids that were answered with 201.
fn send_until(stop: &AtomicBool, count: &AtomicUsize, sender: u8, address: &str) -> Vec<RecordId> {
    let mut answered = Vec::new();
    let head = format!("POST /v1/sites/demo/consents HTTP/1.1\norigin: http://{address}\ncontent-type: application/json");
    for turn in 0_u64.. {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        let mut decision = if turn % 2 == 0 { reject(0) } else { accept(0) };
        let mut bytes = [sender; 16];
        bytes[8..].copy_from_slice(&turn.to_be_bytes());
        decision.record = RecordId::from_random(bytes);
        match request(address, &head, &serde_json::to_string(&decision).unwrap()) {
            Ok(answer) if answer.starts_with("HTTP/1.1 201 ") => {
                answered.push(decision.record);
                count.fetch_add(1, Ordering::SeqCst);
            }
            // The server is on its way out: refused, cut, or not there any more.
            Ok(_) | Err(_) => thread::sleep(Duration::from_millis(5)),
        }
    }
    answered
}
