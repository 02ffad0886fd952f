//! `placet site old-choice FILE --cookie NAME=VALUE`.

use std::collections::BTreeSet;
use std::path::Path;

use crate::old_choice::{OldChoice, OldChoiceError};
use crate::site::tags::Names;
use crate::site::{Site, SiteError};

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// The site file.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The cookie.
    #[error(transparent)]
    Cookie(#[from] OldChoiceError),
}

/// Shows what another tool's cookie says, and what each of its names is on this site.
pub fn run(file: &Path, cookie: &str) -> Result<(), ShowError> {
    let site = Site::read(file)?;
    let choice = OldChoice::read(cookie)?;
    let none = Names::new();
    let here = site.gate.tags.tools.get(choice.tool).unwrap_or(&none);
    println!("{} kept this choice:", choice.tool);
    for (name, granted) in &choice.answers {
        println!("  {name}: {}; here {}", if *granted { "granted" } else { "refused" }, meaning(here.get(name)));
    }
    println!("It is what one browser says, not a proof of consent: Placet asks this visitor again.");
    Ok(())
}

fn meaning(keys: Option<&BTreeSet<String>>) -> String {
    match keys {
        Some(keys) if keys.is_empty() => "it is not held".to_owned(),
        Some(keys) => keys.iter().map(String::as_str).collect::<Vec<_>>().join(" and "),
        None => "it is not in [tags]".to_owned(),
    }
}
