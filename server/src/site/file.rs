//! The site file's form. Unknown keys are refused: a misspelt key would otherwise be a rule that
//! nobody keeps. Must not know what is sensible: `check` does.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::id::{Language, PurposeId, ServiceId};
use shared::policy::profile::Profile;
use shared::policy::{Mode, Storage};
use toml::Spanned;
use toml::value::Datetime;

use crate::site::error::{Fault, Found};
use crate::site::modes::GateEntry;
use crate::site::signals::SignalsEntry;
use crate::site::tags::TagsEntry;

/// A text in several languages, as written.
pub(super) type Texts = BTreeMap<Spanned<Language>, Spanned<String>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteFile {
    pub(super) origins: Spanned<Vec<Spanned<String>>>,
    pub(super) default_language: Spanned<Language>,
    pub(super) languages: Vec<Spanned<Language>>,
    pub(super) validity_days: Option<Spanned<i64>>,
    pub(super) gpc: Option<Spanned<bool>>,
    pub(super) gpc_since: Option<Spanned<Datetime>>,
    pub(super) profile: Option<Profile>,
    pub(super) controller: ControllerEntry,
    pub(super) purposes: Spanned<Vec<PurposeEntry>>,
    #[serde(default)]
    pub(super) services: Vec<ServiceEntry>,
    #[serde(default)]
    pub(super) gate: GateEntry,
    #[serde(default)]
    pub(super) signals: SignalsEntry,
    #[serde(default)]
    pub(super) texts: BTreeMap<Spanned<Language>, BTreeMap<Spanned<String>, String>>,
    #[serde(default)]
    pub(super) tags: TagsEntry,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ControllerEntry {
    pub(super) name: Spanned<String>,
    pub(super) email: Spanned<String>,
    pub(super) postal: Spanned<String>,
    pub(super) notice_url: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PurposeEntry {
    pub(super) id: Spanned<PurposeId>,
    pub(super) mode: Mode,
    pub(super) name: Spanned<Texts>,
    pub(super) description: Spanned<Texts>,
    #[serde(default)]
    pub(super) advertising: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceEntry {
    pub(super) id: Spanned<ServiceId>,
    pub(super) purpose: Spanned<PurposeId>,
    pub(super) name: Spanned<String>,
    pub(super) recipient: Spanned<String>,
    pub(super) country: Spanned<String>,
    pub(super) policy_url: Spanned<String>,
    pub(super) urls: Option<Vec<Spanned<String>>>,
    pub(super) storage: Vec<Storage>,
}

impl SiteFile {
    pub(super) fn parse(text: &str) -> Result<Self, Found> {
        toml::from_str(text).map_err(|error| Fault::Form(error.message().trim().to_owned()).at(error.span().unwrap_or(0..0)))
    }
}
