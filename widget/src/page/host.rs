//! The loader's host object (`widget/loader/preferences.js`), as the islands see it. None of its
//! functions throws.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What the loader lets the banner do.
    #[derive(Clone)]
    pub type Host;

    /// A click on one of the buttons. Only the loader decides what it means.
    #[wasm_bindgen(method)]
    pub(crate) fn answer(this: &Host, value: &str, layer: &str, event: &JsValue);

    /// Whether a purpose, or a service named `purpose/service`, may run.
    #[wasm_bindgen(method)]
    pub(crate) fn granted(this: &Host, key: &str) -> bool;

    /// Saves the receipt as a file.
    #[wasm_bindgen(method)]
    pub(crate) fn download(this: &Host);
}
