//! `docs/configure.md` says what the program says. `PLACET_BLESS=1` writes it.

use std::path::Path;

use server::config::file;

use crate::support::binary::placet;

#[test]
fn the_flags_in_the_docs_are_the_programs() {
    same("serve", &help("serve"));
    same("export", &help("export"));
}

#[test]
fn the_sample_settings_in_the_docs_are_understood() {
    let sample = block("sample").1;
    let text = sample.trim().trim_start_matches("```toml").trim_end_matches("```").to_owned();
    let config = file::parse(&text, "placet.toml").unwrap().settle().unwrap();
    assert_eq!(config.data, Path::new("/var/lib/placet"));
}

fn help(command: &str) -> String {
    let output = placet().args([command, "-h"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    format!("```text\n{}\n```\n", lines.join("\n").trim())
}

fn same(name: &str, expected: &str) {
    let (before, found, after) = block(name);
    if std::env::var_os("PLACET_BLESS").is_some() {
        std::fs::write(path(), format!("{before}{expected}{after}")).unwrap();
    } else {
        assert_eq!(found, expected, "docs/configure.md is out of date: run the test with PLACET_BLESS=1");
    }
}

/// What stands before, inside and after `<!-- name -->` and `<!-- /name -->`.
fn block(name: &str) -> (String, String, String) {
    let text = std::fs::read_to_string(path()).unwrap();
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&begin).unwrap();
    let (inside, after) = rest.split_once(&end).unwrap();
    (format!("{before}{begin}"), inside.to_owned(), format!("{end}{after}"))
}

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/configure.md")
}
