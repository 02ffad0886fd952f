//! Stands in for a vendor's server: takes everything, remembers only that something came. Never
//! bodies, queries or addresses.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use shared::time::UnixMillis;

/// How many requests are remembered.
const MOST: usize = 200;

/// One request that a script of the page sent.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Collected {
    /// The path after `/demo/collect/`.
    pub(super) path: String,
    /// When it came in.
    pub(super) time: UnixMillis,
}

/// The last requests, newest first; clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Collector(Arc<Mutex<VecDeque<Collected>>>);

impl Collector {
    /// Remembers a request.
    pub(super) fn take(&self, mut path: String, time: UnixMillis) {
        if path.len() > 200 {
            path = path.chars().take(200).collect();
        }
        if let Ok(mut ring) = self.0.lock() {
            ring.truncate(MOST - 1);
            ring.push_front(Collected { path, time });
        }
    }

    /// What is remembered, newest first.
    #[must_use]
    pub(super) fn list(&self) -> Vec<Collected> {
        self.0.lock().map(|ring| ring.iter().cloned().collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_requests_stand_first_and_the_oldest_are_forgotten() {
        let collector = Collector::default();
        for at in 0..300 {
            collector.take(at.to_string(), UnixMillis::new(at).unwrap());
        }
        let list = collector.list();
        assert_eq!((list.len(), list[0].path.as_str(), list[199].path.as_str()), (200, "299", "100"));
    }
}
