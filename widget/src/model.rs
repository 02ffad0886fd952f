//! What the islands know: what a button asks for, and where the switches stand. Plain data, so that it
//! can be tested without a browser. Must not know of signals, HTML or the page.

/// What a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    AcceptAll,
    RejectAll,
    Withdraw,
    /// What the switches show.
    Save,
    /// Opens the preferences; decides nothing.
    Choose,
}

impl Action {
    /// The button's value, by which the loader knows it: the name in `shared::decision::Method`, where
    /// it decides.
    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::AcceptAll => "accept_all",
            Self::RejectAll => "reject_all",
            Self::Withdraw => "withdraw",
            Self::Save => "save",
            Self::Choose => "choose",
        }
    }

    /// The value of `data-placet-action`, by which others know it.
    pub(crate) fn hook(self) -> &'static str {
        match self {
            Self::AcceptAll => "accept-all",
            Self::RejectAll => "reject-all",
            other => other.value(),
        }
    }
}

/// Where it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layer {
    First,
    Preferences,
    Control,
}

impl Layer {
    /// The button's name, by which the loader knows it: the one in `shared::decision::Layer`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Preferences => "preferences",
            Self::Control => "control",
        }
    }
}

/// The switches of the preferences: a purpose that waits for consent is named by its id, a service
/// under it by `purpose/service`. All are off until the visitor turns them on (CON-03).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Switches(Vec<(String, bool)>);

impl Switches {
    /// Every switch, where `granted` says that it stands (A11Y-17: nobody enters a choice twice).
    #[cfg(any(feature = "hydrate", test))]
    pub(crate) fn new(keys: &[String], granted: impl Fn(&str) -> bool) -> Self {
        Self(keys.iter().map(|key| (key.clone(), granted(key))).collect())
    }

    pub(crate) fn is_on(&self, key: &str) -> bool {
        self.0.iter().any(|(other, on)| *on && other == key)
    }

    /// Turns a purpose and all of its services, or one service alone, whose purpose then keeps its own
    /// state for the others.
    pub(crate) fn turn(&mut self, key: &str, to: bool) {
        for (other, on) in &mut self.0 {
            let rest = other.strip_prefix(key);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
                *on = to;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn switches() -> Switches {
        let keys = ["media", "media/video", "media-extra", "media-extra/video", "media-extra/sound"].map(str::to_owned);
        Switches::new(&keys, |_| false)
    }

    fn on(switches: &Switches) -> Vec<&str> {
        switches.0.iter().filter(|(_, on)| *on).map(|(key, _)| key.as_str()).collect()
    }

    #[test]
    fn con_03_every_switch_is_off_where_nothing_is_granted() {
        assert!(on(&switches()).is_empty());
    }

    #[test]
    fn a_purpose_turns_its_own_services_and_no_others() {
        let mut switches = switches();
        switches.turn("media", true);
        assert_eq!(on(&switches), ["media", "media/video"]);
        switches.turn("media-extra", true);
        switches.turn("media", false);
        assert_eq!(on(&switches), ["media-extra", "media-extra/video", "media-extra/sound"]);
    }

    #[test]
    fn a_service_turns_alone() {
        let mut switches = switches();
        switches.turn("media-extra", true);
        switches.turn("media-extra/video", false);
        assert_eq!(on(&switches), ["media-extra", "media-extra/sound"]);
        assert!(switches.is_on("media-extra") && !switches.is_on("media-extra/video"));
    }

    #[test]
    fn a11y_17_an_earlier_choice_is_shown_as_it_was() {
        let keys = ["media".to_owned(), "media/video".to_owned()];
        assert_eq!(on(&Switches::new(&keys, |key| key == "media/video")), ["media/video"]);
    }
}
