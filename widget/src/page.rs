//! The banner's start inside a page: reads what the glue hands over, takes over the HTML that the
//! server rendered, and tells the loader that it stands. Anything that is not as it should be ends
//! in `false`, and the loader goes on without the banner.

use std::sync::Arc;

use leptos::mount::hydrate_from;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use self::host::Host;
use crate::banner::port::Port;
use crate::banner::{Banner, BannerProps};

pub(crate) mod host;
mod policy;

/// The style sheet of the preferences.
const CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/preferences.css"));

/// Called once by the glue with the loader's host object and the JSON of `GET …/policy`.
#[wasm_bindgen]
pub fn start(host: Host, view: &JsValue) -> bool {
    let Some(policy) = policy::read(view) else { return false };
    let wrapper = host.wrapper();
    host.style(CSS);
    let port = Port::new(host.clone());
    let banner = move || Banner(BannerProps { policy: Arc::new(policy), port });
    hydrate_from(wrapper, banner).forget();
    let open = Closure::<dyn Fn()>::new(move || port.open());
    let taken = host.take(open.as_ref());
    // The banner lives as long as its page.
    open.forget();
    taken
}
