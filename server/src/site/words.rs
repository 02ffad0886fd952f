//! The banner's words: Placet's own in the languages that it brings, the owner's in place of them.

use std::collections::BTreeMap;

use shared::id::Language;
use shared::texts::Texts;

const BUILT_IN: &[(&str, &str)] = &[("en", include_str!("../../texts/en.toml")), ("cy", include_str!("../../texts/cy.toml"))];

/// The words in `language`, the owner's before Placet's; the first word that neither has is the error.
pub(super) fn words(language: &Language, own: &BTreeMap<&str, &str>) -> Result<Texts, &'static str> {
    let built_in = built_in(language);
    Texts::read(|name| own.get(name).map(|word| (*word).to_owned()).or_else(|| built_in.get(name).cloned()))
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
            let mut names = Texts::NAMES.to_vec();
            names.sort_unstable();
            assert_eq!(file.keys().map(String::as_str).collect::<Vec<_>>(), names, "{tag}");
        }
    }
}
