//! The stricter ways to hold what nobody marked, which a site switches on under `[gate]`. Must not know
//! how they work.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::id::ServiceId;
use shared::policy::{Mode, Purpose, Service};
use toml::Spanned;

use crate::library::Pattern;
use crate::site::error::{Fault, Found};

/// `[gate]` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GateEntry {
    #[serde(default)]
    hosts: Vec<Spanned<String>>,
    #[serde(default)]
    worker: bool,
}

/// What a site switches on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Modes {
    /// Hosts that its pages use and that are no service's, each with its subdomains.
    pub hosts: Vec<Pattern>,
    /// Whether a service worker refuses what waits.
    pub worker: bool,
}

/// Whose addresses a host may not open.
pub(super) struct Known<'a> {
    pub(super) purposes: &'a [Purpose],
    pub(super) services: &'a [Service],
    pub(super) urls: &'a BTreeMap<ServiceId, Vec<Pattern>>,
}

pub(super) fn modes(entry: GateEntry, known: &Known<'_>) -> Result<Modes, Found> {
    let host = |text: Spanned<String>| {
        let span = text.span();
        let text = text.into_inner();
        let pattern = Pattern::try_from(text.clone()).ok().filter(|pattern| !pattern.is_own() && pattern.path().is_empty());
        let pattern = pattern.ok_or_else(|| Fault::GateHost(text).at(span.clone()))?;
        match known.waiting(&pattern) {
            Some(service) => Err(Fault::GateHostWaits { host: pattern.to_string(), service: service.clone() }.at(span)),
            None => Ok(pattern),
        }
    };
    Ok(Modes { hosts: entry.hosts.into_iter().map(host).collect::<Result<_, _>>()?, worker: entry.worker })
}

impl Known<'_> {
    /// A service that waits for consent and would be opened with that host.
    fn waiting(&self, host: &Pattern) -> Option<&ServiceId> {
        let waits = |service: &&Service| self.purposes.iter().any(|purpose| purpose.id == service.purpose && purpose.mode == Mode::Consent);
        let touched =
            |service: &&Service| self.urls.get(&service.id).is_some_and(|urls| urls.iter().any(|url| url.shares_hosts_with(host)));
        self.services.iter().filter(waits).find(touched).map(|service| &service.id)
    }
}
