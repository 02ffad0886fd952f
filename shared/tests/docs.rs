//! The parts of `docs/` that state what the protocol's code says. `PLACET_BLESS=1` writes them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking; clippy spares only the functions marked as tests")]

use std::fmt::Write as _;
use std::path::Path;

use shared::cookie::{ID_COOKIE, ID_COOKIE_SECURE, STATE_COOKIE, STATE_COOKIE_SECURE};
use shared::problem::ProblemType;
use shared::texts::{SignalTexts, Texts};

#[test]
fn the_table_of_problems_in_the_docs_is_the_one_in_the_code() {
    let mut table = "| `type` | status | title | send again later |\n|---|---|---|---|\n".to_owned();
    for problem in ProblemType::ALL {
        let again = if problem.is_passing() { "yes" } else { "no" };
        writeln!(table, "| `{}` | {} | {} | {again} |", problem.uri(), problem.status(), problem.title()).unwrap();
    }
    same_in("api.md", "problems", &table);
}

#[test]
fn the_list_of_words_in_the_docs_is_the_one_in_the_code() {
    let names: Vec<_> = Texts::NAMES.iter().chain(SignalTexts::NAMES).map(|name| format!("`{name}`")).collect();
    same_in("site-file.md", "words", &format!("{}\n", names.join(", ")));
}

#[test]
fn the_cookie_names_in_the_docs_are_the_ones_in_the_code() {
    let table = format!(
        "| page | state cookie | id cookie |\n|---|---|---|\n| https | `{STATE_COOKIE_SECURE}` | `{ID_COOKIE_SECURE}` |\n| http | `{STATE_COOKIE}` | `{ID_COOKIE}` |\n"
    );
    same_in("embed.md", "cookies", &table);
}

#[test]
fn the_sample_site_file_in_the_docs_is_the_demo_sites() {
    let file = include_str!("../../server/demo/demo.toml");
    same_in("site-file.md", "sample", &format!("```toml\n{file}```\n"));
}

/// Compares what stands between `<!-- name -->` and `<!-- /name -->` in a file of `docs/`.
fn same_in(file: &str, name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("docs/{file} has no {begin}"));
    let (found, after) = rest.split_once(&end).unwrap_or_else(|| panic!("docs/{file} has no {end}"));
    if std::env::var_os("PLACET_BLESS").is_some() {
        std::fs::write(&path, format!("{before}{begin}{expected}{end}{after}")).unwrap();
    } else {
        assert_eq!(found, expected, "docs/{file} is out of date: run the test with PLACET_BLESS=1");
    }
}
