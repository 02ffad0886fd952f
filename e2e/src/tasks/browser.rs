//! Chromium and its driver for the browser tests: found, or installed where that is possible
//! without asking.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::{Place, command};

const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// The two programs.
#[derive(Debug)]
pub(crate) struct Browser {
    /// The browser.
    pub(crate) chromium: PathBuf,
    /// The program through which a test steers it.
    pub(crate) driver: PathBuf,
}

/// Finds them; on Debian and its kin installs them when this runs as root.
pub(crate) fn ensure(place: &Place) -> anyhow::Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if is_file("/usr/bin/apt-get") && rustix::process::geteuid().is_root() {
        println!("installing {}", PACKAGES.join(" and "));
        command::run(place.program("apt-get", "").arg("update"))?;
        let mut install = place.program("apt-get", "");
        install.args(["install", "--yes", "--no-install-recommends"]).args(PACKAGES).env("DEBIAN_FRONTEND", "noninteractive");
        command::run(&mut install)?;
    }
    match find() {
        Some(browser) => Ok(browser),
        None => bail!(
            "the browser tests need Chromium and chromedriver of the same version: install them (Debian: `sudo apt install {}`, \
             macOS: `brew install --cask chromium chromedriver`), or name the programs in CHROME and CHROMEDRIVER",
            PACKAGES.join(" ")
        ),
    }
}

fn find() -> Option<Browser> {
    let chromium = named("CHROME", &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]).or_else(|| {
        let apps = ["/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
        apps.into_iter().find(|app| is_file(app)).map(PathBuf::from)
    });
    Some(Browser { chromium: chromium?, driver: named("CHROMEDRIVER", &["chromedriver"])? })
}

/// The program that a variable names, else the first of `names` on the path.
fn named(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(path) = env::var_os(variable) {
        return Some(PathBuf::from(path)).filter(|path| path.is_file());
    }
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()))
}

fn is_file(path: impl AsRef<Path>) -> bool {
    path.as_ref().is_file()
}
