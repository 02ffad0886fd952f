//! `[tags]` as written: for each tool `true`, or a table from the tool's names to purposes and services
//! of the site. Must not know which tools there are.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

/// The table `[tags]`.
pub(in crate::site) type TagsEntry = BTreeMap<Spanned<String>, ToolEntry>;

/// What is written for one tool.
#[derive(Debug)]
pub(in crate::site) enum ToolEntry {
    /// `true`: the names are the site's own.
    Same,
    /// A table.
    Names(BTreeMap<String, Vec<Spanned<String>>>),
}

/// One id or a list of them.
#[derive(Debug)]
struct Ids(Vec<Spanned<String>>);

impl<'de> Deserialize<'de> for ToolEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = ToolEntry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, or a table such as { statistics = \"analytics\" }")
            }

            fn visit_bool<E: Error>(self, same: bool) -> Result<ToolEntry, E> {
                if same { Ok(ToolEntry::Same) } else { Err(E::custom("write true or a table, or leave the tool out")) }
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ToolEntry, A::Error> {
                let mut names = BTreeMap::new();
                while let Some((name, ids)) = map.next_entry::<String, Ids>()? {
                    names.insert(name, ids.0);
                }
                Ok(ToolEntry::Names(names))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ids = Spanned::<OneOrMore>::deserialize(deserializer)?;
        let span = ids.span();
        Ok(Self(match ids.into_inner() {
            OneOrMore::One(id) => vec![Spanned::new(span, id)],
            OneOrMore::More(ids) => ids,
        }))
    }
}

enum OneOrMore {
    One(String),
    More(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = OneOrMore;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of a purpose or a service, or a list of ids")
            }

            fn visit_str<E: Error>(self, id: &str) -> Result<OneOrMore, E> {
                Ok(OneOrMore::One(id.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMore, A::Error> {
                let mut ids = Vec::new();
                while let Some(id) = seq.next_element()? {
                    ids.push(id);
                }
                if ids.is_empty() { Err(A::Error::custom("name at least one purpose or service")) } else { Ok(OneOrMore::More(ids)) }
            }
        }
        deserializer.deserialize_any(Either)
    }
}
