//! The loader's host object (`widget/loader/banner.js`), as the banner sees it. None of its
//! functions throws.

use js_sys::Array;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::prelude::*;

use crate::model::{Kept, Switches};

#[wasm_bindgen]
extern "C" {
    /// What the loader lets the banner do.
    #[derive(Clone)]
    pub type Host;

    /// The element that holds the server's HTML.
    #[wasm_bindgen(method, getter, js_name = box)]
    pub(crate) fn wrapper(this: &Host) -> HtmlElement;

    /// Adds a style sheet to the shadow root.
    #[wasm_bindgen(method)]
    pub(crate) fn style(this: &Host, css: &str);

    /// Makes the banner the one that answers clicks. `draw` puts the preferences into the element that it
    /// gets, afresh each time. `false`: too late, the plain preferences stand.
    #[wasm_bindgen(method)]
    pub(crate) fn take(this: &Host, draw: &JsValue) -> bool;

    /// Accept all, reject all or withdraw.
    #[wasm_bindgen(method)]
    pub(crate) fn act(this: &Host, method: &str, layer: &str, event: &JsValue);

    #[wasm_bindgen(method, js_name = save)]
    fn save_lists(this: &Host, purposes: &Array, services: &Array, event: &JsValue);

    /// Whether a purpose is granted.
    #[wasm_bindgen(method)]
    pub(crate) fn purpose(this: &Host, id: &str) -> bool;

    /// Whether a service is allowed to run.
    #[wasm_bindgen(method)]
    pub(crate) fn service(this: &Host, id: &str) -> bool;

    /// Opens the preferences through [`Host::take`]'s own function.
    #[wasm_bindgen(method)]
    pub(crate) fn open(this: &Host);

    #[wasm_bindgen(method)]
    fn outcome(this: &Host) -> u32;

    /// Saves the receipt as a file.
    #[wasm_bindgen(method)]
    pub(crate) fn download(this: &Host);
}

impl Host {
    /// Saves what the switches show, and nothing else (UI-08).
    pub(crate) fn save(&self, switches: &Switches, event: &JsValue) {
        let purposes = switches.purposes_on().map(JsValue::from_str).collect::<Array>();
        let services = switches.services_on().map(JsValue::from_str).collect::<Array>();
        self.save_lists(&purposes, &services, event);
    }

    /// What the visitor has in hand about their last choice.
    pub(crate) fn kept(&self) -> Kept {
        match self.outcome() {
            1 => Kept::Nothing,
            2 => Kept::Pending,
            3 => Kept::Receipt,
            _ => Kept::Unknown,
        }
    }
}
