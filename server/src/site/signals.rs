//! `[signals]` of a site file: which tools are told of the visitor's choice, and in which of their own
//! types of consent. Must not know how the loader tells them.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::policy::profile::Profile;
use shared::policy::signals::{Region, Signals, Subject, Tool};
use shared::policy::{Purpose, Service};
use toml::Spanned;

use crate::site::error::{Fault, Found};
pub use fault::SignalsFault;
use told::Told;

mod fault;
mod told;

/// The table as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SignalsEntry {
    google: Option<Spanned<Told>>,
    google_regions: Vec<RegionEntry>,
    google_advanced: Option<Spanned<String>>,
    microsoft_uet: Option<Spanned<Told>>,
    clarity: Option<Spanned<Told>>,
    meta: Option<Spanned<Told>>,
    matomo: Option<Spanned<Told>>,
    matomo_cookies: Option<Spanned<Told>>,
    piwik_pro: Option<Spanned<Told>>,
    hubspot: Option<Spanned<Told>>,
    shopify: Option<Spanned<Told>>,
    data_layer: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionEntry {
    regions: Vec<Spanned<String>>,
    granted: Vec<Spanned<String>>,
}

/// What the policy says of them.
pub(super) fn signals(entry: SignalsEntry, profile: Option<Profile>, purposes: &[Purpose], services: &[Service]) -> Result<Signals, Found> {
    let google_advanced = entry.google_advanced.map(|decision| advanced(decision, profile, entry.google.is_some())).transpose()?;
    let google_regions = entry.google_regions.iter().map(region).collect::<Result<_, _>>()?;
    let known = Known { purposes, services };
    let told = [
        (Tool::Google, entry.google),
        (Tool::MicrosoftUet, entry.microsoft_uet),
        (Tool::Clarity, entry.clarity),
        (Tool::Meta, entry.meta),
        (Tool::Matomo, entry.matomo),
        (Tool::MatomoCookies, entry.matomo_cookies),
        (Tool::PiwikPro, entry.piwik_pro),
        (Tool::HubSpot, entry.hubspot),
        (Tool::Shopify, entry.shopify),
    ];
    let mut tools = BTreeMap::new();
    for (tool, told) in told {
        if let Some(told) = told {
            tools.insert(tool, known.types(tool, &told)?);
        }
    }
    if entry.data_layer {
        tools.insert(Tool::DataLayer, BTreeMap::new());
    }
    Ok(Signals { tools, google_regions, google_advanced })
}

/// Loading Google's tags is already access to the device, so that before the choice it needs a law that
/// allows it and a decision that can be shown (EPD-02, GCM-07).
fn advanced(decision: Spanned<String>, profile: Option<Profile>, told: bool) -> Result<String, Found> {
    let fault = match profile {
        Some(profile) if profile.is_opt_out() && !told => SignalsFault::AdvancedAlone,
        Some(profile) if profile.is_opt_out() && decision.get_ref().trim().is_empty() => SignalsFault::AdvancedUnexplained,
        Some(profile) if profile.is_opt_out() => return Ok(decision.into_inner()),
        Some(profile) => SignalsFault::Advanced(profile.as_str()),
        None => SignalsFault::AdvancedWithoutProfile,
    };
    Err(Fault::Signals(fault).at(decision.span()))
}

/// Nobody has opted in anywhere else before there is a choice (GCM-05).
fn region(entry: &RegionEntry) -> Result<Region, Found> {
    for region in &entry.regions {
        let code = region.get_ref();
        let (country, part) = code.split_once('-').map_or((code.as_str(), None), |(country, part)| (country, Some(part)));
        let letters = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        if country.len() != 2 || !letters(country, 2) || !part.is_none_or(|part| letters(part, 3)) {
            return Err(Fault::Signals(SignalsFault::Region).at(region.span()));
        }
        if country != "US" && !entry.granted.is_empty() {
            return Err(Fault::Signals(SignalsFault::RegionGranted(code.clone())).at(region.span()));
        }
    }
    for found in &entry.granted {
        a_type(Tool::Google, found)?;
    }
    let texts = |list: &[Spanned<String>]| list.iter().map(|text| text.get_ref().clone()).collect();
    Ok(Region { regions: texts(&entry.regions), granted: texts(&entry.granted) })
}

fn a_type(tool: Tool, found: &Spanned<String>) -> Result<(), Found> {
    if tool.types().contains(&found.get_ref().as_str()) {
        return Ok(());
    }
    Err(Fault::Signals(SignalsFault::Type { tool, found: found.get_ref().clone() }).at(found.span()))
}

struct Known<'a> {
    purposes: &'a [Purpose],
    services: &'a [Service],
}

impl Known<'_> {
    fn types(&self, tool: Tool, told: &Spanned<Told>) -> Result<BTreeMap<String, Vec<Subject>>, Found> {
        let mut types: BTreeMap<String, Vec<Subject>> = BTreeMap::new();
        match told.get_ref() {
            Told::One(text) => {
                let Some(usual) = usual(tool) else {
                    return Err(Fault::Signals(SignalsFault::SeveralTypes(tool)).at(told.span()));
                };
                let subject = self.subject(text).map_err(|fault| fault.at(told.span()))?;
                types.insert(usual.to_owned(), vec![subject]);
            }
            Told::Several(table) => {
                for (text, found) in table {
                    let subject = self.subject(text.get_ref()).map_err(|fault| fault.at(text.span()))?;
                    for found in found {
                        a_type(tool, found)?;
                        types.entry(found.get_ref().clone()).or_default().push(subject.clone());
                    }
                }
            }
        }
        Ok(types)
    }

    fn subject(&self, text: &str) -> Result<Subject, Fault> {
        let known = text.parse().ok().filter(|subject: &Subject| match &subject.service {
            Some(id) => self.services.iter().any(|service| service.id == *id && service.purpose == subject.purpose),
            None => self.purposes.iter().any(|purpose| purpose.id == subject.purpose),
        });
        known.ok_or_else(|| Fault::Signals(SignalsFault::Subject(text.to_owned())))
    }
}

/// The type that is meant where a tool is given a purpose alone.
fn usual(tool: Tool) -> Option<&'static str> {
    match tool {
        Tool::MicrosoftUet => Some("ad_storage"),
        Tool::Clarity => Some("analytics_Storage"),
        Tool::Meta | Tool::Matomo | Tool::MatomoCookies => Some("consent"),
        Tool::PiwikPro | Tool::HubSpot => Some("analytics"),
        Tool::Google | Tool::Shopify | Tool::DataLayer => None,
    }
}
