//! The two cookies: the state cookie that scripts may read, and the id cookie that they may not
//! (CK-01 to CK-05, PBD-06, PBD-07). Names and values are `shared::cookie`'s.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use shared::cookie::{ID_COOKIE, ID_COOKIE_SECURE, STATE_COOKIE, STATE_COOKIE_SECURE, StateCookie};
use shared::id::AnonymousId;

/// The cookies of a page's scheme: browsers refuse the `__Host-` names on plain http.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jar {
    secure: bool,
}

/// What the browser sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// The choice that the device holds. `None` when there is none that can be read (CON-15).
    pub state: Option<StateCookie>,
    /// The id that the device holds.
    pub id: Option<AnonymousId>,
    /// Whether there is an id cookie at all, readable or not.
    pub has_id: bool,
}

/// What becomes of the id cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Id {
    /// It is set.
    Keep(AnonymousId),
    /// It is removed.
    Remove,
    /// There is none and there will be none.
    None,
}

impl Jar {
    /// The jar for pages whose origin is, or is not, https.
    #[must_use]
    pub fn new(secure: bool) -> Self {
        Self { secure }
    }

    /// Reads the request's cookies.
    #[must_use]
    pub fn sent(self, headers: &HeaderMap) -> Sent {
        let mut sent = Sent::default();
        let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        for cookie in values.flat_map(Cookie::split_parse).flatten() {
            if cookie.name() == self.state_name() {
                sent.state = sent.state.or_else(|| cookie.value().parse().ok());
            } else if cookie.name() == self.id_name() {
                sent.has_id = true;
                sent.id = sent.id.or_else(|| cookie.value().parse().ok());
            }
        }
        sent
    }

    /// The `Set-Cookie` values after a decision.
    #[must_use]
    pub fn set(self, state: &StateCookie, id: Id, days: u32) -> Vec<HeaderValue> {
        let age = Duration::days(i64::from(days));
        let state = self.cookie(self.state_name(), state.to_string(), age).http_only(false).build();
        let id = match id {
            Id::Keep(id) => Some(self.cookie(self.id_name(), id.to_string(), age).http_only(true).build()),
            Id::Remove => Some(self.cookie(self.id_name(), String::new(), Duration::ZERO).http_only(true).build()),
            Id::None => None,
        };
        let cookies = [Some(state), id].into_iter().flatten();
        cookies.filter_map(|cookie| HeaderValue::from_str(&cookie.to_string()).ok()).collect()
    }

    fn cookie(self, name: &'static str, value: String, age: Duration) -> cookie::CookieBuilder<'static> {
        Cookie::build((name, value)).path("/").same_site(SameSite::Lax).secure(self.secure).max_age(age)
    }

    fn state_name(self) -> &'static str {
        if self.secure { STATE_COOKIE_SECURE } else { STATE_COOKIE }
    }

    fn id_name(self) -> &'static str {
        if self.secure { ID_COOKIE_SECURE } else { ID_COOKIE }
    }
}

/// Whether the browser would keep cookies of this answer as the page's own: another origin's
/// request gets none (the loader writes the state cookie there itself).
#[must_use]
pub fn are_first_party(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin")
}

/// Whether the device holds another choice than `made`: then the decision was sent late, and its
/// cookies would undo a newer one. Days are left out, because clocks differ.
#[must_use]
pub fn holds_another_choice(sent: &Sent, made: &StateCookie) -> bool {
    sent.state
        .as_ref()
        .is_some_and(|held| (held.version, &held.purposes, &held.exceptions) != (made.version, &made.purposes, &made.exceptions))
}
