//! The shipped library of common third-party services: who receives the data, at which addresses
//! the service is reached and what it stores on the device (CON-07, EPD-06, UK-04, UK-05).
//!
//! The facts stand in `library/*.toml`, one file per group, and are built into the program;
//! `docs/services.md` lists them. Must not know of site files, policies or the page's gate.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use shared::id::ServiceId;
use thiserror::Error;

pub use address::Address;
pub use entry::{Group, Purpose, Service};
pub use name::covers;
pub use pattern::{Pattern, PatternError};

mod address;
mod entry;
mod name;
mod pattern;
#[cfg(test)]
mod tests;

/// The services that Placet knows without being told.
#[derive(Debug, Clone)]
pub struct Library {
    services: Vec<Service>,
}

/// Why the library cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LibraryError {
    /// A file is not of the form that it should have.
    #[error("the library's file {group}.toml cannot be read: {message}")]
    Form {
        /// The file's group.
        group: &'static str,
        /// What is wrong and where.
        message: String,
    },
    /// Two services have one id.
    #[error("the library names the service {0} twice")]
    TwiceNamed(ServiceId),
    /// Two services, or one twice, claim one address.
    #[error("the library names the address {0} twice")]
    TwiceClaimed(Pattern),
}

static SHIPPED: LazyLock<Result<Library, LibraryError>> = LazyLock::new(Library::embedded);

impl Library {
    /// The library of this program, read once.
    pub fn shipped() -> Result<&'static Self, LibraryError> {
        SHIPPED.as_ref().map_err(Clone::clone)
    }

    /// Reads the files that are built into the program.
    pub fn embedded() -> Result<Self, LibraryError> {
        let mut services = Vec::new();
        for group in Group::ALL {
            services.extend(entry::read(group)?);
        }
        let mut ids = BTreeSet::new();
        if let Some(twice) = services.iter().find(|service| !ids.insert(&service.id)) {
            return Err(LibraryError::TwiceNamed(twice.id.clone()));
        }
        let mut claimed = BTreeSet::new();
        if let Some(twice) = services.iter().flat_map(|service| &service.urls).find(|pattern| !claimed.insert(*pattern)) {
            return Err(LibraryError::TwiceClaimed(twice.clone()));
        }
        Ok(Self { services })
    }

    /// All services, group by group.
    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The service of this id.
    #[must_use]
    pub fn find(&self, id: &ServiceId) -> Option<&Service> {
        self.services.iter().find(|service| service.id == *id)
    }

    /// The service that an absolute address belongs to; of several patterns the longest counts, so
    /// that `www.google.com/recaptcha/` is told from what else that host serves. `None` for
    /// anything that is no web address.
    #[must_use]
    pub fn matching(&self, url: &str) -> Option<&Service> {
        let address = Address::of(url)?;
        let claims = self.services.iter().flat_map(|service| service.urls.iter().map(move |pattern| (pattern, service)));
        claims.filter(|(pattern, _)| pattern.matches(&address)).max_by_key(|(pattern, _)| pattern.len()).map(|(_, service)| service)
    }

    /// The cookie names (with `*` for any characters) that give a tracker away: a purpose that is
    /// necessary must not declare them (EPD-06). Names that other software uses as well are left out.
    pub fn tracker_names(&self) -> impl Iterator<Item = &str> {
        self.services.iter().flat_map(Service::tracker_names)
    }

    /// The known tracker that a declared cookie name, perhaps with `*`, would let through (EPD-06).
    #[must_use]
    pub fn tracker_behind(&self, declared: &str) -> Option<&Service> {
        let same = |tracker: &str| name::covers(tracker, declared) || name::covers(declared, tracker);
        self.services.iter().find(|service| service.tracker_names().any(same))
    }
}
