//! Instants and days. Must not know what time it is: the clock is the caller's.

use core::fmt;
use core::str::FromStr;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// Milliseconds since 1970-01-01T00:00:00Z, between the years 1970 and 9999.
/// As text: RFC 3339 in UTC with three decimals, for example `2026-11-24T09:05:00.120Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(i64);

/// The last millisecond of the year 9999.
const LAST: i64 = 253_402_300_799_999;

/// Why a number or text is no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time must be RFC 3339 in UTC with three decimals, between the years 1970 and 9999")]
pub struct TimeError;

impl UnixMillis {
    /// Takes milliseconds since the Unix epoch.
    pub fn new(millis: i64) -> Result<Self, TimeError> {
        if (0..=LAST).contains(&millis) { Ok(Self(millis)) } else { Err(TimeError) }
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }

    /// The UTC day that the instant lies in.
    #[must_use]
    pub fn day(self) -> Day {
        Day(u32::try_from(self.0 / 86_400_000).unwrap_or(u32::MAX))
    }

    /// The instant `days` later, at most the end of the year 9999.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        Self(self.0.saturating_add(i64::from(days) * 86_400_000).min(LAST))
    }

    fn date_time(self) -> OffsetDateTime {
        // The constructor admits only years that the calendar has.
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

impl fmt::Display for UnixMillis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
        f.write_str(&self.date_time().format(form).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for UnixMillis {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let instant = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| TimeError)?;
        let millis = i64::try_from(instant.unix_timestamp_nanos() / 1_000_000).map_err(|_| TimeError)?;
        let time = Self::new(millis)?;
        if time.to_string() == text { Ok(time) } else { Err(TimeError) }
    }
}

#[cfg(feature = "serde")]
crate::json::as_text!(UnixMillis);

/// A UTC day, counted from 1970-01-01. The state cookie holds no finer time (PBD-09).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

impl Day {
    /// Takes whole days since 1970-01-01.
    #[must_use]
    pub fn new(days: u32) -> Self {
        Self(days)
    }

    /// Whole days since 1970-01-01.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_instant_survives_its_text(millis in 0..=LAST) {
            let time = UnixMillis::new(millis).unwrap();
            prop_assert_eq!(time.to_string().parse(), Ok(time));
        }

        #[test]
        fn no_text_makes_the_time_parser_panic(text: String) {
            let _ = text.parse::<UnixMillis>();
        }
    }

    #[test]
    fn instants_are_written_one_way_only() {
        assert_eq!(UnixMillis::new(1_795_597_500_120).unwrap().to_string(), "2026-11-25T09:05:00.120Z");
        for other in ["2026-11-25T09:05:00Z", "2026-11-25T09:05:00.120+00:00", "2026-11-25 09:05:00.120Z", "1969-12-31T23:59:59.000Z"] {
            assert_eq!(other.parse::<UnixMillis>(), Err(TimeError), "{other}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_utc() {
        assert_eq!(UnixMillis::new(86_399_999).unwrap().day(), Day::new(0));
        assert_eq!(UnixMillis::new(86_400_000).unwrap().day(), Day::new(1));
    }
}
