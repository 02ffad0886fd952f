//! The preferences: a modal dialog with a switch for each purpose and each service.

use std::sync::Arc;

use leptos::prelude::*;
use shared::policy::Mode;
use shared::policy::view::{PolicyView, PurposeView};
use shared::texts::Texts;

use super::port::Port;
use super::service::services;
use super::switch::switch;
use crate::model::{Action, Kept, Layer, Switch, Switches};

/// A native modal dialog: focus stays inside, Escape closes it and decides nothing, focus goes back
/// to the button that opened it (A11Y-02, CON-01). The loader shows it, and closes it after a choice
/// or at its close button.
#[component]
pub(crate) fn Preferences(policy: Arc<PolicyView>, port: Port) -> impl IntoView {
    let mut switches = Switches::all_off(&policy);
    port.refresh(&mut switches);
    let switches = RwSignal::new(switches);
    let texts = policy.texts.clone();
    let purposes: Vec<_> = policy.purposes.iter().map(|purpose| section(&policy.texts, purpose, switches)).collect();
    let answer = move |action| move |event| port.act(action, Layer::Preferences, &event);
    view! {
        <dialog class="preferences" data-placet-preferences="" aria-labelledby="placet-title">
            <header>
                <h2 id="placet-title" tabindex="-1" autofocus=true>
                    {texts.preferences_title}
                </h2>
                <button type="button" class="close" data-placet-action="close" aria-label=texts.close></button>
            </header>
            <div class="list">
                <p>
                    {texts.preferences_intro} " "
                    <a href=policy.controller.notice_url.clone() target="_blank" rel="noopener">
                        {texts.notice_link}
                    </a>
                </p>
                {purposes}
                {receipt(&policy.texts, port)}
            </div>
            <footer class="answers">
                <button type="button" data-placet-action="accept-all" on:click=answer(Action::AcceptAll)>
                    {texts.accept_all}
                </button>
                <button type="button" data-placet-action="reject-all" on:click=answer(Action::RejectAll)>
                    {texts.reject_all}
                </button>
                <button
                    type="button"
                    data-placet-action="save"
                    on:click=move |event| switches.with_untracked(|switches| port.save(switches, &event))
                >
                    {texts.save}
                </button>
            </footer>
        </dialog>
    }
}

fn section(texts: &Texts, purpose: &PurposeView, switches: RwSignal<Switches>) -> impl IntoView + use<> {
    let optional = purpose.mode == Mode::Consent;
    let label = ["placet-", purpose.id.as_str()].concat();
    let hint = [&label, "-about"].concat();
    let own = Switch::Purpose(purpose.id.as_str().to_owned());
    view! {
        <section class="purpose">
            <label class="row">
                <h3 id=label.clone()>{purpose.name.clone()}</h3>
                {optional.then(|| switch(texts, own, label, Some(hint.clone()), switches))}
                {(!optional).then(|| view! { <span class="always">{texts.always_on.clone()}</span> })}
            </label>
            <p id=hint>{purpose.description.clone()}</p>
            {services(texts, &purpose.services, optional.then_some(switches))}
        </section>
    }
}

fn receipt(texts: &Texts, port: Port) -> impl IntoView + use<> {
    let (about, save) = match port.kept() {
        Kept::Unknown => return None,
        Kept::Nothing => (Some(texts.nothing_kept.clone()), None),
        Kept::Pending => (Some(texts.pending.clone()), None),
        Kept::Receipt => (None, Some(texts.receipt_download.clone())),
    };
    Some(view! {
        <section class="receipt">
            <h3>{texts.receipt.clone()}</h3>
            <p>{about}</p>
            {save.map(|save| view! {
                <button type="button" data-placet-action="receipt" on:click=move |_| port.download()>
                    {save}
                </button>
            })}
        </section>
    })
}
