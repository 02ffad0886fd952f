//! The still part of the banner, with the islands in their places. Rendered by the server only.
//!
//! Components without logic of their own: everything that they show comes from the policy's view.

use leptos::prelude::*;
use shared::id::Language;
use shared::policy::view::{PolicyView, SignalView};

use crate::island::{Answers, Port, Reopen, ReopenWords};
use crate::model::{Action, Layer};

pub(crate) mod preferences;
mod service;

/// First layer, reopen control and status region.
///
/// The first layer is a region, not a dialog: the page behind it stays usable, so nothing may claim
/// that it is not (A11Y-01, A11Y-03).
pub(crate) fn banner(policy: &PolicyView, port: Port) -> impl IntoView + use<> {
    let texts = policy.texts.clone();
    let answers = [texts.accept_all, texts.reject_all, texts.choose];
    let signal = policy.signal.as_ref();
    let opt_out = signal.filter(|signal| signal.yields_to_choice).map(|signal| signal.texts.clone());
    let reopen = ReopenWords {
        reopen: opt_out.as_ref().map_or(texts.reopen, |words| words.privacy_choices.clone()),
        none: texts.state_none,
        some: texts.state_some,
        all: texts.state_all,
        withdraw: texts.withdraw,
    };
    view! {
        <div class="all" lang=policy.language.as_str().to_owned() dir=direction(&policy.language)>
            <section class="first" aria-label=texts.label.clone()>
                <div class="ask">
                    <h2>{texts.title}</h2>
                    <p>{texts.intro} " " {notice(policy)}</p>
                    {signal.map(|signal| signalled(signal, None))}
                </div>
                <div class="answers">
                    <Answers words=answers third=Action::Choose layer=Layer::First port=port />
                </div>
            </section>
            <section class="control" aria-label=texts.label data-signal=opt_out.map(|words| words.signal_honoured)>
                <Reopen words=reopen port=port />
            </section>
            <p
                class="unseen"
                role="status"
                data-accept_all=texts.done_accepted
                data-reject_all=texts.done_rejected
                data-save=texts.done_saved
                data-withdraw=texts.done_withdrawn
                data-pending=texts.pending
                data-signal=signal.map(|signal| signal.texts.done_accepted_signal.clone())
            ></p>
        </div>
    }
}

/// What a browser's own signal means here. The style sheet shows the paragraph that the wrapper's
/// `data-placet-signal` names (US-02, GPC-05).
fn signalled(signal: &SignalView, id: Option<String>) -> impl IntoView + use<> {
    let texts = signal.texts.clone();
    let kept = if signal.yields_to_choice {
        view! {
            <b>{texts.signal_honoured}</b>
            ". "
            {texts.signal_opted_out}
        }
        .into_any()
    } else {
        texts.signal_keeps_off.into_any()
    };
    let over = signal.yields_to_choice.then(|| view! { <p class="over">{texts.signal_overruled}</p> });
    view! {
        <div id=id>
            <p class="kept">{kept}</p>
            {over}
        </div>
    }
}

/// The link to the controller's own notice, which opens beside the page so that nothing chosen so far
/// is lost (UI-11).
fn notice(policy: &PolicyView) -> impl IntoView + use<> {
    view! {
        <a href=policy.controller.notice_url.clone() target="_blank" rel="noopener">
            {policy.texts.notice_link.clone()}
        </a>
    }
}

/// The direction that a language is written in (A11Y-13).
fn direction(language: &Language) -> &'static str {
    let primary = language.as_str().split('-').next().unwrap_or_default();
    let rtl = ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"];
    if rtl.contains(&primary) { "rtl" } else { "ltr" }
}
