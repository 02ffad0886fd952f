//! What the components may ask of the page that they are in. On the server nothing answers: there
//! the components are only drawn.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::model::{Action, Kept, Switches};
#[cfg(feature = "hydrate")]
use crate::page::host::Host;

/// The components' only way out.
#[derive(Clone, Copy)]
pub(crate) struct Port {
    open: RwSignal<bool>,
    #[cfg(feature = "hydrate")]
    host: StoredValue<Host, LocalStorage>,
}

impl Port {
    /// Whether the preferences are open.
    pub(crate) fn is_open(self) -> bool {
        self.open.get()
    }

    /// Opens the preferences; a grant is never made by that.
    pub(crate) fn open(self) {
        self.open.set(true);
    }

    /// After the dialog has closed, however it did (CON-01: closing decides nothing).
    pub(crate) fn closed(self) {
        self.open.set(false);
    }
}

#[cfg(feature = "hydrate")]
impl Port {
    pub(crate) fn new(host: Host) -> Self {
        Self { open: RwSignal::new(false), host: StoredValue::new_local(host) }
    }

    pub(crate) fn first(self, action: Action, event: &MouseEvent) {
        self.host.with_value(|host| host.act(action.as_str(), "first", event));
    }

    pub(crate) fn withdraw(self, event: &MouseEvent) {
        self.host.with_value(|host| host.act(Action::Withdraw.as_str(), "control", event));
    }

    /// Hands a choice made in the preferences to the loader.
    pub(crate) fn choose(self, action: Action, switches: &Switches, event: &MouseEvent) {
        self.host.with_value(|host| match action {
            Action::Save => host.save(switches, event),
            _ => host.act(action.as_str(), "preferences", event),
        });
    }

    /// Sets the switches to what is granted now.
    pub(crate) fn refresh(self, switches: &mut Switches) {
        self.host.with_value(|host| switches.show(|id| host.purpose(id), |id| host.service(id)));
    }

    pub(crate) fn kept(self) -> Kept {
        self.host.with_value(Host::kept)
    }

    pub(crate) fn download(self) {
        self.host.with_value(Host::download);
    }

    pub(crate) fn show(self, dialog: &leptos::web_sys::HtmlDialogElement) {
        self.host.with_value(|host| host.modal(dialog));
    }
}

#[cfg(not(feature = "hydrate"))]
impl Port {
    pub(crate) fn nowhere() -> Self {
        Self { open: RwSignal::new(false) }
    }

    pub(crate) fn first(self, _: Action, _: &MouseEvent) {}

    pub(crate) fn withdraw(self, _: &MouseEvent) {}

    pub(crate) fn choose(self, _: Action, _: &Switches, _: &MouseEvent) {}

    pub(crate) fn refresh(self, _: &mut Switches) {}

    pub(crate) fn kept(self) -> Kept {
        Kept::Unknown
    }

    pub(crate) fn download(self) {}

    pub(crate) fn show(self, _: &leptos::web_sys::HtmlDialogElement) {}
}
