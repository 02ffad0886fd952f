//! `cargo xtask size`: what a page has to load, in bytes, against the budgets.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};

use super::Place;
use super::budget::{Budgets, Id};
use super::dist::{self, Manifest, SITE_DATA};
use super::http::Connection;
use super::readme;
use super::server::Server;

/// How the sizes are shown.
#[derive(Debug, Default, Clone, Copy, clap::Args)]
pub(crate) struct Options {
    /// Writes the measured values into e2e/budgets.toml, so that growth shows in its diff.
    #[arg(long)]
    bless: bool,
}

/// Bytes of one artefact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bytes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Bytes {
    fn of(content: &[u8]) -> anyhow::Result<Self> {
        Ok(Self { raw: content.len(), gzip: dist::gzip(content)?.len(), brotli: dist::brotli(content)?.len() })
    }

    fn and(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// Measures everything and fails when something is over its budget.
pub(crate) fn run(place: &Place, options: Options) -> anyhow::Result<()> {
    let mut measured = files(place)?;
    let demo = served_loader(place)?;
    measured.extend([(Id::LoaderDemo, demo), (Id::Returning, demo)]);
    let mut budgets = Budgets::read(place)?;
    println!("{}", table(&budgets, &measured));
    if options.bless {
        budgets.bless(measured.iter().map(|(id, bytes)| (*id, bytes.brotli)));
        budgets.write(place)?;
        readme::write(place, &budgets)?;
        println!("written to {}", place.short(&Budgets::path(place)));
    }
    let over: Vec<_> = measured.iter().filter(|(id, bytes)| budgets.ceiling(*id).is_some_and(|most| bytes.brotli > most)).collect();
    if !over.is_empty() {
        let names: Vec<_> = over.iter().map(|(id, _)| id.name()).collect();
        bail!("over budget: {}; make it smaller, or raise the ceiling in e2e/budgets.toml and say why there", names.join(", "));
    }
    Ok(())
}

/// The table of what lies in the folder of built files, without the server.
pub(crate) fn built(place: &Place) -> anyhow::Result<String> {
    Ok(table(&Budgets::read(place)?, &files(place)?))
}

fn files(place: &Place) -> anyhow::Result<Vec<(Id, Bytes)>> {
    let dist = place.dist();
    let Manifest { loader, parts, glue, wasm, .. } = dist::manifest(&dist)?;
    let template = fs::read_to_string(dist.join(&loader)).with_context(|| format!("cannot read {loader}"))?;
    let loader = Bytes::of(template.replace(SITE_DATA, "{}").as_bytes())?;
    let whole = Bytes::of(template.replace(SITE_DATA, &every_part(&dist, &parts)?).as_bytes())?;
    let (glue, wasm) = (compressed(&dist, &glue)?, compressed(&dist, &wasm)?);
    Ok(vec![(Id::Loader, loader), (Id::LoaderWhole, whole), (Id::Wasm, wasm), (Id::Glue, glue), (Id::Banner, wasm.and(glue))])
}

/// A site's data with all parts and nothing else, as the server would put it in.
fn every_part(dist: &Path, names: &str) -> anyhow::Result<String> {
    let call = |name: &str| {
        let code = fs::read_to_string(dist.join(dist::part_file(name))).with_context(|| format!("cannot read the part {name}"))?;
        anyhow::Ok(format!("g({code})(a,[]);"))
    };
    let calls = names.split(' ').map(call).collect::<anyhow::Result<String>>()?;
    Ok(format!("{{x:(a,g)=>{{{calls}}}}}"))
}

/// The compressed forms as they lie there, which are those that go over the wire.
fn compressed(dist: &Path, name: &str) -> anyhow::Result<Bytes> {
    let length = |name: String| {
        let bytes = fs::metadata(dist.join(&name)).with_context(|| format!("cannot read {name}"))?.len();
        usize::try_from(bytes).with_context(|| format!("{name} is too long"))
    };
    Ok(Bytes { raw: length(name.to_owned())?, gzip: length(format!("{name}.gz"))?, brotli: length(format!("{name}.br"))? })
}

/// The demo site's loader with its first layer in one language, as the real server sends it.
fn served_loader(place: &Place) -> anyhow::Result<Bytes> {
    let folder = tempfile::tempdir_in(&place.target).context("cannot make a folder")?;
    let server = Server::start(place, "127.0.0.1:0", &folder.path().join("data"), folder.path(), "error")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start")?;
    let bytes = runtime.block_on(async {
        let mut connection = Connection::open(&server.authority).await?;
        let mut length = async |coding| {
            let answer = connection.get("/s/demo.js", coding).await?;
            anyhow::ensure!(answer.status.is_success(), "the server answered {} to GET /s/demo.js", answer.status);
            anyhow::Ok(answer.body.len())
        };
        anyhow::Ok(Bytes { raw: length("identity").await?, gzip: length("gzip").await?, brotli: length("br").await? })
    })?;
    server.stop()?;
    Ok(bytes)
}

fn table(budgets: &Budgets, measured: &[(Id, Bytes)]) -> String {
    let mut lines = vec!["| artefact | raw | gzip | brotli | was | budget | left |".to_owned(), "|---|--:|--:|--:|--:|--:|--:|".to_owned()];
    for (id, bytes) in measured {
        let (ceiling, was) = (budgets.ceiling(*id), budgets.last(*id));
        let text = |number: Option<usize>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
        let left = match ceiling {
            Some(most) if bytes.brotli > most => format!("OVER by {}", bytes.brotli - most),
            most => text(most.map(|most| most - bytes.brotli)),
        };
        let Bytes { raw, gzip, brotli } = bytes;
        lines.push(format!("| {} | {raw} | {gzip} | {brotli} | {} | {} | {left} |", id.name(), text(was), text(ceiling)));
    }
    lines.join("\n")
}

/// Builds what is missing, then [`run`].
pub(crate) fn run_built(place: &Place, options: Options) -> anyhow::Result<()> {
    super::build::all(place)?;
    run(place, options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_is_left_and_what_is_over() {
        let budgets: Budgets =
            toml::from_str("[loader]\nceiling = 100\nbrotli = 80\nwhy = \"x\"\n[wasm]\nceiling = 100\nbrotli = 99\nwhy = \"x\"\n").unwrap();
        let bytes = |brotli| Bytes { raw: 300, gzip: 200, brotli };
        let text = table(&budgets, &[(Id::Loader, bytes(90)), (Id::Wasm, bytes(101)), (Id::Glue, bytes(5))]);
        assert!(text.contains("| 300 | 200 | 90 | 80 | 100 | 10 |"), "{text}");
        assert!(text.contains("| 300 | 200 | 101 | 99 | 100 | OVER by 1 |"), "{text}");
        assert!(text.contains("| 300 | 200 | 5 | - | - | - |"), "{text}");
    }
}
