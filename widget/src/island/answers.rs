//! The three answers, on the first layer and in the preferences.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::port::Port;
use crate::model::{Action, Layer};

/// Accept and Reject differ in their words and their action, and in nothing else (UI-02); the third
/// answer is to choose, or to save what was chosen. In the preferences a form around them closes the
/// dialog.
#[component]
pub(crate) fn Answers(#[prop(default = Default::default())] words: [String; 3], third: Action, layer: Layer, port: Port) -> impl IntoView {
    let [accept, reject, other] = words;
    let one = move |action: Action, word: String| {
        let act = move |event: MouseEvent| port.act(action, layer, &event);
        view! {
            <button data-placet-action=action.hook() name=layer.name() value=action.value() on:click=act>
                {word}
            </button>
        }
    };
    (one(Action::AcceptAll, accept), one(Action::RejectAll, reject), one(third, other))
}
