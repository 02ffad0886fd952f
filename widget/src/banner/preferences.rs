//! The preferences: a modal dialog with a switch for each purpose and each service.

use leptos::prelude::*;
use shared::policy::Mode;
use shared::policy::view::{PolicyView, PurposeView};
use shared::texts::Texts;

use super::notice;
use super::service::services;
use crate::island::{Answers, OnOff, OnOffWords, Port, Receipt, ReceiptWords};
use crate::model::{Action, Layer, Switch, Switches};

/// A native modal dialog, which the loader opens as such: focus stays inside, Escape closes it and
/// decides nothing, focus goes back to the button that opened it (A11Y-02, CON-01).
pub(crate) fn preferences(policy: &PolicyView, port: Port) -> impl IntoView + use<> {
    let switches = RwSignal::new(Switches::default());
    let texts = policy.texts.clone();
    let purposes = policy.purposes.iter().map(|purpose| section(&policy.texts, purpose, switches)).collect_view();
    let receipt =
        ReceiptWords { receipt: texts.receipt, nothing: texts.nothing_kept, pending: texts.pending, download: texts.receipt_download };
    view! {
        <dialog class="preferences" data-placet-preferences="" aria-labelledby="placet-title">
            <header>
                <h2 id="placet-title" tabindex="-1" autofocus=true>
                    {texts.preferences_title}
                </h2>
                <button type="button" class="close" data-placet-action="close" aria-label=texts.close></button>
            </header>
            <div class="list">
                <p>{texts.preferences_intro} " " {notice(policy)}</p>
                {purposes}
                <section class="receipt">
                    <Receipt words=receipt port=port />
                </section>
            </div>
            <footer class="answers">
                <Answers words=[texts.accept_all, texts.reject_all, texts.save] third=Action::Save layer=Layer::Preferences port=port />
            </footer>
        </dialog>
    }
}

fn section(texts: &Texts, purpose: &PurposeView, switches: RwSignal<Switches>) -> impl IntoView + use<> {
    let label = ["placet-", purpose.id.as_str()].concat();
    let hint = [&label, "-about"].concat();
    let optional = purpose.mode == Mode::Consent;
    let state = if optional {
        let own = Switch::Purpose(purpose.id.as_str().to_owned());
        switch(texts, own, &label, Some(hint.clone()), switches).into_any()
    } else {
        view! { <span class="always">{texts.always_on.clone()}</span> }.into_any()
    };
    view! {
        <section class="purpose">
            <label class="row">
                <h3 id=label>{purpose.name.clone()}</h3>
                {state}
            </label>
            <p id=hint>{purpose.description.clone()}</p>
            {services(texts, &purpose.services, optional.then_some(switches))}
        </section>
    }
}

/// A switch in its place, named by the element with the id `label`.
pub(super) fn switch(texts: &Texts, own: Switch, label: &str, hint: Option<String>, switches: RwSignal<Switches>) -> impl IntoView + use<> {
    let words = OnOffWords { label: label.to_owned(), hint, on: texts.on.clone(), off: texts.off.clone() };
    view! {
        <span class="switch">
            <OnOff own=own words=words switches=switches />
        </span>
    }
}
