//! The service worker of a site: the script, and what it works on. It stands beside the server and not in
//! the loader's folder, because it is no part of the page: it shares no code with the loader and has no
//! budget to keep. Must not know of requests.

use serde_json::json;
use shared::policy::{Mode, Policy, PolicyVersion, Service};

use crate::library::{Library, LibraryError, Pattern};
use crate::site::Gate;

const SCRIPT: &str = include_str!("../assets/worker.js");

/// What a browser gets that has the worker of a site without one: it removes itself.
pub const NONE: &str = include_str!("../assets/no-worker.js");

/// The versions whose choices hold.
#[derive(Debug, Clone, Copy)]
pub struct Versions {
    /// The oldest.
    pub since: PolicyVersion,
    /// The newest.
    pub current: PolicyVersion,
}

/// The worker's script.
pub fn script(policy: &Policy, gate: &Gate, versions: Versions) -> Result<String, LibraryError> {
    let urls = |service: &Service| gate.urls.get(&service.id).into_iter().flatten().map(ToString::to_string);
    let purposes: Vec<_> = policy.optional_purposes().collect();
    let waits = policy.optional_services().enumerate().map(|(at, service)| {
        let purpose = purposes.iter().position(|purpose| purpose.id == service.purpose);
        [json!(purpose), json!(at)].into_iter().chain(urls(service).map(|url| json!(url))).collect::<Vec<_>>()
    });
    let waits: Vec<_> = waits.filter(|row| row.len() > 2).collect();
    let is_necessary =
        |service: &&Service| policy.purposes.iter().any(|purpose| purpose.id == service.purpose && purpose.mode == Mode::Necessary);
    let necessary = policy.services.iter().filter(is_necessary).flat_map(urls);
    let always: Vec<_> = gate.modes.hosts.iter().map(ToString::to_string).chain(necessary).collect();
    let unnamed = |service: &&crate::library::Service| policy.services.iter().all(|named| named.id != service.id);
    let never = Library::shipped()?.services().iter().filter(unnamed).flat_map(|service| &service.urls).map(Pattern::to_string);
    let data = json!({
        "since": versions.since,
        "version": versions.current,
        "days": policy.validity_days,
        "purposes": purposes.len(),
        "services": policy.optional_services().count(),
        "always": always,
        "never": never.collect::<Vec<_>>(),
        "waits": waits,
    });
    Ok(SCRIPT.replace("__DATA__", &data.to_string()))
}
