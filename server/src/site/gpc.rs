//! What a site says of Global Privacy Control, for those who ask it (GPC-04). Must not know of HTTP.

use toml::Spanned;
use toml::value::Datetime;

use crate::site::error::{Fault, Found};

/// The statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gpc {
    /// Whether the site abides by the signal.
    pub abides: bool,
    /// Since which day it says so, as `2026-11-25`.
    pub since: String,
}

/// Both or neither: a statement without its day is none.
pub(super) fn gpc(abides: Option<Spanned<bool>>, since: Option<Spanned<Datetime>>) -> Result<Option<Gpc>, Found> {
    match (abides, since) {
        (None, None) => Ok(None),
        (Some(abides), None) => Err(Fault::GpcSince.at(abides.span())),
        (None, Some(since)) => Err(Fault::GpcAlone.at(since.span())),
        (Some(abides), Some(since)) => {
            let is_day = since.get_ref().date.is_some() && since.get_ref().time.is_none();
            let day = is_day.then(|| since.get_ref().to_string()).ok_or_else(|| Fault::GpcSince.at(since.span()))?;
            Ok(Some(Gpc { abides: abides.into_inner(), since: day }))
        }
    }
}
