//! What a visitor decided, as the page states it, and whether the policy that was shown allows it.
//!
//! The page states a decision; only the server builds a record of it. A decision may grant nothing
//! that was not shown (CON-04).

use std::collections::BTreeSet;

use crate::cookie::StateCookie;
use crate::digest::Digest;
use crate::grants::{Mask, MaskError};
use crate::id::{Language, PurposeId, RecordId, ServiceId};
use crate::policy::{Policy, PolicyVersion};
use crate::time::Day;

/// The body of `POST /v1/sites/{site}/consents`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Decision {
    /// Made by the page; sending it twice records once.
    pub record: RecordId,
    /// The policy version that was shown.
    pub policy: PolicyVersion,
    /// The language that it was shown in.
    pub language: Language,
    /// Where the choice was made.
    pub layer: Layer,
    /// How the choice was made.
    pub method: Method,
    /// The build of the banner that showed it: SHA-256 of the loader's and the banner's files.
    pub banner: Digest,
    /// The purposes that are granted.
    pub granted: Vec<PurposeId>,
    /// Services granted although their purpose is not.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub services_granted: Vec<ServiceId>,
    /// Services refused although their purpose is granted.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub services_refused: Vec<ServiceId>,
    /// What the browser signalled to the page, where the site has purposes that it speaks of.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub signal: Option<Signal>,
}

/// A browser's own signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Signal {
    /// Global Privacy Control: not to sell or share. Never consent (GPC-05).
    Gpc,
}

/// Where a choice was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Layer {
    /// The first layer: Accept all, Reject all, Choose.
    First,
    /// The preferences.
    Preferences,
    /// The reopen control.
    Control,
    /// The page's own script, through `placet.withdraw`.
    Page,
    /// Nowhere: the browser's signal took back an earlier grant.
    Signal,
}

impl Layer {
    /// The name in JSON, records and exports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Preferences => "preferences",
            Self::Control => "control",
            Self::Page => "page",
            Self::Signal => "signal",
        }
    }
}

/// How a choice was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Method {
    /// Everything that was shown.
    AcceptAll,
    /// Nothing.
    RejectAll,
    /// What the switches showed.
    Save,
    /// An earlier grant taken back, wholly or in part.
    Withdraw,
}

impl Method {
    /// The name in JSON, records and exports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AcceptAll => "accept_all",
            Self::RejectAll => "reject_all",
            Self::Save => "save",
            Self::Withdraw => "withdraw",
        }
    }
}

/// A decision that the policy allows: every optional purpose stands in exactly one of two lists,
/// in the policy's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Granted purposes.
    pub granted: Vec<PurposeId>,
    /// Refused purposes.
    pub refused: Vec<PurposeId>,
    /// Services granted although their purpose is refused.
    pub services_granted: Vec<ServiceId>,
    /// Services refused although their purpose is granted.
    pub services_refused: Vec<ServiceId>,
    purposes: Mask,
    exceptions: Mask,
}

impl Choice {
    /// Whether nothing at all is granted: such a choice leaves no identifier behind (PBD-06).
    #[must_use]
    pub fn grants_nothing(&self) -> bool {
        self.granted.is_empty() && self.services_granted.is_empty()
    }

    /// The state cookie of the choice.
    #[must_use]
    pub fn cookie(&self, version: PolicyVersion, day: Day) -> StateCookie {
        StateCookie { version, day, purposes: self.purposes.clone(), exceptions: self.exceptions.clone() }
    }
}

