//! Where things lie: the workspace, what is built, and how cargo is called. Works from every
//! directory of the workspace and follows `CARGO_TARGET_DIR`.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use super::command;

/// Variables that `cargo run` sets for us and that would make a cargo below us build again.
const OURS_ALONE: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];

/// The workspace and its target folder, both absolute.
#[derive(Debug)]
pub(crate) struct Place {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// What cargo calls the target directory.
    pub(crate) target: PathBuf,
}

#[derive(serde::Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

impl Place {
    /// Asks cargo.
    pub(crate) fn find() -> anyhow::Result<Self> {
        let answer = command::output(Command::new(cargo_program()).args(["metadata", "--no-deps", "--format-version", "1"]))?;
        let found: Metadata = serde_json::from_str(&answer).context("cargo metadata gave an answer that is not understood")?;
        Ok(Self { root: found.workspace_root, target: found.target_directory })
    }

    /// The widget's files as the server embeds them.
    pub(crate) fn dist(&self) -> PathBuf {
        self.target.join("dist")
    }

    /// What lies between the widget's sources and [`Self::dist`].
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("widget-build")
    }

    /// The server in release.
    pub(crate) fn server(&self) -> PathBuf {
        self.target.join("release").join(format!("placet{}", env::consts::EXE_SUFFIX))
    }

    /// A program to be started in the workspace's root or a folder below.
    pub(crate) fn program(&self, name: impl Into<OsString>, folder: impl AsRef<Path>) -> Command {
        let mut program = Command::new(name.into());
        program.current_dir(self.root.join(folder));
        program
    }

    /// Cargo in the workspace's root, free of what the cargo above us has set.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = self.program(cargo_program(), "");
        cargo.args(arguments).env("CARGO_TARGET_DIR", &self.target);
        for (name, _) in env::vars_os() {
            if name.to_str().is_some_and(|name| OURS_ALONE.iter().any(|prefix| name.starts_with(prefix))) {
                cargo.env_remove(name);
            }
        }
        // The server looks into target/dist by itself; a set variable would only rebuild it.
        if self.target == self.root.join("target") {
            cargo.env_remove("PLACET_DIST");
        } else {
            cargo.env("PLACET_DIST", self.dist());
        }
        cargo
    }

    /// A path as a person wants to read it: below the workspace's root without the root.
    pub(crate) fn short<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

fn cargo_program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
