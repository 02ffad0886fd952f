//! What the islands know: which switches there are and where they stand. Plain data, so that it can
//! be tested without a browser. Must not know of signals, HTML or the page.

/// What a button asks for. The names are those of `shared::decision::Method`, where it decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    AcceptAll,
    RejectAll,
    Withdraw,
    /// Opens the preferences; decides nothing.
    Choose,
    /// What the switches show.
    Save,
}

impl Action {
    /// The value of `data-placet-action`.
    pub(crate) fn hook(self) -> &'static str {
        match self {
            Self::AcceptAll => "accept-all",
            Self::RejectAll => "reject-all",
            Self::Withdraw => "withdraw",
            Self::Choose => "choose",
            Self::Save => "save",
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

#[cfg(feature = "hydrate")]
impl Layer {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Preferences => "preferences",
            Self::Control => "control",
        }
    }
}

/// Names one switch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Switch {
    Purpose(String),
    Service(String),
}

/// The switches of the preferences, in the order of the page: each purpose that waits for consent,
/// followed by its services. All are off until the visitor turns them on (CON-03).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Switches(Vec<(Switch, bool)>);

impl Switches {
    #[cfg(any(feature = "hydrate", test))]
    pub(crate) fn all_off(shown: Vec<Switch>) -> Self {
        Self(shown.into_iter().map(|switch| (switch, false)).collect())
    }

    #[cfg(any(feature = "hydrate", test))]
    /// Shows an earlier choice (A11Y-17: nobody enters it twice).
    pub(crate) fn show(&mut self, granted: impl Fn(&Switch) -> bool) {
        for (switch, on) in &mut self.0 {
            *on = granted(switch);
        }
    }

    pub(crate) fn is_on(&self, which: &Switch) -> bool {
        self.on().any(|switch| switch == which)
    }

    /// Turns a purpose and all of its services, or one service alone, whose purpose then keeps its own
    /// state for the others.
    pub(crate) fn turn(&mut self, which: &Switch, to: bool) {
        let mut inside = false;
        for (switch, on) in &mut self.0 {
            let this = switch == which;
            inside = this || inside && matches!(switch, Switch::Service(_)) && matches!(which, Switch::Purpose(_));
            if inside {
                *on = to;
            }
        }
    }

    /// What is on: exactly what is shown, and all that a choice saves (UI-08).
    pub(crate) fn on(&self) -> impl Iterator<Item = &Switch> {
        self.0.iter().filter(|(_, on)| *on).map(|(switch, _)| switch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn purpose(id: &str) -> Switch {
        Switch::Purpose(id.to_owned())
    }

    fn service(id: &str) -> Switch {
        Switch::Service(id.to_owned())
    }

    fn switches() -> Switches {
        Switches::all_off(vec![purpose("analytics"), service("counter"), service("maps"), purpose("media"), service("video")])
    }

    #[test]
    fn con_03_every_switch_is_off_at_first() {
        assert_eq!(switches().on().count(), 0);
    }

    #[test]
    fn a_purpose_turns_its_own_services_and_no_others() {
        let mut switches = switches();
        switches.turn(&purpose("analytics"), true);
        assert_eq!(switches.on().collect::<Vec<_>>(), [&purpose("analytics"), &service("counter"), &service("maps")]);
        switches.turn(&purpose("analytics"), false);
        assert_eq!(switches.on().count(), 0);
    }

    #[test]
    fn a_service_turns_alone_even_under_a_purposes_name() {
        let mut switches = Switches::all_off(vec![purpose("media"), service("media"), service("video")]);
        switches.turn(&service("media"), true);
        assert_eq!(switches.on().collect::<Vec<_>>(), [&service("media")]);
        assert!(switches.is_on(&service("media")) && !switches.is_on(&purpose("media")));
    }

    #[test]
    fn ui_08_what_is_on_is_what_was_turned_on_last() {
        let mut switches = switches();
        switches.turn(&purpose("media"), true);
        switches.turn(&service("video"), false);
        switches.turn(&service("maps"), true);
        assert_eq!(switches.on().collect::<Vec<_>>(), [&service("maps"), &purpose("media")]);
    }

    #[test]
    fn an_earlier_choice_is_shown_as_it_was() {
        let mut switches = switches();
        switches.turn(&purpose("analytics"), true);
        switches.show(|switch| *switch == service("video"));
        assert_eq!(switches.on().collect::<Vec<_>>(), [&service("video")]);
    }
}
