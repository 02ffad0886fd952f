//! The techniques as `sites/techniques/techniques.toml` lists them, and the page of each.

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// One technique.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Technique {
    pub(super) name: String,
    /// Whether no request is made: the host is only looked up or connected to.
    #[serde(default)]
    pub(super) connects: bool,
    /// Whether the test machine cannot see it happen.
    #[serde(default)]
    pub(super) unseen: bool,
    /// Whether the loader takes the address away while the browser is about to ask: it may come too late.
    #[serde(default)]
    pub(super) races: bool,
    unmarked: Option<String>,
    marked: Option<String>,
    script: Option<String>,
}

#[derive(Deserialize)]
struct File {
    technique: Vec<Technique>,
}

/// All of them, in the file's order.
pub(super) fn all() -> Result<Vec<Technique>> {
    let path = e2e::programs::root().join("e2e/sites/techniques/techniques.toml");
    let file: File = toml::from_str(&std::fs::read_to_string(path)?).context("techniques.toml")?;
    Ok(file.technique)
}

impl Technique {
    /// The name as a part of a host's name.
    pub(super) fn slug(&self) -> String {
        let words: Vec<&str> = self.name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words.join("-").to_ascii_lowercase()
    }

    /// The third party that it asks.
    pub(super) fn host(&self) -> String {
        format!("{}.tracker.example", self.slug())
    }

    /// Its page: `tag` is Placet's, if any.
    pub(super) fn page(&self, tag: &str, marked: bool) -> String {
        let body = match (&self.script, marked) {
            (Some(script), false) => Some(format!("<script>{script}</script>")),
            (Some(script), true) => Some(format!("<script type=\"text/plain\" data-category=\"analytics\">{script}</script>")),
            (None, false) => self.unmarked.clone(),
            (None, true) => self.marked.clone(),
        };
        let body = body.unwrap_or_default().replace("%URL%", &format!("http://{}/", self.host())).replace("%HOST%", &self.host());
        let name = &self.name;
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n{tag}\n<meta charset=\"utf-8\">\n<title>{name}</title>\n\
             <link rel=\"icon\" href=\"data:,\">\n</head>\n<body>\n<h1>{name}</h1>\n{body}\n</body>\n</html>\n"
        )
    }
}
