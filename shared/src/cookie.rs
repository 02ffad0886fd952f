//! The state cookie: what was chosen, under which policy version, on which day. Nothing else, so
//! that everyone who refused under a version on a day holds the same bytes (PBD-06, PBD-09, EPD-04).
//!
//! ```text
//! 1.<policy version>.<day>.<purposes>[.<service exceptions>]      1.3.20781.5
//! ```
//! `1` is the format; `day` counts UTC days since 1970-01-01; `purposes` is the [`Mask`] of granted
//! purposes in the policy's order; the exceptions are the services whose grant differs from their
//! purpose's, left out when there is none. Must not know of names, domains or attributes: the
//! server and the loader set those.

use core::fmt;
use core::str::FromStr;

use crate::grants::Mask;
use crate::policy::PolicyVersion;
use crate::time::Day;

/// The name on `https` origins; the prefix pins it to the host (CK-01, CK-03).
pub const STATE_COOKIE_SECURE: &str = "__Host-placet";
/// The name on plain `http` origins, where browsers refuse the prefix.
pub const STATE_COOKIE: &str = "placet";
/// The cookie of the anonymous id on `https` origins; page scripts cannot read it (CK-02, PBD-07).
pub const ID_COOKIE_SECURE: &str = "__Host-placet-id";
/// The cookie of the anonymous id on plain `http` origins.
pub const ID_COOKIE: &str = "placet-id";

/// The decoded state cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateCookie {
    /// The policy version that was shown.
    pub version: PolicyVersion,
    /// The UTC day of the decision.
    pub day: Day,
    /// The granted purposes, by position among the policy's optional purposes.
    pub purposes: Mask,
    /// The services whose grant differs from their purpose's, by position in the policy's services.
    pub exceptions: Mask,
}

/// A cookie value is not of the form above. It counts as no choice (CON-15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a state cookie of format 1")]
pub struct StateCookieError;

impl fmt::Display for StateCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}.{}.{}", self.version, self.day.get(), self.purposes)?;
        if self.exceptions.is_empty() { Ok(()) } else { write!(f, ".{}", self.exceptions) }
    }
}

impl FromStr for StateCookie {
    type Err = StateCookieError;

    fn from_str(text: &str) -> Result<Self, StateCookieError> {
        let mut parts = text.split('.');
        let (Some("1"), Some(version), Some(day), Some(purposes)) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(StateCookieError);
        };
        let cookie = Self {
            version: version.parse().map_err(|_| StateCookieError)?,
            day: Day::new(day.parse().map_err(|_| StateCookieError)?),
            purposes: purposes.parse().map_err(|_| StateCookieError)?,
            exceptions: parts.next().unwrap_or("0").parse().map_err(|_| StateCookieError)?,
        };
        if cookie.to_string() == text { Ok(cookie) } else { Err(StateCookieError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_state_cookie_survives_its_text(version in 1_u32.., day: u32, bits: [bool; 9], exceptions: [bool; 5]) {
            let cookie = StateCookie {
                version: PolicyVersion::new(version).unwrap(),
                day: Day::new(day),
                purposes: Mask::from_bits(bits).unwrap(),
                exceptions: Mask::from_bits(exceptions).unwrap(),
            };
            prop_assert_eq!(cookie.to_string().parse(), Ok(cookie));
        }

        #[test]
        fn no_text_makes_the_cookie_parser_panic(text in "[0-9a-f.+-]{0,40}|.*") {
            if let Ok(cookie) = text.parse::<StateCookie>() {
                prop_assert_eq!(cookie.to_string(), text);
            }
        }
    }

    #[test]
    fn pbd_09_the_cookie_of_the_largest_policy_stays_under_300_bytes() {
        let all = Mask::from_bits([true; 500]).unwrap();
        let cookie =
            StateCookie { version: PolicyVersion::new(u32::MAX).unwrap(), day: Day::new(u32::MAX), purposes: all.clone(), exceptions: all };
        assert!(cookie.to_string().len() < 300);
    }

    /// The loader's tests read the same file.
    #[cfg(feature = "serde")]
    #[test]
    fn the_vectors_that_the_loader_shares_are_read_and_written() {
        let vectors: serde_json::Value = serde_json::from_str(include_str!("../vectors/state-cookies.json")).unwrap();
        let positions = |list: &serde_json::Value| list.as_array().unwrap().iter().map(|at| at.as_u64().unwrap()).collect::<Vec<_>>();
        let mask = |list: &serde_json::Value, of: u64| Mask::from_bits((0..of).map(|at| positions(list).contains(&at))).unwrap();
        let number = |value: &serde_json::Value| u32::try_from(value.as_u64().unwrap()).unwrap();
        for choice in vectors["choices"].as_array().unwrap() {
            let cookie = StateCookie {
                version: PolicyVersion::new(number(&choice["version"])).unwrap(),
                day: Day::new(number(&choice["day"])),
                purposes: mask(&choice["purposes"], 9),
                exceptions: mask(&choice["exceptions"], 6),
            };
            assert_eq!(cookie.to_string(), choice["text"].as_str().unwrap());
            assert_eq!(cookie.to_string().parse(), Ok(cookie));
        }
        for text in vectors["no_choices"].as_array().unwrap() {
            assert_eq!(text.as_str().unwrap().parse::<StateCookie>(), Err(StateCookieError), "{text}");
        }
    }
}