/// Why a decision cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// A granted purpose was not asked for under this policy (CON-04).
    #[error("purpose \"{0}\" is not one that policy version {1} asks consent for")]
    PurposeNotShown(PurposeId, PolicyVersion),
    /// A service was not asked for under this policy.
    #[error("service \"{0}\" is not one that policy version {1} asks consent for")]
    ServiceNotShown(ServiceId, PolicyVersion),
    /// The same purpose or service stands twice.
    #[error("\"{0}\" stands twice")]
    Twice(String),
    /// A service is listed as an exception with the state that its purpose gives it anyway.
    #[error("service \"{0}\" is listed as an exception but has its purpose's own state: leave it out")]
    NoException(ServiceId),
    /// The method and the grants contradict each other.
    #[error("{0}")]
    Contradiction(&'static str),
    /// The browser's signal keeps it off under the policy's profile (GPC-05).
    #[error("the browser's signal keeps purpose \"{0}\" off, so it cannot be granted")]
    KeptOff(PurposeId),
    /// The policy was not shown in that language.
    #[error("policy version {1} was not published in \"{0}\"")]
    LanguageNotShown(Language, PolicyVersion),
    /// The policy has more purposes or services than the cookie can hold.
    #[error(transparent)]
    Mask(#[from] MaskError),
}

impl Decision {
    /// Checks the decision against the policy that was shown.
    pub fn check(&self, policy: &Policy) -> Result<Choice, DecisionError> {
        if !policy.languages.contains(&self.language) {
            return Err(DecisionError::LanguageNotShown(self.language.clone(), self.policy));
        }
        let granted = distinct(&self.granted)?;
        let more = distinct(&self.services_granted)?;
        let less = distinct(&self.services_refused)?;
        if let Some(unknown) = granted.iter().find(|id| !policy.optional_purposes().any(|purpose| purpose.id == ***id)) {
            return Err(DecisionError::PurposeNotShown((*unknown).clone(), self.policy));
        }
        for service in self.services_granted.iter().chain(&self.services_refused) {
            let Some(shown) = policy.optional_services().find(|shown| shown.id == *service) else {
                return Err(DecisionError::ServiceNotShown(service.clone(), self.policy));
            };
            if granted.contains(&shown.purpose) == more.contains(service) {
                return Err(DecisionError::NoException(service.clone()));
            }
        }
        let choice = Choice {
            granted: policy.optional_purposes().map(|purpose| &purpose.id).filter(|id| granted.contains(id)).cloned().collect(),
            refused: policy.optional_purposes().map(|purpose| &purpose.id).filter(|id| !granted.contains(id)).cloned().collect(),
            services_granted: policy.optional_services().map(|service| &service.id).filter(|id| more.contains(id)).cloned().collect(),
            services_refused: policy.optional_services().map(|service| &service.id).filter(|id| less.contains(id)).cloned().collect(),
            purposes: Mask::from_bits(policy.optional_purposes().map(|purpose| granted.contains(&purpose.id)))?,
            exceptions: Mask::from_bits(
                policy.optional_services().map(|service| more.contains(&service.id) || less.contains(&service.id)),
            )?,
        };
        self.check_signal(&choice, policy)?;
        self.check_method(&choice, policy)?;
        Ok(choice)
    }

    /// Where the signal is not consent's to overrule, what it keeps off stays off.
    fn check_signal(&self, choice: &Choice, policy: &Policy) -> Result<(), DecisionError> {
        if self.signal.is_none() || policy.yields_to_choice() {
            return Ok(());
        }
        let services = policy.optional_services().filter(|service| choice.services_granted.contains(&service.id));
        let granted = choice.granted.iter().chain(services.map(|service| &service.purpose));
        match granted.into_iter().find(|purpose| policy.is_advertising(purpose)) {
            Some(purpose) => Err(DecisionError::KeptOff(purpose.clone())),
            None => Ok(()),
        }
    }

    /// What a signal speaks of is no part of "everything": it has its own switch or none.
    fn check_method(&self, choice: &Choice, policy: &Policy) -> Result<(), DecisionError> {
        let spoken_of = |purpose: &PurposeId| self.signal.is_some() && policy.is_advertising(purpose);
        let exceptional = |id: &ServiceId| choice.services_granted.contains(id) || choice.services_refused.contains(id);
        let exceptions = policy.optional_services().filter(|service| exceptional(&service.id)).map(|service| &service.purpose);
        let everything = choice.refused.iter().chain(exceptions).all(spoken_of);
        let unchanged = choice.refused.is_empty() && choice.services_refused.is_empty();
        let nothing = choice.grants_nothing();
        let contradiction = match self.method {
            Method::AcceptAll if !everything => "\"accept_all\" must grant every purpose that was shown, or be sent as \"save\"",
            Method::RejectAll if !nothing => "\"reject_all\" must grant nothing, or be sent as \"save\"",
            Method::Withdraw if unchanged => "\"withdraw\" must leave at least one purpose refused",
            _ if self.layer == Layer::Signal && self.signal.is_none() => "layer \"signal\" goes with a signal",
            Method::AcceptAll | Method::RejectAll | Method::Save if matches!(self.layer, Layer::Page | Layer::Signal) => {
                "the page's own script and a signal can only withdraw: layers \"page\" and \"signal\" go with method \"withdraw\""
            }
            Method::AcceptAll | Method::RejectAll | Method::Withdraw | Method::Save => return Ok(()),
        };
        Err(DecisionError::Contradiction(contradiction))
    }
}

fn distinct<T: Ord + ToString>(ids: &[T]) -> Result<BTreeSet<&T>, DecisionError> {
    let mut seen = BTreeSet::new();
    match ids.iter().find(|id| !seen.insert(*id)) {
        Some(twice) => Err(DecisionError::Twice(twice.to_string())),
        None => Ok(seen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::profile::Profile;
    use crate::testing::policy;

    fn decision(method: Method, granted: &[&str]) -> Decision {
        Decision {
            record: RecordId::from_random([1; 16]),
            policy: PolicyVersion::FIRST,
            language: "en".parse().unwrap(),
            layer: Layer::First,
            method,
            banner: Digest::from_bytes([0; 32]),
            granted: granted.iter().map(|id| id.parse().unwrap()).collect(),
            services_granted: Vec::new(),
            services_refused: Vec::new(),
            signal: None,
        }
    }

    /// A policy whose "media" is advertising, and a decision made under the browser's signal.
    fn signalled(method: Method, granted: &[&str], profile: Option<Profile>) -> Result<Choice, DecisionError> {
        let mut policy = Policy { profile, ..policy() };
        policy.purposes.iter_mut().filter(|purpose| purpose.id.as_str() == "media").for_each(|purpose| purpose.advertising = true);
        Decision { signal: Some(Signal::Gpc), ..decision(method, granted) }.check(&policy)
    }

    #[test]
    fn gpc_05_con_04_under_the_signal_accept_all_is_everything_but_advertising() {
        for profile in [None, Some(Profile::Uk), Some(Profile::UsCa)] {
            let choice = signalled(Method::AcceptAll, &["analytics"], profile).unwrap();
            assert_eq!((choice.granted.len(), choice.refused.len()), (1, 1));
            for granted in [&["media"][..], &[]] {
                assert!(signalled(Method::AcceptAll, granted, profile).is_err(), "{granted:?}");
            }
            // What was allowed by its own switch stays allowed, where it could be.
            assert_eq!(signalled(Method::AcceptAll, &["analytics", "media"], profile).is_ok(), profile == Some(Profile::UsCa));
        }
    }

    #[test]
    fn gpc_08_a_later_explicit_choice_overrules_the_signal_in_opt_out_states_and_nowhere_else() {
        assert!(signalled(Method::Save, &["media"], Some(Profile::UsCa)).is_ok());
        for profile in [None, Some(Profile::Uk), Some(Profile::Eu)] {
            assert!(matches!(signalled(Method::Save, &["media"], profile), Err(DecisionError::KeptOff(_))));
            assert!(signalled(Method::Save, &["analytics"], profile).is_ok());
        }
    }

    #[test]
    fn a_signal_can_take_back_and_never_give() {
        let layer = |signal, method, granted| Decision { layer: Layer::Signal, signal, ..decision(method, granted) }.check(&policy());
        assert!(layer(Some(Signal::Gpc), Method::Withdraw, &["analytics"]).is_ok());
        assert!(layer(Some(Signal::Gpc), Method::Save, &["analytics"]).is_err());
        assert!(layer(None, Method::Withdraw, &["analytics"]).is_err());
    }

    #[test]
    fn con_04_accept_all_grants_exactly_the_purposes_shown() {
        let choice = decision(Method::AcceptAll, &["media", "analytics"]).check(&policy()).unwrap();
        assert_eq!(choice.cookie(PolicyVersion::FIRST, Day::new(7)).to_string(), "1.1.7.3");
        assert!(choice.refused.is_empty());
        assert!(matches!(decision(Method::AcceptAll, &["media"]).check(&policy()), Err(DecisionError::Contradiction(_))));
    }

    #[test]
    fn con_04_what_was_not_shown_or_needs_no_consent_cannot_be_granted() {
        for id in ["advertising", "needed"] {
            assert!(matches!(decision(Method::Save, &[id]).check(&policy()), Err(DecisionError::PurposeNotShown(..))), "{id}");
        }
        let mut unknown = decision(Method::Save, &[]);
        unknown.services_granted = vec!["login".parse().unwrap()];
        assert!(matches!(unknown.check(&policy()), Err(DecisionError::ServiceNotShown(..))));
    }

    #[test]
    fn a_refusal_grants_nothing_and_its_cookie_says_so() {
        let choice = decision(Method::RejectAll, &[]).check(&policy()).unwrap();
        assert!(choice.grants_nothing());
        assert_eq!(choice.cookie(PolicyVersion::FIRST, Day::new(7)).to_string(), "1.1.7.0");
        assert!(matches!(decision(Method::RejectAll, &["media"]).check(&policy()), Err(DecisionError::Contradiction(_))));
    }

    #[test]
    fn a_services_own_state_wins_and_must_differ_from_its_purposes() {
        let mut one = decision(Method::Save, &["analytics"]);
        one.services_granted = vec!["video".parse().unwrap()];
        one.services_refused = vec!["counter".parse().unwrap()];
        let choice = one.check(&policy()).unwrap();
        assert_eq!(choice.cookie(PolicyVersion::FIRST, Day::new(7)).to_string(), "1.1.7.1.3");
        one.services_refused = vec!["video".parse().unwrap()];
        one.services_granted = Vec::new();
        assert!(matches!(one.check(&policy()), Err(DecisionError::NoException(_))));
    }

    #[test]
    fn the_pages_own_script_can_withdraw_but_never_grant() {
        let mut by_page = decision(Method::Save, &["media"]);
        by_page.layer = Layer::Page;
        assert!(matches!(by_page.check(&policy()), Err(DecisionError::Contradiction(_))));
        by_page.method = Method::Withdraw;
        assert!(by_page.check(&policy()).is_ok());
    }

    #[test]
    fn a_language_that_was_not_published_and_a_repeated_id_are_refused() {
        let mut other = decision(Method::RejectAll, &[]);
        other.language = "fr".parse().unwrap();
        assert!(matches!(other.check(&policy()), Err(DecisionError::LanguageNotShown(..))));
        assert!(matches!(decision(Method::Save, &["media", "media"]).check(&policy()), Err(DecisionError::Twice(_))));
    }
}
