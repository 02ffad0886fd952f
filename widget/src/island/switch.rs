//! One switch: of a purpose or of a service.

use leptos::prelude::*;

use crate::model::Switches;

/// The switch's words: the hook, the ids of the elements that name and explain it, and its state.
#[derive(Debug, Clone, Default)]
pub(crate) struct OnOffWords {
    pub(crate) purpose: Option<String>,
    pub(crate) service: Option<String>,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) on: String,
    pub(crate) off: String,
}

/// A native checkbox in the role of a switch (A11Y-11). It says its state in a word too, not by colour
/// alone (A11Y-12); those words are for the eye, since assistive technology has the switch's own state.
#[component]
pub(crate) fn OnOff(key: String, #[prop(default = Default::default())] words: OnOffWords, switches: RwSignal<Switches>) -> impl IntoView {
    let (shown, turned) = (key.clone(), key.clone());
    view! {
        <input
            type="checkbox"
            role="switch"
            value=key
            data-placet-purpose=words.purpose
            data-placet-service=words.service
            aria-labelledby=words.label
            aria-describedby=words.hint
            prop:checked=move || switches.with(|switches| switches.is_on(&shown))
            on:change=move |event| switches.update(|switches| switches.turn(&turned, event_target_checked(&event)))
        />
        <span class="on" aria-hidden="true">{words.on}</span>
        <span class="off" aria-hidden="true">{words.off}</span>
    }
}
