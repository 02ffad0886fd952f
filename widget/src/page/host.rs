//! The loader's host object (`widget/loader/preferences.js`), as the islands see it. None of its
//! functions throws.

use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What the loader lets the banner do.
    #[derive(Clone)]
    pub type Host;

    /// A click on one of the buttons, and the purposes and services that are switched on.
    #[wasm_bindgen(method)]
    pub(crate) fn answer(this: &Host, action: &str, layer: &str, event: &JsValue, purposes: &Array, services: &Array);

    /// Whether a purpose is granted.
    #[wasm_bindgen(method)]
    pub(crate) fn purpose(this: &Host, id: &str) -> bool;

    /// Whether a service is allowed to run.
    #[wasm_bindgen(method)]
    pub(crate) fn service(this: &Host, id: &str) -> bool;

    /// Saves the receipt as a file.
    #[wasm_bindgen(method)]
    pub(crate) fn download(this: &Host);
}
