//! The table of `docs/leaks.md`: one row for each package, one column for each state.

use std::fmt::Write as _;

use anyhow::Result;

use super::package::Package;
use super::states::{Seen, States};

const HEAD: &str = "| package | before | refused | refused, reloaded | granted | withdrawn | withdrawn, reloaded |
|---|---|---|---|---|---|---|
";

/// All rows, sorted as they come.
pub(super) fn table(rows: &[(Package, States)]) -> Result<String> {
    let mut table = HEAD.to_owned();
    for (package, states) in rows {
        let name = format!("`{}` {}", package.npm, package.version()?);
        let [before, refused, refused_reloaded] = [&states.before, &states.refused, &states.refused_reloaded].map(with_reads);
        let [withdrawn, withdrawn_reloaded] = [&states.withdrawn, &states.withdrawn_reloaded].map(counted);
        let granted = [("sends", !states.granted.requests.is_empty()), ("stores", !states.granted.stored.is_empty())];
        let granted: Vec<&str> = granted.into_iter().filter(|(_, does)| *does).map(|(what, _)| what).collect();
        let granted = granted.join(", ");
        writeln!(table, "| {name} | {before} | {refused} | {refused_reloaded} | {granted} | {withdrawn} | {withdrawn_reloaded} |")?;
    }
    Ok(table)
}

fn counted(seen: &Seen) -> String {
    format!("{} / {}", seen.requests.len(), seen.stored.len())
}

fn with_reads(seen: &Seen) -> String {
    format!("{} / {}", counted(seen), seen.reads.len())
}
