//! The policy of each grant state as a piece of a web server's configuration, for owners who want no
//! request to Placet before each page. Must not know where it is written to.

use std::fmt::Write as _;

use shared::cookie::{STATE_COOKIE_SECURE, StateCookie};
use shared::grants::{Mask, MaskError};
use shared::policy::PolicyVersion;
use shared::time::Day;

use super::Pages;
use crate::allowed::Allowed;

/// More purposes than this, and the states are too many to list.
const MOST_PURPOSES: usize = 8;

/// Longer values nginx does not read.
const LONGEST: usize = 4000;

/// Why there is no snippet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SnippetError {
    /// Every combination of them would be a line.
    #[error(
        "the site asks for {0} purposes, which can be granted in too many ways to list; at most {MOST_PURPOSES} can: let your web server ask for the policy instead (docs/modes.md)"
    )]
    TooMany(usize),
    /// The web server cannot read it.
    #[error(
        "the policy has {0} characters and nginx reads at most {LONGEST}: let your web server ask for the policy instead (docs/modes.md)"
    )]
    TooLong(usize),
    /// A choice that no cookie can hold.
    #[error(transparent)]
    Mask(#[from] MaskError),
}

/// A `map` for nginx from the request's cookies to `$placet_csp`, one line for each way to grant purposes
/// under the versions whose choices hold. A choice with exceptions for single services falls to the
/// strictest, because their combinations are too many. How old a choice is, the cookie's own end says.
pub fn nginx(pages: Pages<'_>, versions: std::ops::RangeInclusive<u32>) -> Result<String, SnippetError> {
    let count = pages.policy.optional_purposes().count();
    if count > MOST_PURPOSES {
        return Err(SnippetError::TooMany(count));
    }
    let versions = versions.map(|version| version.to_string()).collect::<Vec<_>>().join("|");
    let plain = pages.origins.iter().any(|origin| !origin.is_secure());
    let name = if plain { "(?:__Host-)?placet" } else { STATE_COOKIE_SECURE };
    let quoted =
        |policy: String| if policy.len() > LONGEST { Err(SnippetError::TooLong(policy.len())) } else { Ok(format!("\"{policy}\"")) };
    let mut map = format!("map $http_cookie $placet_csp {{\n    default {};\n", quoted(pages.strictest())?);
    for state in 1_usize..1 << count {
        let purposes = Mask::from_bits((0..count).map(|at| state >> at & 1 == 1))?;
        let cookie = StateCookie { version: PolicyVersion::FIRST, day: Day::new(0), purposes, exceptions: Mask::empty() };
        let policy = quoted(pages.header(&Allowed::by(pages.policy, &cookie)))?;
        // Writing to a text cannot fail.
        let _ = writeln!(map, "    \"~(?:^|;\\s*){name}=1\\.(?:{versions})\\.[0-9]+\\.{}(?:;|$)\" {policy};", cookie.purposes);
    }
    Ok(map + "}\n")
}
