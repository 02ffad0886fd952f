//! Wakes the islands up inside a page and connects them with the loader. None of it is needed for a
//! choice: the loader handles every click until, and unless, this stands.
#![expect(unreachable_pub, reason = "the glue calls what wasm-bindgen exports")]

use js_sys::Array;
use leptos::mount::hydrate_from;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::prelude::*;

use self::host::Host;
use crate::island::{
    Answers, AnswersProps, OnOff, OnOffProps, OnOffWords, Port, Receipt, ReceiptProps, ReceiptWords, Reopen, ReopenProps, ReopenWords,
};
use crate::model::{Action, Layer, Switches};

pub(crate) mod host;

/// Called once by the glue with the loader's host object, the place of the first layer's answers and
/// that of the reopen control.
#[wasm_bindgen]
pub fn start(host: Host, answers: HtmlElement, control: HtmlElement) {
    let port = Port::new(host);
    hydrate_from(control, move || Reopen(ReopenProps { words: ReopenWords::default(), port })).forget();
    wake_answers(answers, Action::Choose, Layer::First, port);
}

/// Called once by the glue when the preferences are opened for the first time, with the places of the
/// answers, of the receipt and of the switches. Returns a function that sets the switches to what is
/// granted now.
#[wasm_bindgen]
pub fn preferences(host: Host, answers: HtmlElement, receipt: HtmlElement, places: &Array) -> JsValue {
    let switches = RwSignal::new(Switches::default());
    let mut keys = Vec::new();
    for place in places.iter() {
        let place: HtmlElement = place.unchecked_into();
        if let Some(key) = place.first_element_child().and_then(|input| input.get_attribute("value")) {
            keys.push(key.clone());
            hydrate_from(place, move || OnOff(OnOffProps { key, words: OnOffWords::default(), switches })).forget();
        }
    }
    let port = Port::new(host.clone());
    hydrate_from(receipt, move || Receipt(ReceiptProps { words: ReceiptWords::default(), port })).forget();
    wake_answers(answers, Action::Save, Layer::Preferences, port);
    let refresh = move || switches.set(Switches::new(&keys, |key| host.granted(key)));
    Closure::<dyn Fn()>::new(refresh).into_js_value()
}

fn wake_answers(place: HtmlElement, third: Action, layer: Layer, port: Port) {
    hydrate_from(place, move || Answers(AnswersProps { words: Default::default(), third, layer, port })).forget();
}
