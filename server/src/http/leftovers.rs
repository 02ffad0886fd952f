//! The cookies of services that the visitor does not allow, expired by the one who can: page scripts
//! neither see nor remove what is `HttpOnly` (CK-11, CON-10). Touches only names that the policy
//! declares for such a service and for no other, and never a value.

use std::collections::BTreeSet;
use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::Cookie;
use shared::cookie::{ID_COOKIE, ID_COOKIE_SECURE, STATE_COOKIE, STATE_COOKIE_SECURE};
use shared::policy::{Policy, StorageKind};

use crate::allowed::Allowed;
use crate::library::covers;
use crate::site::origin::Origin;

const OWN: [&str; 4] = [STATE_COOKIE, STATE_COOKIE_SECURE, ID_COOKIE, ID_COOKIE_SECURE];

/// At most so many lines, so that the answer's head fits in what proxies take.
const MOST: usize = 30;

/// The `Set-Cookie` values that end them: for the host alone, then for each domain above it.
#[must_use]
pub fn expired(policy: &Policy, allowed: &Allowed, headers: &HeaderMap, origin: &Origin) -> Vec<HeaderValue> {
    let names: BTreeSet<String> = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .flatten()
        .map(|cookie| cookie.name().to_owned())
        .filter(|name| is_left_over(policy, allowed, name))
        .collect();
    let secure = if origin.is_secure() { "; Secure" } else { "" };
    let scopes = std::iter::once(String::new()).chain(domains(origin.host()).into_iter().map(|domain| format!("; Domain={domain}")));
    let mut lines = Vec::new();
    for scope in scopes {
        // A `__Host-` cookie has no domain.
        let names = names.iter().filter(|name| scope.is_empty() || !name.starts_with("__Host-"));
        lines.extend(names.map(|name| format!("{name}=; Max-Age=0; Path=/{scope}{secure}")));
    }
    lines.iter().take(MOST).filter_map(|line| HeaderValue::from_str(line).ok()).collect()
}

/// Whether a service that may not run declares the cookie, and none that may.
fn is_left_over(policy: &Policy, allowed: &Allowed, name: &str) -> bool {
    let declares = |service: &&shared::policy::Service| {
        service.storage.iter().any(|item| item.kind == StorageKind::Cookie && covers(&item.name, name))
    };
    let mut owners = policy.services.iter().filter(declares).peekable();
    !OWN.contains(&name) && owners.peek().is_some() && owners.all(|owner| !allowed.has(&owner.id))
}

/// The host and the domains above it that can have cookies. Of a registry's domain the browser refuses
/// them, so that trying does no harm.
fn domains(host: &str) -> Vec<&str> {
    if host.starts_with('[') || host.parse::<IpAddr>().is_ok() {
        return Vec::new();
    }
    let above = std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, above)| above));
    above.take_while(|domain| domain.contains('.')).collect()
}
