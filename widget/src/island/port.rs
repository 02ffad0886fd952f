//! What the islands may ask of the page that they are in. On the server nothing answers: there they
//! are only drawn.

use leptos::ev::MouseEvent;
#[cfg(feature = "hydrate")]
use leptos::prelude::*;

use crate::model::{Action, Layer};
#[cfg(feature = "hydrate")]
use crate::page::Page;

/// The islands' only way out.
#[derive(Clone, Copy)]
pub(crate) struct Port {
    #[cfg(feature = "hydrate")]
    page: StoredValue<Page, LocalStorage>,
}

#[cfg(feature = "hydrate")]
impl Port {
    pub(crate) fn new(page: Page) -> Self {
        Self { page: StoredValue::new_local(page) }
    }

    /// Hands a click to the page. Only the loader decides what it means.
    pub(crate) fn act(self, action: Action, layer: Layer, event: &MouseEvent) {
        self.page.with_value(|page| page.act(action, layer, event));
    }

    /// Saves the receipt as a file.
    pub(crate) fn download(self) {
        self.page.with_value(Page::download);
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
