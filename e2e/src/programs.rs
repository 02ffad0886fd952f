//! Where the programs are that the tests drive. `cargo xtask test` says so in `E2E_*` variables; by
//! hand `PLACET_BIN`, `CHROME` and `CHROMEDRIVER` do, and without them the usual places.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context as _, bail};

/// The repository.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Cargo's target folder: the test program lies in `<target>/<profile>/deps/`.
pub fn target() -> anyhow::Result<PathBuf> {
    let program = env::current_exe().context("where does this test program lie?")?;
    Ok(program.ancestors().nth(3).context("the test program does not lie in a target folder")?.to_owned())
}

/// The server binary.
pub fn server() -> anyhow::Result<PathBuf> {
    let path = match said(&["E2E_SERVER", "PLACET_BIN"]) {
        Some(path) => path,
        None => target()?.join("release").join(format!("placet{}", env::consts::EXE_SUFFIX)),
    };
    if !path.is_file() {
        bail!("{} is not there: run `cargo xtask build` first", path.display());
    }
    Ok(path)
}

/// The browser.
#[must_use]
pub fn chromium() -> PathBuf {
    said(&["E2E_CHROMIUM", "CHROME"]).unwrap_or_else(|| found(&["chromium", "chromium-browser", "google-chrome"]))
}

/// The browser's driver.
#[must_use]
pub fn chromedriver() -> PathBuf {
    said(&["E2E_CHROMEDRIVER", "CHROMEDRIVER"]).unwrap_or_else(|| found(&["chromedriver"]))
}

/// The demo page's folder, filled by `e2e/demo.mjs` once per test program unless it is said where it lies.
pub fn demo() -> anyhow::Result<&'static Path> {
    static DEMO: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match DEMO.get_or_init(|| fill_demo().map_err(|error| format!("{error:#}"))) {
        Ok(folder) => Ok(folder),
        Err(error) => bail!("{error}"),
    }
}

/// Where the npm packages lie that the tests use.
#[must_use]
pub fn packages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules")
}

/// A file of an npm package that the tests use.
pub fn package_file(path: &str) -> anyhow::Result<String> {
    let path = packages().join(path);
    std::fs::read_to_string(&path).with_context(|| format!("{} is not there: run `npm ci` in e2e/", path.display()))
}

/// The folders in which the files of the tracker packages lie: as they are published, and those that are published as
/// modules only made into scripts by `e2e/trackers/bundle.mjs`, once per test program.
#[must_use]
pub fn trackers() -> &'static [PathBuf] {
    static FOLDERS: OnceLock<Vec<PathBuf>> = OnceLock::new();
    FOLDERS.get_or_init(|| {
        let e2e = root().join("e2e");
        let mut folders = vec![e2e.join("trackers/node_modules"), e2e.join("node_modules")];
        // A page whose tracker is missing fails its own test, which says more than this could.
        folders.extend(bundle_trackers().ok());
        folders
    })
}

fn bundle_trackers() -> anyhow::Result<PathBuf> {
    let folder = target()?.join("trackers");
    run_node("e2e/trackers/bundle.mjs", &folder)?;
    Ok(folder)
}

fn fill_demo() -> anyhow::Result<PathBuf> {
    if let Some(folder) = said(&["E2E_DEMO"]) {
        return Ok(folder);
    }
    let folder = target()?.join("demo");
    run_node("e2e/demo.mjs", &folder)?;
    Ok(folder)
}

fn run_node(script: &str, out: &Path) -> anyhow::Result<()> {
    let output = Command::new("node").arg(root().join(script)).arg(out).output().context("cannot start node")?;
    if !output.status.success() {
        bail!("{script}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

fn said(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(env::var_os).filter(|path| !path.is_empty()).map(PathBuf::from)
}

fn found(names: &[&str]) -> PathBuf {
    let folders: Vec<PathBuf> = env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
    let places = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|path| path.is_file()).unwrap_or_else(|| names.first().map(PathBuf::from).unwrap_or_default())
}
