//! The preferences: a modal dialog with a switch for each purpose and each service.

use std::sync::Arc;

use leptos::html::Dialog;
use leptos::prelude::*;
use shared::policy::Mode;
use shared::policy::view::{PolicyView, PurposeView};

use super::port::Port;
use super::service::Services;
use crate::model::{Action, Kept, Switches};

/// A native modal dialog: focus stays inside, Escape closes it and decides nothing, focus goes back
/// to the button that opened it (A11Y-02, CON-01).
#[component]
pub(crate) fn Preferences(policy: Arc<PolicyView>, port: Port) -> impl IntoView {
    let switches = RwSignal::new(Switches::all_off(&policy));
    switches.update(|switches| port.refresh(switches));
    let dialog = NodeRef::<Dialog>::new();
    dialog.on_load(move |dialog| port.show(&dialog));
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let choose = move |action: Action, event: &leptos::ev::MouseEvent| {
        switches.with_untracked(|switches| port.choose(action, switches, event));
        close();
    };
    let texts = policy.texts.clone();
    let purposes = policy.purposes.iter().cloned().map(|purpose| purpose_section(&policy, purpose, switches)).collect_view();
    view! {
        <dialog class="preferences" data-placet-preferences="" aria-labelledby="placet-title" node_ref=dialog on:close=move |_| port.closed()>
            <header>
                <h2 id="placet-title" tabindex="-1" autofocus=true>{texts.preferences_title}</h2>
                <button type="button" class="close" data-placet-action="close" aria-label=texts.close on:click=move |_| close()></button>
            </header>
            <div class="list">
                <p>
                    {texts.preferences_intro} " "
                    <a href=policy.controller.notice_url.clone() target="_blank" rel="noopener">
                        {texts.notice_link}
                    </a>
                </p>
                {purposes}
                {receipt(&policy, port)}
            </div>
            <footer class="answers">
                <button type="button" data-placet-action="accept-all" on:click=move |event| choose(Action::AcceptAll, &event)>
                    {texts.accept_all}
                </button>
                <button type="button" data-placet-action="reject-all" on:click=move |event| choose(Action::RejectAll, &event)>
                    {texts.reject_all}
                </button>
                <button type="button" data-placet-action="save" on:click=move |event| choose(Action::Save, &event)>
                    {texts.save}
                </button>
            </footer>
        </dialog>
    }
}

fn purpose_section(policy: &Arc<PolicyView>, purpose: PurposeView, switches: RwSignal<Switches>) -> impl IntoView + use<> {
    let optional = purpose.mode == Mode::Consent;
    let id = purpose.id.as_str().to_owned();
    let label = ["placet-", &id].concat();
    let hint = [&label, "-about"].concat();
    let texts = policy.texts.clone();
    let state = if optional {
        let shown = id.clone();
        let turned = id.clone();
        switch(
            view! {
                <input
                    type="checkbox"
                    role="switch"
                    data-placet-purpose=id
                    aria-labelledby=label.clone()
                    aria-describedby=hint.clone()
                    prop:checked=move || switches.with(|switches| switches.purpose(&shown))
                    on:change=move |event| switches.update(|switches| switches.turn_purpose(&turned, event_target_checked(&event)))
                />
            },
            texts.on,
            texts.off,
        )
        .into_any()
    } else {
        view! { <span class="always">{texts.always_on}</span> }.into_any()
    };
    view! {
        <section class="purpose">
            <label class="row">
                <h3 id=label>{purpose.name}</h3>
                {state}
            </label>
            <p id=hint>{purpose.description}</p>
            <Services policy=Arc::clone(policy) services=purpose.services optional=optional switches=switches />
        </section>
    }
}

/// A switch says its state in a word too, not by colour alone (A11Y-12). The words are for the eye:
/// assistive technology has the switch's own state.
pub(crate) fn switch(input: impl IntoView + 'static, on: String, off: String) -> impl IntoView {
    view! {
        <span class="switch">
            {input} <span class="on" aria-hidden="true">{on}</span> <span class="off" aria-hidden="true">{off}</span>
        </span>
    }
}

fn receipt(policy: &PolicyView, port: Port) -> impl IntoView + use<> {
    let texts = policy.texts.clone();
    let about = match port.kept() {
        Kept::Unknown => return None,
        Kept::Nothing => texts.nothing_kept,
        Kept::Pending => texts.pending,
        Kept::Receipt => {
            let save = view! {
                <button type="button" data-placet-action="receipt" on:click=move |_| port.download()>
                    {texts.receipt_download}
                </button>
            };
            return Some(view! { <section class="receipt"><h3>{texts.receipt}</h3>{save}</section> }.into_any());
        }
    };
    Some(view! { <section class="receipt"><h3>{texts.receipt}</h3><p>{about}</p></section> }.into_any())
}
