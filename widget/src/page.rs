//! Wakes the islands up inside a page and connects them with the loader. None of it is needed for a
//! choice: the loader handles every click until, and unless, this stands.
#![expect(unreachable_pub, reason = "the glue calls what wasm-bindgen exports")]

use js_sys::Array;
use leptos::ev::MouseEvent;
use leptos::mount::hydrate_from;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::prelude::*;

use self::host::Host;
use crate::island::{
    Answers, AnswersProps, OnOff, OnOffProps, OnOffWords, Port, Receipt, ReceiptProps, ReceiptWords, Reopen, ReopenProps, ReopenWords,
};
use crate::model::{Action, Layer, Switch, Switches};

mod host;

/// Called once by the glue with the loader's host object, the place of the first layer's answers and
/// that of the reopen control.
#[wasm_bindgen]
pub fn start(host: Host, answers: HtmlElement, reopen: HtmlElement) {
    let port = Port::new(Page { host, switches: RwSignal::new(Switches::default()) });
    wake_answers(answers, Action::Choose, Layer::First, port);
    hydrate_from(reopen, move || Reopen(ReopenProps { words: ReopenWords::default(), port })).forget();
}

/// Called once by the glue when the preferences are opened for the first time, with the places of the
/// answers, of the receipt and of the switches in the order of the page. Returns a function that sets
/// the switches to what is granted now.
#[wasm_bindgen]
pub fn preferences(host: Host, answers: HtmlElement, receipt: HtmlElement, places: &Array) -> JsValue {
    let places: Vec<(HtmlElement, Switch)> = places.iter().filter_map(|place| named(place.unchecked_into())).collect();
    let switches = RwSignal::new(Switches::all_off(places.iter().map(|(_, own)| own.clone()).collect()));
    for (place, own) in places {
        hydrate_from(place, move || OnOff(OnOffProps { own, words: OnOffWords::default(), switches })).forget();
    }
    let port = Port::new(Page { host: host.clone(), switches });
    wake_answers(answers, Action::Save, Layer::Preferences, port);
    hydrate_from(receipt, move || Receipt(ReceiptProps { words: ReceiptWords::default(), port })).forget();
    let refresh = move || {
        switches.update(|switches| {
            switches.show(|switch| match switch {
                Switch::Purpose(id) => host.purpose(id),
                Switch::Service(id) => host.service(id),
            });
        });
    };
    Closure::<dyn Fn()>::new(refresh).into_js_value()
}

fn wake_answers(place: HtmlElement, third: Action, layer: Layer, port: Port) {
    hydrate_from(place, move || Answers(AnswersProps { words: Default::default(), third, layer, port })).forget();
}

/// The switch that the server drew in a place.
fn named(place: HtmlElement) -> Option<(HtmlElement, Switch)> {
    let input = place.first_element_child()?;
    let purpose = input.get_attribute("data-placet-purpose").map(Switch::Purpose);
    let own = purpose.or_else(|| input.get_attribute("data-placet-service").map(Switch::Service))?;
    Some((place, own))
}

/// What stands behind a [`Port`] in the browser.
pub(crate) struct Page {
    host: Host,
    switches: RwSignal<Switches>,
}

impl Page {
    /// Hands a click to the loader, with exactly what the switches show (UI-08).
    pub(crate) fn act(&self, action: Action, layer: Layer, event: &MouseEvent) {
        let (purposes, services) = (Array::new(), Array::new());
        self.switches.with_untracked(|switches| {
            for switch in switches.on() {
                match switch {
                    Switch::Purpose(id) => purposes.push(&id.into()),
                    Switch::Service(id) => services.push(&id.into()),
                };
            }
        });
        self.host.answer(action.hook(), layer.as_str(), event, &purposes, &services);
    }

    pub(crate) fn download(&self) {
        self.host.download();
    }
}
