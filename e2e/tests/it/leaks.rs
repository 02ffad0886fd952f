//! The leak suite: real tracker packages from npm, loaded by tags as a site would write them, in every
//! state of consent. What is measured is kept in `docs/leaks.md`.

mod package;
mod states;
mod table;

use std::cell::RefCell;
use std::collections::VecDeque;

use anyhow::{Context as _, Result};

use package::{ALL, Package};
use states::{Seen, States};

#[tokio::test]
async fn epd_01_fr_06_con_10_no_tracker_package_asks_stores_or_reads_before_a_grant_after_a_refusal_or_after_a_withdrawal() -> Result<()> {
    let mut rows = measured().await?;
    rows.sort_by_key(|(package, _)| package.npm);
    // The table first: what went wrong shows in it, too.
    let table = table::table(&rows)?;
    let wrong: Vec<String> = rows.iter().flat_map(|(package, states)| wrong(*package, states)).collect();
    assert!(wrong.is_empty(), "{table}\n{}", wrong.join("\n"));
    e2e::document::shows("leaks.md", "packages", &table)
}

/// Every package's states, two packages at a time, as many as there are browsers.
async fn measured() -> Result<Vec<(Package, States)>> {
    let waiting = RefCell::new(VecDeque::from(ALL));
    let rows = RefCell::new(Vec::new());
    let work = async || {
        loop {
            let next = waiting.borrow_mut().pop_front();
            let Some(package) = next else { return anyhow::Ok(()) };
            let states = states::measure(package).await.context(package.npm)?;
            rows.borrow_mut().push((package, states));
        }
    };
    tokio::try_join!(work(), work())?;
    Ok(rows.into_inner())
}

fn wrong(package: Package, states: &States) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut complain = |state: &str, what: &dyn std::fmt::Debug| wrong.push(format!("{}, {state}: {what:?}", package.npm));
    let silent = [("before", &states.before), ("refused", &states.refused), ("refused, reloaded", &states.refused_reloaded)];
    for (state, seen) in silent {
        if *seen != Seen::default() {
            complain(state, seen);
        }
    }
    // A script that runs still tries to read; what it would read is gone.
    for (state, seen) in [("withdrawn", &states.withdrawn), ("withdrawn, reloaded", &states.withdrawn_reloaded)] {
        if !seen.requests.is_empty() || !seen.stored.is_empty() {
            complain(state, &(&seen.requests, &seen.stored));
        }
    }
    if !states.withdrawn_reloaded.reads.is_empty() {
        complain("withdrawn, reloaded", &states.withdrawn_reloaded.reads);
    }
    if !states.old_untouched {
        complain("refused", &"what was there before is not as it was");
    }
    wrong
}
