//! Whether Placet, which is under MIT or Apache-2.0, may be passed on with every crate that it is
//! built of. Reads what the crates say of themselves and no licence's text.

use std::iter::Peekable;
use std::str::SplitAsciiWhitespace;

use anyhow::Context as _;

use super::{Place, command};

/// Licences that ask for no more than their notice.
const FREE: [&str; 9] = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "MIT", "Unicode-3.0", "Zlib"];

#[derive(serde::Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(serde::Deserialize)]
struct Package {
    name: String,
    license: Option<String>,
}

/// One line for each crate whose licence asks for more, or that names none.
pub(crate) fn check(place: &Place) -> anyhow::Result<Vec<String>> {
    let answer = command::output(&mut place.cargo(&["metadata", "--format-version", "1"]))?;
    let found: Metadata = serde_json::from_str(&answer).context("cargo metadata gave an answer that is not understood")?;
    Ok(found.packages.iter().filter_map(complaint).collect())
}

fn complaint(package: &Package) -> Option<String> {
    let licence = package.license.as_deref().unwrap_or("none");
    (!is_free(licence)).then(|| format!("crate {}: its licence ({licence}) is not one that e2e/src/tasks/licences.rs lists", package.name))
}

/// Reads an SPDX expression, `/` being an older way to write `OR`.
fn is_free(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_ascii_whitespace().peekable();
    any(&mut words) && words.next().is_none()
}

type Words<'a> = Peekable<SplitAsciiWhitespace<'a>>;

fn any(words: &mut Words<'_>) -> bool {
    let mut free = all(words);
    while words.next_if_eq(&"OR").is_some() {
        free |= all(words);
    }
    free
}

fn all(words: &mut Words<'_>) -> bool {
    let mut free = one(words);
    while words.next_if_eq(&"AND").is_some() {
        free &= one(words);
    }
    free
}

fn one(words: &mut Words<'_>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let free = any(words);
        return words.next() == Some(")") && free;
    }
    let free = words.next().is_some_and(|name| FREE.contains(&name));
    if words.next_if_eq(&"WITH").is_some() {
        // An exception only gives, it never takes.
        words.next();
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_free_licence_of_those_offered_is_enough_and_all_that_apply_must_be_free() {
        for free in [
            "MIT",
            "Unlicense/MIT",
            "MIT OR Apache-2.0 OR LGPL-2.1-or-later",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
        ] {
            assert!(is_free(free), "{free}");
        }
        for bound in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-3.0) AND AGPL-3.0", "none", "", "MIT MIT", "(MIT"] {
            assert!(!is_free(bound), "{bound}");
        }
    }
}
