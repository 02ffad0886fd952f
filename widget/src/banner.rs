//! Everything that the banner shows, as components without logic of their own: what they show comes
//! from the policy's view, what a click asks for goes to [`port::Port`].
//!
//! [`Banner`] is rendered by the server and hydrated in the page, so it holds nothing that differs
//! between the two: no clock, no randomness, no browser. [`Preferences`] are made in the page each
//! time they are opened, and rendered by the server for pages where that cannot be.
#![expect(unreachable_pub, reason = "the component macro makes public what it writes")]

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::Language;
use shared::policy::view::PolicyView;

use self::first::First;
use self::port::Port;
use self::reopen::Reopen;

mod first;
pub(crate) mod port;
pub(crate) mod preferences;
mod reopen;
mod service;
mod switch;

/// First layer, reopen control and status region.
#[component]
pub(crate) fn Banner(policy: Arc<PolicyView>, port: Port) -> impl IntoView {
    let texts = policy.texts.clone();
    let lang = policy.language.as_str().to_owned();
    let dir = direction(&policy.language);
    let first = Arc::clone(&policy);
    view! {
        <div class="all" lang=lang dir=dir>
            <First policy=first port=port />
            <Reopen policy=policy port=port />
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

/// The direction that a language is written in (A11Y-13).
fn direction(language: &Language) -> &'static str {
    let primary = language.as_str().split('-').next().unwrap_or_default();
    let rtl = ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"];
    if rtl.contains(&primary) { "rtl" } else { "ltr" }
}
