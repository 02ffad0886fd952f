//! What the components may ask of the page that they are in. On the server nothing answers: there
//! the components are only drawn.

use leptos::ev::MouseEvent;
#[cfg(feature = "hydrate")]
use leptos::prelude::*;

use crate::model::{Action, Kept, Layer, Switches};
#[cfg(feature = "hydrate")]
use crate::page::host::Host;

/// The components' only way out.
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

    /// Hands a click on Accept all, Reject all or Withdraw to the loader.
    pub(crate) fn act(self, action: Action, layer: Layer, event: &MouseEvent) {
        self.host.with_value(|host| host.act(action.as_str(), layer.as_str(), event));
    }

    /// Hands what the switches show to the loader.
    pub(crate) fn save(self, switches: &Switches, event: &MouseEvent) {
        self.host.with_value(|host| host.save(switches, event));
    }

    /// Sets the switches to what is granted now.
    pub(crate) fn refresh(self, switches: &mut Switches) {
        self.host.with_value(|host| switches.show(|id| host.purpose(id), |id| host.service(id)));
    }

    /// Opens the preferences; a grant is never made by that.
    pub(crate) fn open(self) {
        self.host.with_value(Host::open);
    }

    pub(crate) fn kept(self) -> Kept {
        self.host.with_value(Host::kept)
    }

    pub(crate) fn download(self) {
        self.host.with_value(Host::download);
    }
}

#[cfg(not(feature = "hydrate"))]
impl Port {
    pub(crate) fn nowhere() -> Self {
        Self {}
    }

    pub(crate) fn act(self, _: Action, _: Layer, _: &MouseEvent) {}

    pub(crate) fn save(self, _: &Switches, _: &MouseEvent) {}

    pub(crate) fn refresh(self, _: &mut Switches) {}

    pub(crate) fn open(self) {}

    pub(crate) fn kept(self) -> Kept {
        Kept::Unknown
    }

    pub(crate) fn download(self) {}
}
