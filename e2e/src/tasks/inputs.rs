//! Tells whether something has to be built again: a digest over everything that it is made of,
//! kept in a file beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use shared::digest::Digest;

use super::Place;

/// What one build step is made of.
#[derive(Debug)]
pub(crate) struct Inputs<'a> {
    /// Files and folders below the workspace's root; folders with all they hold.
    pub(crate) paths: &'a [&'a str],
    /// The step's own code and whatever else is no file.
    pub(crate) also: &'a [&'a [u8]],
}

impl Inputs<'_> {
    /// The digest of names and contents.
    pub(crate) fn digest(&self, place: &Place) -> anyhow::Result<String> {
        let mut files = Vec::new();
        for path in self.paths {
            list(&place.root.join(path), &mut files)?;
        }
        files.sort();
        let mut lines = Vec::new();
        for file in &files {
            let content = fs::read(file).with_context(|| format!("cannot read {}", place.short(file)))?;
            lines.push(format!("{} {}", Digest::of(&content), place.short(file)));
        }
        lines.extend(self.also.iter().map(|bytes| Digest::of(bytes).to_string()));
        Ok(Digest::of(lines.join("\n").as_bytes()).to_string())
    }
}

/// Whether `stamp` holds `digest`.
pub(crate) fn unchanged(stamp: &Path, digest: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|last| last == digest)
}

/// All files below `path`, or `path` itself; nothing when it does not exist. Passes installed
/// packages by.
pub(crate) fn list(path: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
    }
    if !path.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))? {
        let entry = entry.with_context(|| format!("cannot list {}", path.display()))?;
        if entry.file_name() != "node_modules" {
            list(&entry.path(), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_added_or_renamed_file_changes_the_digest_and_installed_packages_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { root: folder.path().to_owned(), target: folder.path().join("target") };
        let digest = || Inputs { paths: &["src", "absent"], also: &[b"code"] }.digest(&place).unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("src/a.rs", "one");
        let first = digest();
        assert_eq!(digest(), first);
        write("src/node_modules/tool/index.js", "tool");
        assert_eq!(digest(), first);
        write("src/a.rs", "two");
        let second = digest();
        assert_ne!(second, first);
        fs::rename(folder.path().join("src/a.rs"), folder.path().join("src/b.rs")).unwrap();
        assert_ne!(digest(), second);
    }
}
