//! The still part of the banner, with the islands in their places. Rendered by the server only.
//!
//! Components without logic of their own: everything that they show comes from the policy's view.

use leptos::prelude::*;
use shared::id::Language;
use shared::policy::view::PolicyView;

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
    let reopen = ReopenWords {
        reopen: texts.reopen,
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
                </div>
                <div class="answers">
                    <Answers words=answers third=Action::Choose layer=Layer::First port=port />
                </div>
            </section>
            <section class="control" aria-label=texts.label>
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
            ></p>
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
