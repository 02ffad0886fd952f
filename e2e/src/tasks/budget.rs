//! The budgets and the last committed sizes: `e2e/budgets.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::Place;

const HEADER: &str = "\
# Bytes on the wire (brotli) per artefact: `ceiling` is the budget, over which `cargo xtask size` fails;
# `brotli` is the last committed size, written by `cargo xtask size --bless`. Raise a ceiling only in a
# commit that says why. 1 kB is 1000 bytes.
";

/// An artefact that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Id {
    /// The loader without a site's texts.
    Loader,
    /// The loader with every part that a site can have.
    LoaderWhole,
    /// The demo site's loader with its first layer, one language.
    LoaderDemo,
    /// The banner's module.
    Wasm,
    /// The script that starts the module.
    Glue,
    /// Module and script.
    Banner,
    /// What a visitor who has chosen loads.
    Returning,
}

impl Id {
    /// The name in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Loader => "loader without a site's texts",
            Self::LoaderWhole => "loader with every part that a site can have",
            Self::LoaderDemo => "loader with the demo site's first layer (en)",
            Self::Wasm => "wasm",
            Self::Glue => "glue",
            Self::Banner => "wasm and glue",
            Self::Returning => "what a returning visitor loads, then from cache",
        }
    }
}

/// One artefact's line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ceiling: Option<usize>,
    brotli: usize,
    why: String,
}

/// All lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Budgets(BTreeMap<Id, Budget>);

impl Budgets {
    /// The file.
    pub(crate) fn path(place: &Place) -> PathBuf {
        place.root.join("e2e").join("budgets.toml")
    }

    /// Reads the file.
    pub(crate) fn read(place: &Place) -> anyhow::Result<Self> {
        let text = fs::read_to_string(Self::path(place)).context("cannot read e2e/budgets.toml")?;
        toml::from_str(&text).context("e2e/budgets.toml is not understood")
    }

    /// Writes the file.
    pub(crate) fn write(&self, place: &Place) -> anyhow::Result<()> {
        fs::write(Self::path(place), self.text()?).context("cannot write e2e/budgets.toml")
    }

    /// The most bytes an artefact may have; `None` for a part of something that has one.
    pub(crate) fn ceiling(&self, id: Id) -> Option<usize> {
        self.0.get(&id).and_then(|budget| budget.ceiling)
    }

    /// The last committed size.
    pub(crate) fn last(&self, id: Id) -> Option<usize> {
        self.0.get(&id).map(|budget| budget.brotli)
    }

    /// Takes over measured sizes, in bytes.
    pub(crate) fn bless(&mut self, measured: impl IntoIterator<Item = (Id, usize)>) {
        for (id, bytes) in measured {
            if let Some(budget) = self.0.get_mut(&id) {
                budget.brotli = bytes;
            }
        }
    }

    fn text(&self) -> anyhow::Result<String> {
        let lines = toml::to_string(self).context("cannot write the budgets")?;
        Ok(format!("{HEADER}\n{lines}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMITTED: &str = include_str!("../../budgets.toml");

    #[test]
    fn the_committed_budgets_are_written_as_the_tool_writes_them() {
        let budgets: Budgets = toml::from_str(COMMITTED).unwrap();
        assert_eq!(budgets.text().unwrap(), COMMITTED);
    }

    #[test]
    fn blessing_changes_sizes_and_never_a_ceiling() {
        let before: Budgets = toml::from_str(COMMITTED).unwrap();
        let mut after = before.clone();
        after.bless([(Id::Loader, 1)]);
        assert_eq!(after.last(Id::Loader), Some(1));
        assert_eq!(after.ceiling(Id::Loader), before.ceiling(Id::Loader));
        assert_eq!(after.last(Id::Banner), before.last(Id::Banner));
    }
}
