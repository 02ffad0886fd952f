//! `placet site check FILE`.

use std::path::Path;

use crate::site::{Site, SiteError};

/// Reads the file as the server would.
pub fn run(file: &Path) -> Result<(), SiteError> {
    let site = Site::read(file)?;
    let policy = &site.policy;
    println!(
        "{}: site \"{}\" is right: {} purposes, {} of them asked for, {} services, languages {}",
        file.display(),
        policy.site,
        policy.purposes.len(),
        policy.optional_purposes().count(),
        policy.services.len(),
        policy.languages.iter().map(shared::id::Language::as_str).collect::<Vec<_>>().join(", ")
    );
    Ok(())
}
