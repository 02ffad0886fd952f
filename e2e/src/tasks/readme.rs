//! The table of sizes in README.md: written from the budgets, so that it cannot say something else.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context as _, bail};

use super::Place;
use super::budget::{Budgets, Id};

const BEGIN: &str = "<!-- sizes -->\n";
const END: &str = "<!-- /sizes -->";

const SHOWN: [Id; 4] = [Id::Loader, Id::LoaderDemo, Id::Banner, Id::Returning];

/// Writes the table.
pub(crate) fn write(place: &Place, budgets: &Budgets) -> anyhow::Result<()> {
    let (text, _) = read(place)?;
    fs::write(place.root.join("README.md"), with_table(&text, &table(budgets))?).context("cannot write README.md")
}

/// What is wrong with the table, if anything.
pub(crate) fn check(place: &Place) -> anyhow::Result<Option<String>> {
    let (text, budgets) = read(place)?;
    let right = with_table(&text, &table(&budgets))? == text;
    Ok((!right).then(|| "README.md: the table of sizes is not that of e2e/budgets.toml: run `cargo xtask size --bless`".to_owned()))
}

fn read(place: &Place) -> anyhow::Result<(String, Budgets)> {
    let text = fs::read_to_string(place.root.join("README.md")).context("cannot read README.md")?;
    Ok((text, Budgets::read(place)?))
}

fn with_table(text: &str, table: &str) -> anyhow::Result<String> {
    let parts = text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = parts else {
        bail!("README.md has no place for the table of sizes: {} … {END}", BEGIN.trim());
    };
    Ok([before, BEGIN, table, END, after].concat())
}

fn table(budgets: &Budgets) -> String {
    let mut table = "| what | bytes | ceiling |\n|---|--:|--:|\n".to_owned();
    for id in SHOWN {
        let number = |bytes: Option<usize>| bytes.map_or_else(|| "-".to_owned(), |bytes| bytes.to_string());
        // Writing into a text cannot fail.
        let _ = writeln!(table, "| {} | {} | {} |", id.name(), number(budgets.last(id)), number(budgets.ceiling(id)));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        assert_eq!(
            with_table("a\n<!-- sizes -->\nold\n<!-- /sizes -->\nb", "new\n").unwrap(),
            "a\n<!-- sizes -->\nnew\n<!-- /sizes -->\nb"
        );
        assert!(with_table("no marks", "new\n").is_err());
    }
}
