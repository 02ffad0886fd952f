//! The marks of other consent tools that a site's pages carry, and what each of their names means
//! here. Not part of the policy, because it is not what the visitor is shown. Must not know of the
//! loader, nor of any tool but through [`tools`].

use std::collections::{BTreeMap, BTreeSet};

use shared::policy::{Mode, Policy};

use crate::site::error::{Fault, Found};
use entry::ToolEntry;
use tools::{Meaning, TOOLS, Tool};

pub(in crate::site) use entry::TagsEntry;

mod entry;
pub mod tools;

/// What the elements that carry a mark wait for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    /// For each tool in use, its names with what each means here.
    pub tools: BTreeMap<&'static str, Names>,
    /// For each attribute of those tools, how its value is read.
    pub attributes: BTreeMap<&'static str, Reading>,
}

/// What one attribute's value means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// What separates several names.
    pub separator: &'static str,
    /// Whether scripts that carry it keep their type.
    pub live: bool,
    /// Each name, as it stands in pages, with what it means.
    pub names: Names,
    /// Other attributes that hold the element's address.
    pub urls: BTreeSet<&'static str>,
}

/// From a tool's name to all that must be granted, `purpose` or `purpose/service`; nothing where the
/// element does not wait at all.
pub type Names = BTreeMap<String, BTreeSet<String>>;

impl Tags {
    /// The tools that are in use.
    pub fn in_use(&self) -> impl Iterator<Item = &'static Tool> {
        TOOLS.iter().filter(|tool| self.tools.contains_key(tool.name))
    }
}

pub(in crate::site) fn tags(policy: &Policy, written: TagsEntry) -> Result<Tags, Found> {
    let mut tags = Tags::default();
    for (name, entry) in written {
        let Some(tool) = TOOLS.iter().find(|tool| tool.name == name.get_ref()) else {
            let known = TOOLS.iter().map(|tool| tool.name).collect::<Vec<_>>().join(", ");
            return Err(Fault::UnknownTool(name.get_ref().clone(), known).at(name.span()));
        };
        let names = match entry {
            ToolEntry::Same => same(policy, tool),
            ToolEntry::Names(written) => names(policy, tool, written)?,
        };
        for attribute in tool.attributes {
            let reading = tags.attributes.entry(attribute.name).or_default();
            reading.separator = attribute.separator;
            reading.live |= tool.live;
            reading.urls.extend(tool.urls);
            // Two tools that read one attribute differently: both must be content.
            for (name, keys) in &names {
                reading.names.entry(format!("{}{name}", tool.prefix)).or_default().extend(keys.iter().cloned());
            }
        }
        tags.tools.insert(tool.name, names);
    }
    own(policy, &mut tags);
    Ok(tags)
}

fn names(policy: &Policy, tool: &Tool, written: BTreeMap<String, Vec<toml::Spanned<String>>>) -> Result<Names, Found> {
    let key = |id: toml::Spanned<String>| {
        let found = key(policy, id.get_ref());
        found.ok_or_else(|| Fault::UnknownTarget(id.get_ref().clone()).at(id.span()))
    };
    // What a tool itself does not hold needs no line.
    let free = tool.words.iter().filter(|(_, meaning)| matches!(meaning, Meaning::Ignored | Meaning::Necessary));
    let mut names: Names = free.filter_map(|(word, meaning)| Some(((*word).to_owned(), meant(policy, *meaning)?))).collect();
    for (name, ids) in written {
        let name = name.strip_prefix(tool.prefix).unwrap_or(&name).to_owned();
        names.insert(name, ids.into_iter().map(key).collect::<Result<_, _>>()?);
    }
    Ok(names)
}

/// The site's own ids and names of services, and the tool's fixed names as far as exactly one purpose
/// can be meant.
fn same(policy: &Policy, tool: &Tool) -> Names {
    let purposes = policy.purposes.iter().map(|purpose| (purpose.id.to_string(), purpose.id.to_string()));
    let services = policy.services.iter().flat_map(|service| {
        let key = format!("{}/{}", service.purpose, service.id);
        [(service.name.clone(), key.clone()), (service.id.to_string(), key)]
    });
    let words = tool.words.iter().filter_map(|(word, meaning)| Some(((*word).to_owned(), meant(policy, *meaning)?)));
    let mut names: Names = services.chain(purposes).map(|(name, key)| (name, BTreeSet::from([key]))).collect();
    for (word, keys) in words {
        names.entry(word).or_insert(keys);
    }
    names
}

fn meant(policy: &Policy, meaning: Meaning) -> Option<BTreeSet<String>> {
    if meaning == Meaning::Ignored {
        return Some(BTreeSet::new());
    }
    let mut found = policy.purposes.iter().filter(|purpose| match meaning {
        Meaning::Necessary => purpose.mode == Mode::Necessary,
        _ => meaning.usual_ids().contains(&purpose.id.as_str()),
    });
    let only = found.next().filter(|_| found.next().is_none())?;
    Some(BTreeSet::from([only.id.to_string()]))
}

/// Two attributes are Placet's own too: there its own ids keep their meaning, unless they were given
/// another.
fn own(policy: &Policy, tags: &mut Tags) {
    if let Some(reading) = tags.attributes.get_mut("data-category") {
        reading.separator = ",";
        for purpose in &policy.purposes {
            reading.names.entry(purpose.id.to_string()).or_insert_with(|| BTreeSet::from([purpose.id.to_string()]));
        }
    }
    if let Some(reading) = tags.attributes.get_mut("data-service") {
        for service in &policy.services {
            let key = format!("{}/{}", service.purpose, service.id);
            reading.names.entry(service.id.to_string()).or_insert_with(|| BTreeSet::from([key]));
        }
    }
}

/// A purpose's id, or else a service's.
fn key(policy: &Policy, id: &str) -> Option<String> {
    let purpose = policy.purposes.iter().find(|purpose| purpose.id.as_str() == id).map(|purpose| purpose.id.to_string());
    let service = || policy.services.iter().find(|service| service.id.as_str() == id);
    purpose.or_else(|| service().map(|service| format!("{}/{}", service.purpose, service.id)))
}
