//! A policy in one language, as the banner shows it and as `GET …/policy` gives it.

use super::{Controller, Mode, Policy, PolicyVersion, Storage, Translated};
use crate::digest::Digest;
use crate::id::{Language, PurposeId, ServiceId, SiteId};
use crate::policy::signals::Signals;
use crate::texts::{SignalTexts, Texts};

/// A published policy in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PolicyView {
    /// The site.
    pub site: SiteId,
    /// The version, counted from 1.
    pub version: PolicyVersion,
    /// SHA-256 of the policy's canonical JSON.
    pub hash: Digest,
    /// The language of every text below.
    pub language: Language,
    /// The languages that it can be had in.
    pub languages: Vec<Language>,
    /// Who asks.
    pub controller: Controller,
    /// How many days a choice holds.
    pub validity_days: u32,
    /// The purposes, with the services that serve each.
    pub purposes: Vec<PurposeView>,
    /// The banner's words, placeholders filled in.
    pub texts: Texts,
    /// How a browser's own signal is met, where a purpose is one that it speaks of.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub signal: Option<SignalView>,
    /// What other tools on the page are told.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Signals::is_empty"))]
    pub signals: Signals,
}

/// How a browser's own signal is met.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SignalView {
    /// Whether a visitor may allow here what their browser's signal denies everywhere (GPC-08).
    pub yields_to_choice: bool,
    /// The words about it, placeholders filled in.
    pub texts: SignalTexts,
}

/// A purpose in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PurposeView {
    /// The id that tags name in `data-category`.
    pub id: PurposeId,
    /// Whether it waits for consent.
    pub mode: Mode,
    /// The title.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Who does it.
    pub services: Vec<ServiceView>,
    /// Whether Global Privacy Control speaks of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "super::is_false"))]
    pub advertising: bool,
}

/// A service under its purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ServiceView {
    /// The id that tags name in `data-service`.
    pub id: ServiceId,
    /// The product's name.
    pub name: String,
    /// Who receives the data.
    pub recipient: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The recipient's privacy notice.
    pub policy_url: String,
    /// What it stores on the device.
    pub storage: Vec<Storage>,
}

impl Policy {
    /// The best of the policy's languages for a page in `wanted`: the same tag, else the same
    /// primary language (`en-GB` gets `en`), else the default (UI-10).
    #[must_use]
    pub fn language_for(&self, wanted: &Language) -> &Language {
        let primary = |language: &Language| language.as_str().split('-').next().unwrap_or_default().to_owned();
        let same = self.languages.iter().find(|language| *language == wanted);
        let related = || self.languages.iter().find(|language| primary(language) == primary(wanted));
        same.or_else(related).unwrap_or(&self.default_language)
    }

    /// The policy in `language`, or in its default language where a text is missing.
    /// `None` when not even that is there, which publishing refuses.
    #[must_use]
    pub fn view(&self, version: PolicyVersion, hash: Digest, language: &Language) -> Option<PolicyView> {
        let text = |all: &Translated| all.get(language).or_else(|| all.get(&self.default_language)).cloned();
        let purposes = self.purposes.iter().map(|purpose| {
            let services = self.services.iter().filter(|service| service.purpose == purpose.id).map(|service| ServiceView {
                id: service.id.clone(),
                name: service.name.clone(),
                recipient: service.recipient.clone(),
                country: service.country.clone(),
                policy_url: service.policy_url.clone(),
                storage: service.storage.clone(),
            });
            Some(PurposeView {
                id: purpose.id.clone(),
                mode: purpose.mode,
                name: text(&purpose.name)?,
                description: text(&purpose.description)?,
                services: services.collect(),
                advertising: purpose.advertising && purpose.mode == Mode::Consent,
            })
        });
        let purposes = purposes.collect::<Option<Vec<_>>>()?;
        let asked = purposes.iter().filter(|purpose| purpose.mode == Mode::Consent).map(|purpose| purpose.name.as_str());
        let asked = asked.collect::<Vec<_>>().join(", ");
        let advertising = purposes.iter().filter(|purpose| purpose.advertising).map(|purpose| purpose.name.as_str());
        let advertising = advertising.collect::<Vec<_>>().join(", ");
        let signal_texts = self.signal_texts.get(language).or_else(|| self.signal_texts.get(&self.default_language));
        let texts = self.texts.get(language).or_else(|| self.texts.get(&self.default_language))?;
        Some(PolicyView {
            site: self.site.clone(),
            version,
            hash,
            language: language.clone(),
            languages: self.languages.clone(),
            controller: self.controller.clone(),
            validity_days: self.validity_days,
            texts: texts.filled(&[
                ("{controller}", &self.controller.name),
                ("{purposes}", &asked),
                ("{validity_days}", &self.validity_days.to_string()),
            ]),
            signal: signal_texts.map(|texts| SignalView {
                yields_to_choice: self.yields_to_choice(),
                texts: texts.filled(&[("{advertising}", &advertising)]),
            }),
            signals: self.signals.clone(),
            purposes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::policy;

    fn language(tag: &str) -> Language {
        tag.parse().unwrap()
    }

    #[test]
    fn ui_10_the_page_language_wins_then_its_primary_then_the_default() {
        let policy = policy();
        for (wanted, given) in [("cy", "cy"), ("CY-GB", "cy"), ("en-gb", "en"), ("fr", "en")] {
            assert_eq!(policy.language_for(&language(wanted)).as_str(), given, "{wanted}");
        }
    }

    #[test]
    fn a_view_names_the_controller_and_the_purposes_it_asks_for() {
        let view = policy().view(PolicyVersion::FIRST, Digest::from_bytes([0; 32]), &language("en")).unwrap();
        assert_eq!(view.texts.intro, "Riverside School asks for: Statistics, Videos.");
    }

    #[test]
    fn a_text_missing_in_a_language_is_taken_from_the_default_language() {
        let mut policy = policy();
        for purpose in &mut policy.purposes {
            purpose.name.remove(&language("cy"));
        }
        let view = policy.view(PolicyVersion::FIRST, Digest::from_bytes([0; 32]), &language("cy")).unwrap();
        assert_eq!(view.purposes.iter().map(|purpose| purpose.name.as_str()).collect::<Vec<_>>(), ["Needed", "Statistics", "Videos"]);
    }
}
