//! Tables that tests measure and documents show: what stands between two marks of a document is what
//! was measured, or the test fails. `PLACET_BLESS=1` writes it.

use anyhow::{Context as _, bail, ensure};

use crate::programs;

/// Compares a table with what stands in `docs/{file}` between `<!-- mark -->` and `<!-- /mark -->`, and prints it.
pub fn shows(file: &str, mark: &str, table: &str) -> anyhow::Result<()> {
    println!("{table}");
    let path = programs::root().join("docs").join(file);
    let text = std::fs::read_to_string(&path).with_context(|| format!("docs/{file}"))?;
    let (begin, end) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let parts = text.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?)));
    let Some((before, (found, after))) = parts else { bail!("docs/{file} has no place for the table: {begin}{end}") };
    if found == table {
        return Ok(());
    }
    let bless = std::env::var("PLACET_BLESS").is_ok_and(|bless| bless == "1");
    ensure!(bless, "docs/{file} says otherwise: run the test with PLACET_BLESS=1.\nIt says\n{found}\nand measured was\n{table}");
    Ok(std::fs::write(&path, [before, &begin, table, &end, after].concat())?)
}
