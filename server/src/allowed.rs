//! Which services may run on a device: those that need no consent, and those that its state cookie
//! grants. Must not know of HTTP.

use std::collections::BTreeSet;

use shared::cookie::StateCookie;
use shared::grants::Mask;
use shared::id::ServiceId;
use shared::policy::{Mode, Policy};

/// The services that may run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed(BTreeSet<ServiceId>);

impl Allowed {
    /// Before any choice: what needs no consent.
    #[must_use]
    pub fn without_consent(policy: &Policy) -> Self {
        let necessary = |service: &&shared::policy::Service| {
            policy.purposes.iter().any(|purpose| purpose.id == service.purpose && purpose.mode == Mode::Necessary)
        };
        Self(policy.services.iter().filter(necessary).map(|service| service.id.clone()).collect())
    }

    /// After the choice that a cookie holds. A cookie that names what the policy does not have is no
    /// choice (CON-15), as for the loader.
    #[must_use]
    pub fn by(policy: &Policy, cookie: &StateCookie) -> Self {
        let mut allowed = Self::without_consent(policy);
        let fits = |mask: &Mask, count: usize| Mask::from_bits((0..count).map(|at| mask.has(at))).is_ok_and(|same| same == *mask);
        if !fits(&cookie.purposes, policy.optional_purposes().count()) || !fits(&cookie.exceptions, policy.optional_services().count()) {
            return allowed;
        }
        let purpose = |service: &shared::policy::Service| policy.optional_purposes().position(|purpose| purpose.id == service.purpose);
        for (at, service) in policy.optional_services().enumerate() {
            let of_purpose = purpose(service).is_some_and(|at| cookie.purposes.has(at));
            // A service's own exception turns what its purpose says.
            if of_purpose != cookie.exceptions.has(at) {
                allowed.0.insert(service.id.clone());
            }
        }
        allowed
    }

    /// Whether that service may run.
    #[must_use]
    pub fn has(&self, service: &ServiceId) -> bool {
        self.0.contains(service)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::testing::policy;

    fn allowed(cookie: &str) -> Vec<String> {
        Allowed::by(&policy(), &cookie.parse().unwrap()).0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_services_own_exception_wins_over_its_purpose() {
        for (cookie, runs) in [
            ("1.1.7.0", &["login"][..]),
            ("1.1.7.1", &["counter", "login"]),
            ("1.1.7.3", &["counter", "login", "video"]),
            ("1.1.7.1.1", &["login"]),
            ("1.1.7.1.2", &["counter", "login", "video"]),
        ] {
            assert_eq!(allowed(cookie), runs, "{cookie}");
        }
    }

    #[test]
    fn con_15_a_cookie_with_more_than_the_policy_has_is_no_choice() {
        for cookie in ["1.1.7.7", "1.1.7.3.4"] {
            assert_eq!(allowed(cookie), ["login"], "{cookie}");
        }
    }
}
