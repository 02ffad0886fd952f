//! The banner's start inside a page: reads what the glue hands over, takes over the HTML that the
//! server rendered, and tells the loader that it stands. Anything that is not as it should be ends
//! in `false`, and the loader goes on without the banner.

use std::cell::Cell;
use std::sync::Arc;

use leptos::mount::{hydrate_from, mount_to};
use leptos::web_sys::HtmlElement;
use wasm_bindgen::prelude::*;

use self::host::Host;
use crate::banner::port::Port;
use crate::banner::preferences::{Preferences, PreferencesProps};
use crate::banner::{Banner, BannerProps};

pub(crate) mod host;
mod policy;

/// The style sheet of the preferences.
const CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/preferences.css"));

/// Called once by the glue with the loader's host object and the JSON of `GET …/policy`.
#[wasm_bindgen]
pub fn start(host: Host, view: &JsValue) -> bool {
    let Some(policy) = policy::read(view) else { return false };
    let policy = Arc::new(policy);
    let port = Port::new(host.clone());
    host.style(CSS);
    let shown = Arc::clone(&policy);
    hydrate_from(host.wrapper(), move || Banner(BannerProps { policy: shown, port })).forget();
    let open = Cell::new(None);
    let draw = Closure::<dyn Fn(HtmlElement)>::new(move |place| {
        let policy = Arc::clone(&policy);
        // Dropping the preferences before takes them out of the page.
        drop(open.take());
        open.set(Some(mount_to(place, move || Preferences(PreferencesProps { policy, port }))));
    });
    let taken = host.take(draw.as_ref());
    // The banner lives as long as its page.
    draw.forget();
    taken
}
