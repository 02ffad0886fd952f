//! Reads the JSON of `GET …/policy`, which the browser has parsed, into the shared type. Checks as it
//! goes: the answer may come from a proxy, an old cache or a broken server. A JSON library in the
//! wasm would cost more than the whole banner's logic.

use js_sys::{Array, Reflect};
use shared::policy::view::{PolicyView, PurposeView, ServiceView};
use shared::policy::{Controller, Mode, PolicyVersion, Storage};
use shared::texts::Texts;
use wasm_bindgen::{JsCast as _, JsValue};

/// The policy, if the value has its form.
pub(crate) fn read(value: &JsValue) -> Option<PolicyView> {
    let controller = get(value, "controller")?;
    let texts = get(value, "texts")?;
    Some(PolicyView {
        site: id(value, "site")?,
        version: PolicyVersion::new(number(value, "version")?).ok()?,
        hash: id(value, "hash")?,
        language: id(value, "language")?,
        languages: Vec::new(),
        controller: Controller {
            name: text(&controller, "name")?,
            email: text(&controller, "email")?,
            postal: text(&controller, "postal")?,
            notice_url: text(&controller, "notice_url")?,
        },
        validity_days: number(value, "validity_days")?,
        purposes: list(value, "purposes", purpose)?,
        texts: Texts::read(|name| text(&texts, name)).ok()?,
    })
}

fn purpose(value: &JsValue) -> Option<PurposeView> {
    Some(PurposeView {
        id: id(value, "id")?,
        mode: match text(value, "mode")?.as_str() {
            "necessary" => Mode::Necessary,
            "consent" => Mode::Consent,
            _ => return None,
        },
        name: text(value, "name")?,
        description: text(value, "description")?,
        services: list(value, "services", service)?,
    })
}

fn service(value: &JsValue) -> Option<ServiceView> {
    Some(ServiceView {
        id: id(value, "id")?,
        name: text(value, "name")?,
        recipient: text(value, "recipient")?,
        country: text(value, "country")?,
        policy_url: text(value, "policy_url")?,
        storage: list(value, "storage", storage)?,
    })
}

fn storage(value: &JsValue) -> Option<Storage> {
    Some(Storage { name: text(value, "name")?, kind: id(value, "kind")?, days: number(value, "days")? })
}

fn list<T>(value: &JsValue, name: &str, one: fn(&JsValue) -> Option<T>) -> Option<Vec<T>> {
    let items = get(value, name)?.dyn_into::<Array>().ok()?;
    (0..items.length()).map(|at| one(&items.get(at))).collect()
}

fn id<T: core::str::FromStr>(value: &JsValue, name: &str) -> Option<T> {
    text(value, name)?.parse().ok()
}

fn text(value: &JsValue, name: &str) -> Option<String> {
    get(value, name)?.as_string()
}

/// A whole number, by way of its text, so that no float is printed or parsed in the wasm.
fn number(value: &JsValue, name: &str) -> Option<u32> {
    let number = get(value, name)?.as_f64()?;
    let whole = number as u32;
    (f64::from(whole) == number).then_some(whole)
}

fn get(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &JsValue::from_str(name)).ok()
}
