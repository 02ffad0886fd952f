//! The first layer: who asks, for what and why, and the three answers.

use std::sync::Arc;

use leptos::prelude::*;
use shared::policy::view::PolicyView;

use super::port::Port;
use crate::model::{Action, Layer};

/// A region, not a dialog: the page behind it stays usable, so nothing may claim that it is not
/// (A11Y-01, A11Y-03). Accept and Reject differ in their words and their action only (UI-02).
#[component]
pub(crate) fn First(policy: Arc<PolicyView>, port: Port) -> impl IntoView {
    let texts = policy.texts.clone();
    view! {
        <section class="first" aria-label=texts.label>
            <div class="ask">
                <h2>{texts.title}</h2>
                <p>
                    {texts.intro} " "
                    <a href=policy.controller.notice_url.clone() target="_blank" rel="noopener">
                        {texts.notice_link}
                    </a>
                </p>
            </div>
            <div class="answers">
                <button type="button" data-placet-action="accept-all" on:click=move |event| port.act(Action::AcceptAll, Layer::First, &event)>
                    {texts.accept_all}
                </button>
                <button type="button" data-placet-action="reject-all" on:click=move |event| port.act(Action::RejectAll, Layer::First, &event)>
                    {texts.reject_all}
                </button>
                <button type="button" data-placet-action="choose" on:click=move |_| port.open()>
                    {texts.choose}
                </button>
            </div>
        </section>
    }
}
