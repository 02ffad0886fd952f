//! What the visitor was shown: who asks, for which purposes, through which services, in which words.
//!
//! A published policy is immutable and has a version (counted from 1 within its site) and a hash
//! (SHA-256 of its canonical JSON, RFC 8785). Every record cites both (CON-12, REC-08). Must not
//! know of site files, origins or themes' files: the server reads those.

use core::fmt;
use core::str::FromStr;
use std::collections::BTreeMap;

use crate::id::{Language, PurposeId, ServiceId, SiteId};
use crate::texts::{SignalTexts, Texts};
use profile::Profile;
use signals::Signals;

pub mod change;
pub mod profile;
pub mod signals;
pub mod view;

/// The value of [`Policy::format`].
pub const FORMAT: &str = "placet-policy/v1";

/// A text in each of the policy's languages.
pub type Translated = BTreeMap<Language, String>;

/// One published state of a site's file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Policy {
    /// Always [`FORMAT`].
    pub format: String,
    /// The site that publishes.
    pub site: SiteId,
    /// Who decides why and how data are processed.
    pub controller: Controller,
    /// Shown when the page's language is not among [`Self::languages`] (UI-10).
    pub default_language: Language,
    /// The languages that the policy is written in; holds the default.
    pub languages: Vec<Language>,
    /// How many days a choice holds (CON-13).
    pub validity_days: u32,
    /// In the order in which they are shown. The consent purposes' order is that of the cookie's mask.
    pub purposes: Vec<Purpose>,
    /// In any order; each names its purpose.
    pub services: Vec<Service>,
    /// The banner's words in each language.
    pub texts: BTreeMap<Language, Texts>,
    /// The banner's words about a browser's own signal, where a purpose is one that it speaks of.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "BTreeMap::is_empty"))]
    pub signal_texts: BTreeMap<Language, SignalTexts>,
    /// Whose rules the site follows.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub profile: Option<Profile>,
    /// What other tools on the page are told.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Signals::is_empty"))]
    pub signals: Signals,
}

/// The controller and how to reach it (NOTICE-17: a role, by e-mail and by post).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Controller {
    /// The legal name.
    pub name: String,
    /// The e-mail address of the role that answers about privacy.
    pub email: String,
    /// The postal address, lines separated by commas.
    pub postal: String,
    /// The privacy notice, as an absolute URL.
    pub notice_url: String,
}

/// One reason for which data are stored on, or read from, the visitor's device.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Purpose {
    /// The id that tags name in `data-category`.
    pub id: PurposeId,
    /// Whether it waits for consent.
    pub mode: Mode,
    /// A short title.
    pub name: Translated,
    /// One or two sentences.
    pub description: Translated,
    /// Whether it sells or shares data, or shows advertising: then Global Privacy Control speaks of it (GPC-05).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_false"))]
    pub advertising: bool,
}

/// Whether a purpose waits for consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Mode {
    /// Strictly necessary for what the visitor asked for; runs without consent (EPD-03).
    Necessary,
    /// Runs after an explicit grant only.
    Consent,
}

#[cfg(feature = "serde")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_false(value: &bool) -> bool {
    !value
}

/// Something that a recipient runs in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Service {
    /// The id that tags name in `data-service`.
    pub id: ServiceId,
    /// The purpose that it serves.
    pub purpose: PurposeId,
    /// The product's name.
    pub name: String,
    /// The legal person who receives the data (CON-07).
    pub recipient: String,
    /// Where the data are processed, ISO 3166-1 alpha-2.
    pub country: String,
    /// The recipient's own privacy notice, as an absolute URL.
    pub policy_url: String,
    /// Everything that it stores on the device.
    pub storage: Vec<Storage>,
}

/// One thing stored on the visitor's device.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Storage {
    /// The cookie's name or the storage key; `*` stands for any characters.
    pub name: String,
    /// Where it is stored.
    pub kind: StorageKind,
    /// For how many days; `0` means until the browser is closed.
    pub days: u32,
}

/// Where on the device something is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum StorageKind {
    /// A cookie.
    Cookie,
    /// A `localStorage` key.
    LocalStorage,
    /// A `sessionStorage` key.
    SessionStorage,
    /// An IndexedDB database.
    IndexedDb,
    /// A cache of the Cache API.
    Cache,
}

impl StorageKind {
    /// The name in JSON and in the site file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::LocalStorage => "local_storage",
            Self::SessionStorage => "session_storage",
            Self::IndexedDb => "indexed_db",
            Self::Cache => "cache",
        }
    }
}

impl FromStr for StorageKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Cookie, Self::LocalStorage, Self::SessionStorage, Self::IndexedDb, Self::Cache]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(())
    }
}

impl Policy {
    /// The purposes that wait for consent, in the order of the cookie's mask.
    pub fn optional_purposes(&self) -> impl Iterator<Item = &Purpose> {
        self.purposes.iter().filter(|purpose| purpose.mode == Mode::Consent)
    }

    /// The services that wait for consent, purpose by purpose: the order of the cookie's exception
    /// mask, and of the page, which knows services only under their purposes.
    pub fn optional_services(&self) -> impl Iterator<Item = &Service> {
        self.optional_purposes().flat_map(|purpose| self.services.iter().filter(|service| service.purpose == purpose.id))
    }

    /// Whether Global Privacy Control speaks of that purpose.
    #[must_use]
    pub fn is_advertising(&self, purpose: &PurposeId) -> bool {
        self.optional_purposes().any(|known| known.id == *purpose && known.advertising)
    }

    /// Whether a visitor may allow here what their browser's signal denies everywhere (GPC-08).
    #[must_use]
    pub fn yields_to_choice(&self) -> bool {
        self.profile.is_some_and(Profile::is_opt_out)
    }

    /// The bytes that are hashed and stored (RFC 8785).
    #[cfg(feature = "serde")]
    pub fn canonical_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json_canonicalizer::to_vec(self)
    }
}

/// Counts a site's published policies, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "u32", into = "u32"))]
pub struct PolicyVersion(u32);

/// A number or text is no policy version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a policy version must be a whole number from 1")]
pub struct PolicyVersionError;

impl PolicyVersion {
    /// The first version of a site's policy.
    pub const FIRST: Self = Self(1);

    /// Takes a count from 1.
    pub fn new(version: u32) -> Result<Self, PolicyVersionError> {
        if version == 0 { Err(PolicyVersionError) } else { Ok(Self(version)) }
    }

    /// The count.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// The version after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl TryFrom<u32> for PolicyVersion {
    type Error = PolicyVersionError;

    fn try_from(version: u32) -> Result<Self, PolicyVersionError> {
        Self::new(version)
    }
}

impl From<PolicyVersion> for u32 {
    fn from(version: PolicyVersion) -> Self {
        version.0
    }
}

impl fmt::Display for PolicyVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for PolicyVersion {
    type Err = PolicyVersionError;

    fn from_str(text: &str) -> Result<Self, PolicyVersionError> {
        text.parse().map_err(|_| PolicyVersionError).and_then(Self::new)
    }
}
