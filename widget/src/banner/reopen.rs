//! The reopen control: says what is allowed now, opens the preferences, and withdraws in one click.

use std::sync::Arc;

use leptos::prelude::*;
use shared::policy::view::PolicyView;

use super::port::Port;
use crate::model::{Action, Layer};

/// On every page once a choice exists (UI-12). All three states are in the HTML; the style sheet
/// shows the one that the wrapper's `data-placet-state` names, so that the loader needs no words.
/// Withdrawing costs as many clicks as accepting did: one (CON-09).
#[component]
pub(crate) fn Reopen(policy: Arc<PolicyView>, port: Port) -> impl IntoView {
    let texts = policy.texts.clone();
    view! {
        <section class="reopen" aria-label=texts.label>
            <button type="button" data-placet-action="choose" on:click=move |_| port.open()>
                <b>{texts.reopen}</b>
                <span class="none">{texts.state_none}</span>
                <span class="some">{texts.state_some}</span>
                <span class="every">{texts.state_all}</span>
            </button>
            <button type="button" data-placet-action="withdraw" on:click=move |event| port.act(Action::Withdraw, Layer::Control, &event)>
                {texts.withdraw}
            </button>
        </section>
    }
}
