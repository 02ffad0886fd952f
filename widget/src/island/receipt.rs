//! What the visitor has in hand about their last choice on this page.

use leptos::prelude::*;

use super::port::Port;

/// The receipt's words.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReceiptWords {
    pub(crate) receipt: String,
    pub(crate) nothing: String,
    pub(crate) pending: String,
    pub(crate) download: String,
}

/// The style sheet shows what the wrapper's `data-placet-outcome` names: that nothing is kept after a
/// refusal (PBD-06), that the record is still under way, or the button that saves the receipt.
#[component]
pub(crate) fn Receipt(#[prop(default = Default::default())] words: ReceiptWords, port: Port) -> impl IntoView {
    view! {
        <h3>{words.receipt}</h3>
        <p class="nothing">{words.nothing}</p>
        <p class="pending">{words.pending}</p>
        <button type="button" data-placet-action="receipt" on:click=move |_| port.download()>
            {words.download}
        </button>
    }
}
