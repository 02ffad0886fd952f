//! One site as its owner wrote it down: whose pages may record, and what visitors are shown.
//! Must not know of versions (see [`crate::publish`]) nor of HTTP.

use std::path::Path;

use shared::id::SiteId;
use shared::policy::Policy;

pub mod error;
pub mod gate;
pub mod gpc;
pub mod modes;
pub mod origin;
pub mod signals;
pub mod tags;

mod check;
mod file;
mod words;

pub use error::SiteError;
pub use gate::Gate;
use origin::Origin;

/// A site file, read and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Whose pages may record decisions.
    pub origins: Vec<ListedOrigin>,
    /// What visitors are shown.
    pub policy: Policy,
    /// How the page holds what is not marked.
    pub gate: Gate,
}

/// An entry of `origins`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListedOrigin {
    /// `"self"`: Placet's own address, known once it listens.
    Own,
    /// One web origin.
    Named(Origin),
}

impl Site {
    /// Reads a site file; its name without `.toml` is the site's id.
    pub fn read(path: &Path) -> Result<Self, SiteError> {
        let name = path.display().to_string();
        let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let id = id.parse().map_err(|_| SiteError::Name { file: name.clone() })?;
        let text = std::fs::read_to_string(path).map_err(|error| SiteError::Read { file: name.clone(), reason: error.to_string() })?;
        Self::parse(&id, &text, &name)
    }

    /// Reads a site file's text; `name` stands in messages.
    pub fn parse(id: &SiteId, text: &str, name: &str) -> Result<Self, SiteError> {
        let file = file::SiteFile::parse(text).map_err(|fault| SiteError::at(name, text, fault))?;
        check::site(id, file).map_err(|fault| SiteError::at(name, text, fault))
    }

    /// Every `*.toml` of a folder, in the order of their names. All must be right.
    pub fn read_all(folder: &Path) -> Result<Vec<Self>, SiteError> {
        let unreadable = |error: std::io::Error| SiteError::Read { file: folder.display().to_string(), reason: error.to_string() };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        if paths.is_empty() {
            return Err(SiteError::Empty { folder: folder.display().to_string() });
        }
        paths.iter().map(|path| Self::read(path)).collect()
    }
}
