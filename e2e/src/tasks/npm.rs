//! Node and npm: whether they are there, and a folder's packages as its lock file lists them.

use std::fs;

use anyhow::{Context as _, bail};
use shared::digest::Digest;

use super::{Place, command};

const OLDEST_NODE: u32 = 18;
const ADVICE: &str = "get Node from https://nodejs.org, or with `apt install nodejs npm` or `brew install node`, and run this again";

/// Refuses with a sentence when Node or npm is missing or too old.
pub(crate) fn check(place: &Place) -> anyhow::Result<()> {
    let Some(version) = command::ask(place.program("node", "").arg("--version"))? else {
        bail!("Node {OLDEST_NODE} or newer builds the widget and was not found: {ADVICE}");
    };
    if major(&version).is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node {OLDEST_NODE} or newer builds the widget and this is {version}: {ADVICE}");
    }
    if command::ask(place.program("npm", "").arg("--version"))?.is_none() {
        bail!("npm fetches the widget's build tools and was not found: {ADVICE}");
    }
    Ok(())
}

/// Installs the packages of `folder` unless they are those of its lock file already. Says whether
/// it had to.
pub(crate) fn install(place: &Place, folder: &str) -> anyhow::Result<bool> {
    let lock = place.root.join(folder).join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("cannot read {}", place.short(&lock)))?;
    let wanted = Digest::of(&lock).to_string();
    // `npm ci` empties the folder first, so that this file stands only beside a finished install.
    let stamp = place.root.join(folder).join("node_modules").join(".placet-installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(false);
    }
    command::run(place.program("npm", folder).args(["ci", "--no-audit", "--no-fund"]))?;
    fs::create_dir_all(place.root.join(folder).join("node_modules"))
        .and_then(|()| fs::write(&stamp, wanted))
        .with_context(|| format!("cannot write {}", place.short(&stamp)))?;
    Ok(true)
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_version_is_read_from_what_it_prints() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v9.1"), Some(9));
        assert_eq!(major("20.1.0"), None);
        assert_eq!(major(""), None);
    }
}
