//! Every technique by which a page can ask a third party (EPD-01), and what holds it: measured, not
//! hoped. The table is kept in `docs/gate.md`.

mod column;
mod technique;

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use column::{Column, Outcome, Way};
use technique::Technique;

#[tokio::test]
async fn epd_01_what_holds_each_technique_is_what_the_table_says_and_marking_holds_every_one() -> Result<()> {
    let techniques = technique::all()?;
    let measured = measured(&techniques).await?;
    let table = table(&techniques, &measured)?;
    let outcome = |way, technique: &Technique| measured.get(&(way, technique.name.clone())).copied();
    let mut wrong = Vec::new();
    for technique in &techniques {
        let shows = outcome(Way::Without, technique) == Some(Outcome::Asked);
        if shows == technique.unseen {
            wrong.push(format!("{}: where nothing holds it, it is seen to ask: {shows}", technique.name));
        }
        if shows && !matches!(outcome(Way::Marked, technique), Some(Outcome::HeldThenAsked | Outcome::Held)) {
            wrong.push(format!("{}: marking does not hold it", technique.name));
        }
    }
    assert!(wrong.is_empty(), "{table}\n{}", wrong.join("\n"));
    e2e::document::shows("gate.md", "techniques", &table)
}

type Measured = BTreeMap<(Way, String), Outcome>;

/// Every technique in every way, two ways at a time, as many as there are browsers.
async fn measured(techniques: &[Technique]) -> Result<Measured> {
    let waiting = RefCell::new(VecDeque::from(Way::ALL));
    let measured = RefCell::new(Measured::new());
    let work = async || {
        loop {
            let next = waiting.borrow_mut().pop_front();
            let Some(way) = next else { return anyhow::Ok(()) };
            let column = Column::start(way).await?;
            for technique in techniques {
                let outcome = column.measure(technique).await.with_context(|| format!("{}, {way:?}", technique.name))?;
                measured.borrow_mut().insert((way, technique.name.clone()), outcome);
            }
            column.end().await?;
        }
    };
    tokio::try_join!(work(), work())?;
    Ok(measured.into_inner())
}

fn table(techniques: &[Technique], measured: &Measured) -> Result<String> {
    let ways: Vec<Way> = Way::ALL.into_iter().filter(|way| *way != Way::Without).collect();
    let heads: Vec<&str> = ways.iter().map(|way| way.head()).collect();
    let mut table = format!("| technique | {} |\n|---|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    for technique in techniques {
        let cell = |way: &Way| match measured.get(&(*way, technique.name.clone())) {
            Some(_) if technique.races && *way == Way::Loader => "**not always held**",
            Some(outcome) if !technique.unseen => outcome.word(),
            _ => "not measured",
        };
        let cells: Vec<&str> = ways.iter().map(cell).collect();
        writeln!(table, "| {} | {} |", technique.name, cells.join(" | "))?;
    }
    Ok(table)
}
