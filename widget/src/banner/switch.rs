//! One switch: of a purpose or of a service.

use leptos::prelude::*;
use shared::texts::Texts;

use crate::model::{Switch, Switches};

/// A native checkbox in the role of a switch, named by the text that stands before it (A11Y-11). It
/// says its state in a word too, not by colour alone (A11Y-12); those words are for the eye, since
/// assistive technology has the switch's own state.
pub(super) fn switch(texts: &Texts, own: Switch, label: String, hint: Option<String>, switches: RwSignal<Switches>) -> impl IntoView + use<> {
    let (purpose, service) = match &own {
        Switch::Purpose(id) => (Some(id.clone()), None),
        Switch::Service(id) => (None, Some(id.clone())),
    };
    let turned = own.clone();
    view! {
        <span class="switch">
            <input
                type="checkbox"
                role="switch"
                data-placet-purpose=purpose
                data-placet-service=service
                aria-labelledby=label
                aria-describedby=hint
                prop:checked=move || switches.with(|switches| switches.is_on(&own))
                on:change=move |event| switches.update(|switches| switches.turn(&turned, event_target_checked(&event)))
            />
            <span class="on" aria-hidden="true">{texts.on.clone()}</span>
            <span class="off" aria-hidden="true">{texts.off.clone()}</span>
        </span>
    }
}
