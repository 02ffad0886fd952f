//! What the islands may ask of the page that they are in. On the server nothing answers: there they
//! are only drawn.

use leptos::ev::MouseEvent;
#[cfg(feature = "hydrate")]
use leptos::prelude::*;

use crate::model::{Action, Layer};
#[cfg(feature = "hydrate")]
use crate::page::host::Host;

/// The islands' only way out.
#[derive(Clone, Copy)]
pub(crate) struct Port {
    #[cfg(feature = "hydrate")]
    host: StoredValue<Host, LocalStorage>,
}

#[cfg(feature = "hydrate")]
impl Port {
    pub(crate) fn new(host: Host) -> Self {
        Self { host: StoredValue::new_local(host) }
    }

    /// Hands a click to the loader.
    pub(crate) fn act(self, action: Action, layer: Layer, event: &MouseEvent) {
        self.host.with_value(|host| host.answer(action.value(), layer.name(), event));
    }

    /// Saves the receipt as a file.
    pub(crate) fn download(self) {
        self.host.with_value(Host::download);
    }
}

#[cfg(not(feature = "hydrate"))]
impl Port {
    pub(crate) fn nowhere() -> Self {
        Self {}
    }

    #[expect(clippy::unused_self, reason = "the browser's port has a page")]
    pub(crate) fn act(self, _: Action, _: Layer, _: &MouseEvent) {}

    #[expect(clippy::unused_self, reason = "the browser's port has a page")]
    pub(crate) fn download(self) {}
}
