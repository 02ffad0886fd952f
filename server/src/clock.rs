//! What time it is, as a parameter. The only place that may ask the operating system.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use shared::time::UnixMillis;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> UnixMillis;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one clock")]
    fn now(&self) -> UnixMillis {
        let millis = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        at(i64::try_from(millis).unwrap_or(i64::MAX))
    }
}

/// A machine whose clock stands outside the calendar gets the calendar's end rather than no time.
#[expect(clippy::expect_used, reason = "the bounds are those that `UnixMillis` admits; a test draws both")]
fn at(millis: i64) -> UnixMillis {
    UnixMillis::new(millis.clamp(0, 253_402_300_799_999)).expect("clamped to what an instant may be")
}

/// A clock for tests: clones share one time, which moves only when told and never back.
#[derive(Debug, Clone)]
pub struct MockClock(Arc<AtomicI64>);

impl MockClock {
    /// A clock that stands at `start`.
    #[must_use]
    pub fn new(start: UnixMillis) -> Self {
        Self(Arc::new(AtomicI64::new(start.get())))
    }

    /// Moves the time forward by `days` and `millis`.
    pub fn advance(&self, days: u32, millis: u32) {
        self.0.fetch_add(i64::from(days) * 86_400_000 + i64::from(millis), Ordering::SeqCst);
    }
}

impl Clock for MockClock {
    fn now(&self) -> UnixMillis {
        at(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_outside_the_calendar_is_stopped_at_its_end() {
        assert_eq!(at(i64::MIN).to_string(), "1970-01-01T00:00:00.000Z");
        assert_eq!(at(i64::MAX).to_string(), "9999-12-31T23:59:59.999Z");
    }

    #[test]
    fn the_clones_of_a_mock_clock_share_one_time() {
        let clock = MockClock::new(at(0));
        clock.clone().advance(1, 5);
        assert_eq!(clock.now(), at(86_400_005));
    }
}
