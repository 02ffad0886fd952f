//! What the preferences know: which switches there are and where they stand. Plain data, so that it
//! can be tested without a browser. Must not know of signals, HTML or the page.

use shared::policy::Mode;
use shared::policy::view::PolicyView;

/// What a button asks for. The names are the methods of `shared::decision::Method`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    AcceptAll,
    RejectAll,
    Withdraw,
}

impl Action {
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a page acts"))]
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::AcceptAll => "accept_all",
            Self::RejectAll => "reject_all",
            Self::Withdraw => "withdraw",
        }
    }
}

/// Where it was asked. The names are those of `shared::decision::Layer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layer {
    First,
    Preferences,
    Control,
}

impl Layer {
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a page acts"))]
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Preferences => "preferences",
            Self::Control => "control",
        }
    }
}

/// What the visitor has in hand about their last choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Nothing was chosen on this page.
    Unknown,
    /// Nothing was allowed, so nothing is kept (PBD-06).
    Nothing,
    /// The choice holds, the record is still under way.
    Pending,
    /// There is a receipt to save.
    Receipt,
}

/// Names one switch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Switch {
    Purpose(String),
    Service(String),
}

/// The switches of the preferences: one for each purpose that waits for consent, and one for each of
/// its services. All are off until the visitor turns them on (CON-03).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Switches(Vec<PurposeSwitch>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct PurposeSwitch {
    id: String,
    on: bool,
    services: Vec<(String, bool)>,
}

impl Switches {
    pub(crate) fn all_off(policy: &PolicyView) -> Self {
        let optional = policy.purposes.iter().filter(|purpose| purpose.mode == Mode::Consent);
        let switch = optional.map(|purpose| PurposeSwitch {
            id: purpose.id.as_str().to_owned(),
            on: false,
            services: purpose.services.iter().map(|service| (service.id.as_str().to_owned(), false)).collect(),
        });
        Self(switch.collect())
    }

    /// Shows an earlier choice (A11Y-17: nobody enters it twice).
    pub(crate) fn show(&mut self, purpose: impl Fn(&str) -> bool, service: impl Fn(&str) -> bool) {
        for switch in &mut self.0 {
            switch.on = purpose(&switch.id);
            for (id, on) in &mut switch.services {
                *on = service(id);
            }
        }
    }

    pub(crate) fn is_on(&self, which: &Switch) -> bool {
        match which {
            Switch::Purpose(id) => self.0.iter().any(|switch| switch.on && switch.id == *id),
            Switch::Service(id) => self.services_on().any(|on| on == id),
        }
    }

    /// Turns a purpose and all of its services, or one service alone, whose purpose then keeps its own
    /// state for the others.
    pub(crate) fn turn(&mut self, which: &Switch, to: bool) {
        for switch in &mut self.0 {
            match which {
                Switch::Purpose(id) if switch.id == *id => {
                    switch.on = to;
                    switch.services.iter_mut().for_each(|(_, on)| *on = to);
                }
                Switch::Purpose(_) => {}
                Switch::Service(id) => switch.services.iter_mut().filter(|(service, _)| service == id).for_each(|(_, on)| *on = to),
            }
        }
    }

    /// The purposes that are on: exactly what is shown (UI-08).
    #[cfg_attr(not(any(feature = "hydrate", test)), expect(dead_code, reason = "only a page saves"))]
    pub(crate) fn purposes_on(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|switch| switch.on).map(|switch| switch.id.as_str())
    }

    /// The services that are on.
    pub(crate) fn services_on(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|switch| &switch.services).filter(|(_, on)| *on).map(|(id, _)| id.as_str())
    }
}
