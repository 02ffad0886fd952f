//! The `Content-Security-Policy` that a page is given for what its visitor allows: only the hosts of the
//! site's own, of services that may run, and those that the owner names. It restricts hosts and nothing
//! else, so that it can stand beside a policy of the owner's: browsers keep to both.
//!
//! `default-src` alone: every directive that fetches falls back to it, also those that browsers do not
//! have yet. Must not know of requests, nor of cookies.

pub mod snippet;

use std::fmt::Write as _;

use shared::policy::Policy;

use crate::allowed::Allowed;
use crate::library::Pattern;
use crate::site::Gate;
use crate::site::origin::Origin;

/// All that names no host: what a page does with itself is the owner's to restrict.
const NO_HOST: &str = "default-src 'self' data: blob: filesystem: mediastream: 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval'";

/// Whose pages the policy is for.
#[derive(Debug, Clone, Copy)]
pub struct Pages<'a> {
    /// Their origins and Placet's.
    pub origins: &'a [Origin],
    /// The policy that visitors are shown.
    pub policy: &'a Policy,
    /// Where its services are reached.
    pub gate: &'a Gate,
}

impl Pages<'_> {
    /// The header's value.
    #[must_use]
    pub fn header(self, allowed: &Allowed) -> String {
        let mut header = NO_HOST.to_owned();
        for origin in self.origins.iter().filter(|origin| !origin.host().starts_with('[')) {
            // What a policy says of `http:` does not cover `ws:`. Writing to a text cannot fail.
            let _ = write!(header, " {origin} {}", origin.as_str().replacen("http", "ws", 1));
        }
        for host in self.hosts(allowed) {
            self.name(&mut header, host);
        }
        header
    }

    /// The header's value where nothing is granted.
    #[must_use]
    pub fn strictest(self) -> String {
        self.header(&Allowed::without_consent(self.policy))
    }

    /// The hosts that may be asked, each once.
    fn hosts(&self, allowed: &Allowed) -> Vec<&str> {
        let may_run = self.policy.services.iter().filter(|service| allowed.has(&service.id));
        let urls = may_run.filter_map(|service| self.gate.urls.get(&service.id)).flatten();
        let mut hosts: Vec<&str> = self.gate.modes.hosts.iter().chain(urls).filter(|url| !url.is_own()).map(Pattern::host).collect();
        hosts.sort_unstable();
        hosts.dedup();
        hosts
    }

    /// A host with its subdomains, on any port.
    fn name(&self, header: &mut String, host: &str) {
        let plain = self.origins.iter().any(|origin| !origin.is_secure());
        let schemes: &[&str] = if plain { &["", "ws://", "wss://"] } else { &["", "wss://"] };
        let is_address = host.parse::<std::net::IpAddr>().is_ok();
        for scheme in schemes {
            let _ = write!(header, " {scheme}{host}:*");
            if !is_address {
                let _ = write!(header, " {scheme}*.{host}:*");
            }
        }
    }
}
