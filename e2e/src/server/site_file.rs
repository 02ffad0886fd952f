//! Site files for tests: the demo site's, with the origins and edits that a test needs.

use anyhow::{Context as _, ensure};

use crate::programs;

/// A site file to be written.
#[derive(Debug, Clone)]
pub struct SiteFile {
    id: String,
    text: String,
}

impl SiteFile {
    /// The demo site's file, served as `demo`, for pages of these origins.
    pub fn demo(origins: &[&str]) -> anyhow::Result<Self> {
        Self::read("server/demo/demo.toml", origins)
    }

    /// Another file of the repository that names `self` as its origin, served as `demo`, for pages of these origins.
    pub fn read(path: &str, origins: &[&str]) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(programs::root().join(path)).with_context(|| format!("the site file {path}"))?;
        let list = origins.iter().map(|origin| format!("\"{origin}\"")).collect::<Vec<_>>().join(", ");
        Self { id: "demo".to_owned(), text }.replacing("origins = [\"self\"]", &format!("origins = [{list}]"))
    }

    /// The same file with `old`, which must be in it, replaced by `new`.
    pub fn replacing(mut self, old: &str, new: &str) -> anyhow::Result<Self> {
        ensure!(self.text.contains(old), "the site file does not hold {old:?}");
        self.text = self.text.replace(old, new);
        Ok(self)
    }

    /// The site's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
