//! The banner's words: Placet's own in the languages that it brings, the owner's in place of them.

use std::collections::BTreeMap;

use shared::id::Language;
use shared::texts::{SignalTexts, Texts};

const BUILT_IN: &[(&str, &str)] = &[("en", include_str!("../../texts/en.toml")), ("cy", include_str!("../../texts/cy.toml"))];

/// Every word that an owner may replace.
pub(super) fn names() -> Vec<&'static str> {
    [Texts::NAMES, SignalTexts::NAMES].concat()
}

/// The words in `language`, the owner's before Placet's; the first word that neither has is the error.
pub(super) fn words(language: &Language, own: &BTreeMap<&str, &str>) -> Result<Texts, &'static str> {
    Texts::read(from(language, own))
}

/// Likewise the words about a browser's own signal.
pub(super) fn signal_words(language: &Language, own: &BTreeMap<&str, &str>) -> Result<SignalTexts, &'static str> {
    SignalTexts::read(from(language, own))
}

fn from<'a>(language: &Language, own: &'a BTreeMap<&str, &str>) -> impl FnMut(&'static str) -> Option<String> + use<'a> {
    let built_in = built_in(language);
    move |name| own.get(name).map(|word| (*word).to_owned()).or_else(|| built_in.get(name).cloned())
}

fn built_in(language: &Language) -> BTreeMap<String, String> {
    let text = BUILT_IN.iter().find(|(tag, _)| *tag == language.as_str()).map_or("", |(_, text)| *text);
    // A test holds each built-in file to its form.
    toml::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_language_has_exactly_the_banners_words() {
        for (tag, text) in BUILT_IN {
            let file: BTreeMap<String, String> = toml::from_str(text).unwrap();
            let mut names = names();
            names.sort_unstable();
            assert_eq!(file.keys().map(String::as_str).collect::<Vec<_>>(), names, "{tag}");
        }
    }
}
