//! The house rules that a machine can check, over every file that git would commit and every crate
//! that is built upon.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{Place, command, inputs, licences, readme};

/// A file as long as this has more than one subject.
const MOST_LINES: usize = 700;

const SOURCES: [&str; 7] = ["rs", "js", "mjs", "cjs", "ts", "css", "html"];
/// A table of data may be as long as there is data.
const TEXTS: [&str; 6] = ["md", "json", "toml", "yaml", "yml", "sh"];

/// Folders that tools make and git must not hold.
const MADE: [&str; 3] = ["node_modules", "dist", "target"];

/// What no file may say. Cut in two, so that this file may stand among those it checks.
const NOWHERE: [(&str, &str); 7] = [
    (concat!("/ro", "ot/"), "a path of one machine"),
    (concat!("/ho", "me/"), "a path of one machine"),
    (concat!("/Us", "ers/"), "a path of one machine"),
    (concat!("TO", "DO"), "a leftover"),
    (concat!("FIX", "ME"), "a leftover"),
    (concat!("<<<<", "<<<"), "a leftover of a merge"),
    (concat!(">>>>", ">>>"), "a leftover of a merge"),
];

/// What no Rust file may say.
const NOT_IN_RUST: [(&str, &str); 5] = [
    (concat!("#[al", "low("), "use #[expect(.., reason = \"..\")], which ends when its reason ends"),
    (concat!("#![al", "low("), "use #![expect(.., reason = \"..\")], which ends when its reason ends"),
    (concat!("#[ig", "nore"), "a test runs or is deleted"),
    (concat!("db", "g!("), "a leftover"),
    (concat!("//! Place", "holder"), "a leftover"),
];

/// What no JavaScript file may say.
const NOT_IN_SCRIPTS: [(&str, &str); 4] = [
    (concat!("test.", "only("), "it switches the other tests off"),
    (concat!("test.", "skip("), "a test runs or is deleted"),
    (concat!("it.", "only("), "it switches the other tests off"),
    (concat!("debu", "gger;"), "a leftover"),
];

/// Checks every file and lists what is wrong.
pub(crate) fn run(place: &Place) -> anyhow::Result<()> {
    let files = files(place)?;
    // In a folder right under the root, such as /placet, the path is a word that docs may say.
    let here = (place.root.components().count() > 2).then(|| format!("{}/", place.root.display()));
    let mut wrong = Vec::new();
    for file in &files {
        wrong.extend(check_path(file));
        let Some(kind) = file.extension().and_then(|kind| kind.to_str()).filter(|kind| is_text(kind)) else { continue };
        let path = place.root.join(file);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", file.display()))?;
        wrong.extend(check_text(file, kind, &text, here.as_deref()));
    }
    wrong.extend(licences::check(place)?);
    wrong.extend(readme::check(place)?);
    if wrong.is_empty() {
        println!("{} files are tidy", files.len());
        return Ok(());
    }
    for line in &wrong {
        println!("{line}");
    }
    bail!("{} places are not tidy", wrong.len())
}

/// What git would commit; where there is no git, everything but what tools make.
fn files(place: &Place) -> anyhow::Result<Vec<PathBuf>> {
    let git = ["ls-files", "--cached", "--others", "--exclude-standard"];
    if let Some(list) = command::ask(place.program("git", "").args(git))? {
        return Ok(list.lines().map(PathBuf::from).filter(|file| place.root.join(file).is_file()).collect());
    }
    let mut all = Vec::new();
    for part in ["shared", "widget", "server", "e2e", "docs", ".ci"] {
        inputs::list(&place.root.join(part), &mut all)?;
    }
    Ok(all.iter().filter_map(|path| path.strip_prefix(&place.root).ok()).map(Path::to_path_buf).collect())
}

fn is_text(kind: &str) -> bool {
    SOURCES.contains(&kind) || TEXTS.contains(&kind)
}

fn check_path(file: &Path) -> Option<String> {
    let made = file.components().any(|part| part.as_os_str().to_str().is_some_and(|name| MADE.contains(&name)));
    made.then(|| format!("{}: a tool makes this: it does not belong into git", file.display()))
}

fn check_text(file: &Path, kind: &str, text: &str, here: Option<&str>) -> Vec<String> {
    let mut wrong = Vec::new();
    let name = file.display();
    if kind == "rs" && !text.starts_with("//!") {
        wrong.push(format!("{name}:1: begin with `//!`: what the file is for and what it must not know"));
    }
    let lines = text.lines().count();
    if SOURCES.contains(&kind) && lines > MOST_LINES {
        wrong.push(format!("{name}: {lines} lines are too many: split it by subject"));
    }
    let more: &[(&str, &str)] = match kind {
        "rs" => &NOT_IN_RUST,
        "js" | "mjs" | "cjs" | "ts" => &NOT_IN_SCRIPTS,
        _ => &[],
    };
    for (number, line) in text.lines().enumerate() {
        let found = NOWHERE.iter().chain(more).filter(|(words, _)| line.contains(words));
        wrong.extend(found.map(|(words, why)| format!("{name}:{}: `{words}`: {why}", number + 1)));
        if here.is_some_and(|here| line.contains(here)) {
            wrong.push(format!("{name}:{}: a path of this machine", number + 1));
        }
        if file.ends_with("package-lock.json") && line.contains("\"resolved\": \"http") {
            wrong.push(format!("{name}:{}: records a registry's host: `npm config set omit-lockfile-registry-resolved true`", number + 1));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, text: &str) -> Vec<String> {
        let file = Path::new(file);
        check_text(file, file.extension().unwrap().to_str().unwrap(), text, Some("/srv/placet/"))
    }

    #[test]
    fn a_tidy_file_gets_no_complaint() {
        assert_eq!(check("a.rs", "//! What it is for.\n#[expect(dead_code, reason = \"shown\")]\nfn f() {}\n"), Vec::<String>::new());
        assert_eq!(check_path(Path::new("widget/loader/gate.js")), None);
    }

    #[test]
    fn every_house_rule_is_reported_with_its_line() {
        let cases = [
            ("a.rs", "fn f() {}".to_owned(), "a.rs:1: begin with"),
            ("a.rs", format!("//! A.\n{}", concat!("#[al", "low(dead_code)]")), "a.rs:2: "),
            ("a.rs", format!("//! A.\n\n{}", concat!("#[ig", "nore]")), "a.rs:3: "),
            ("a.mjs", concat!("test.", "only('x')").to_owned(), "a.mjs:1: "),
            ("a.md", "see /srv/placet/docs".to_owned(), "a.md:1: a path of this machine"),
            ("package-lock.json", "\"resolved\": \"https://registry.example/a.tgz\"".to_owned(), "package-lock.json:1: records"),
            ("a.css", "a{}\n".repeat(MOST_LINES + 1), "a.css: 701 lines"),
        ];
        for (file, text, complaint) in cases {
            let said = check(file, &text);
            assert!(matches!(said.as_slice(), [only] if only.starts_with(complaint)), "{file}: {said:?}");
        }
    }

    #[test]
    fn what_tools_make_does_not_belong_into_git() {
        assert!(check_path(Path::new("widget/node_modules/terser/index.js")).is_some());
        assert!(check_path(Path::new("widget/dist/loader.js")).is_some());
    }
}
