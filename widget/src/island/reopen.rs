//! The reopen control: says what is allowed now, opens the preferences, and withdraws in one click.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::port::Port;
use crate::model::{Action, Layer};

/// The control's words.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReopenWords {
    pub(crate) reopen: String,
    pub(crate) none: String,
    pub(crate) some: String,
    pub(crate) all: String,
    pub(crate) withdraw: String,
}

/// On every page once a choice exists (UI-12). All three states are in the HTML; the style sheet
/// shows the one that the wrapper's `data-placet-state` names, so that the loader needs no words.
/// Withdrawing costs as many clicks as accepting did: one (CON-09).
#[component]
pub(crate) fn Reopen(#[prop(default = Default::default())] words: ReopenWords, port: Port) -> impl IntoView {
    let act = move |action| move |event: MouseEvent| port.act(action, Layer::Control, &event);
    view! {
        <button data-placet-action=Action::Choose.hook() name=Layer::Control.name() value=Action::Choose.value() on:click=act(Action::Choose)>
            <b>{words.reopen}</b>
            <span class="none">{words.none}</span>
            <span class="some">{words.some}</span>
            <span class="every">{words.all}</span>
        </button>
        <button data-placet-action=Action::Withdraw.hook() name=Layer::Control.name() value=Action::Withdraw.value() on:click=act(Action::Withdraw)>
            {words.withdraw}
        </button>
    }
}
