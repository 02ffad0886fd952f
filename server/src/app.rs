//! What the routes share. A route asks for the part that it needs, never for the whole.

use std::sync::Arc;

use axum::extract::FromRef;

use crate::assets::Assets;
use crate::clock::Clock;
use crate::demo::Demo;
use crate::http::envelope::RequestIds;
use crate::log::writer::LogHandle;
use crate::random::Random;
use crate::routes::ready::Readiness;
use crate::sites::Sites;
use crate::store::Store;

/// Everything that a running server holds.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
pub struct Parts {
    /// The sites.
    pub sites: Sites,
    /// Takes what is to be recorded.
    pub log: LogHandle,
    /// Gives what was recorded.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// The widget's files.
    pub assets: Arc<Assets>,
    /// The demo page, when it is served.
    pub demo: Option<Demo>,
    /// Numbers requests.
    pub request_ids: RequestIds,
    /// Remembers for a moment whether the store could be written to.
    pub readiness: Readiness,
}

impl From<Parts> for App {
    fn from(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl App {
    /// The demo page, when it is served.
    #[must_use]
    pub fn demo(&self) -> Option<Demo> {
        self.0.demo.clone()
    }
}

macro_rules! part {
    ($($name:ident: $part:ty,)+) => {
        $(impl FromRef<App> for $part {
            fn from_ref(app: &App) -> Self {
                app.0.$name.clone()
            }
        })+
    };
}

part! {
    sites: Sites,
    log: LogHandle,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    assets: Arc<Assets>,
    request_ids: RequestIds,
    readiness: Readiness,
}
