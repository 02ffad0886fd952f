//! The preferences: a modal dialog with a switch for each purpose and each service.

use leptos::prelude::*;
use shared::policy::Mode;
use shared::policy::view::{PolicyView, PurposeView, SignalView};
use shared::texts::Texts;

use super::service::services;
use super::{notice, signalled};
use crate::island::{Answers, OnOff, OnOffWords, Port, Receipt, ReceiptWords};
use crate::model::{Action, Layer, Switches};

/// A native modal dialog, which the loader opens as such: focus stays inside, Escape closes it and
/// decides nothing, focus goes back to the button that opened it (A11Y-02, CON-01). No switch stands
/// in a form: there, Enter would press the form's first button.
pub(crate) fn preferences(policy: &PolicyView, port: Port) -> impl IntoView + use<> {
    let switches = RwSignal::new(Switches::default());
    let texts = policy.texts.clone();
    let signal = policy.signal.as_ref();
    let purposes = policy.purposes.iter().map(|purpose| section(&policy.texts, purpose, signal, switches)).collect_view();
    let receipt =
        ReceiptWords { receipt: texts.receipt, nothing: texts.nothing_kept, pending: texts.pending, download: texts.receipt_download };
    view! {
        <dialog class="preferences" data-placet-preferences="" aria-labelledby="placet-title">
            <header>
                <h2 id="placet-title" tabindex="-1" autofocus=true>
                    {texts.preferences_title}
                </h2>
                <form method="dialog">
                    <button class="close" data-placet-action="close" aria-label=texts.close></button>
                </form>
            </header>
            <div class="list">
                <p>{texts.preferences_intro} " " {notice(policy)}</p>
                {purposes}
                <section class="receipt">
                    <Receipt words=receipt port=port />
                </section>
            </div>
            <form method="dialog" class="answers">
                <Answers words=[texts.accept_all, texts.reject_all, texts.save] third=Action::Save layer=Layer::Preferences port=port />
            </form>
        </dialog>
    }
}

fn section(texts: &Texts, purpose: &PurposeView, signal: Option<&SignalView>, switches: RwSignal<Switches>) -> impl IntoView + use<> {
    let label = ["placet-", purpose.id.as_str()].concat();
    let signal = signal.filter(|_| purpose.advertising).map(|signal| signalled(signal, Some([&label, "-signal"].concat())));
    let hint = [&label, "-about"].concat();
    let optional = purpose.mode == Mode::Consent;
    let state = if optional {
        let id = purpose.id.as_str().to_owned();
        let words = OnOffWords { purpose: Some(id.clone()), label: label.clone(), hint: Some(hint.clone()), ..words(texts) };
        switch(id, words, switches).into_any()
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
            {signal}
            {services(texts, purpose, optional.then_some(switches))}
        </section>
    }
}

/// A switch in its place.
pub(super) fn switch(key: String, words: OnOffWords, switches: RwSignal<Switches>) -> impl IntoView {
    view! {
        <span class="switch">
            <OnOff key=key words=words switches=switches />
        </span>
    }
}

/// What every switch says.
pub(super) fn words(texts: &Texts) -> OnOffWords {
    OnOffWords { on: texts.on.clone(), off: texts.off.clone(), ..OnOffWords::default() }
}
