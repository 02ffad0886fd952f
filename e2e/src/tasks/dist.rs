//! The widget's files as the server embeds and serves them: loader, glue and module under names of
//! their contents, with their compressed forms and a manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use shared::digest::Digest;

use super::inputs::{self, Inputs};
use super::{Place, command};

/// What stands in the loader for a site's data.
pub(crate) const SITE_DATA: &str = "__PLACET__";

/// The names of the files; `manifest.json` of the folder.
#[derive(Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Manifest {
    /// The loader's template.
    pub(crate) loader: String,
    /// The names of the loader's parts, which lie there as `part-{name}.js`, with blanks between them.
    pub(crate) parts: String,
    /// The script that starts the module.
    pub(crate) glue: String,
    /// The module.
    pub(crate) wasm: String,
    /// SHA-256 over the bytes of loader, parts, glue and module, in this order.
    pub(crate) build: String,
}

/// Makes the folder anew when something in it would change. Says whether it had to.
pub(crate) fn build(place: &Place) -> anyhow::Result<bool> {
    let scratch = place.scratch();
    let read = |name: &str| fs::read(scratch.join(name)).with_context(|| format!("cannot read {name} of the wasm build"));
    let (wasm, raw_glue) = (read("banner.wasm")?, read("glue.js")?);
    let made_of = Inputs { paths: &["widget"], also: &[include_bytes!("dist.rs"), &wasm, &raw_glue] };
    let digest = made_of.digest(place)?;
    let stamp = scratch.join("dist.inputs");
    if inputs::unchanged(&stamp, &digest) && is_whole(&place.dist()) {
        return Ok(false);
    }
    let glue = script(place, "boot", Some("glue.js"), "boot.js")?;
    let loader = script(place, "loader", None, "loader.js")?;
    let found = String::from_utf8_lossy(&loader).matches(SITE_DATA).count();
    if found != 1 {
        bail!("the built loader holds {SITE_DATA} {found} times instead of once, so that the server could not fill it in");
    }
    let parts = parts(place)?;
    fill(place, &loader, &parts, &glue, &wasm)?;
    fs::write(&stamp, digest).with_context(|| format!("cannot write {}", place.short(&stamp)))?;
    Ok(true)
}

/// Reads the manifest of a built folder.
pub(crate) fn manifest(dist: &Path) -> anyhow::Result<Manifest> {
    let text = fs::read_to_string(dist.join("manifest.json")).context("the widget is not built: run `cargo xtask build`")?;
    serde_json::from_str(&text).context("the widget's manifest is not understood: run `cargo xtask build`")
}

/// Calls the widget's own build script: kind, input if it takes one, and output.
fn script(place: &Place, kind: &str, input: Option<&str>, output: &str) -> anyhow::Result<Vec<u8>> {
    let scratch = place.scratch();
    let out = scratch.join(output);
    let mut node = place.program("node", "widget");
    node.args(["build.mjs", kind]).args(input.map(|name| scratch.join(name))).arg(&out);
    command::run(&mut node)?;
    fs::read(&out).with_context(|| format!("cannot read {}", place.short(&out)))
}

/// The loader's parts by name, in the order of their names.
fn parts(place: &Place) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let folder = place.scratch().join("parts");
    if folder.is_dir() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", place.short(&folder)))?;
    }
    command::run(place.program("node", "widget").args(["build.mjs", "parts"]).arg(&folder))?;
    let mut parts = BTreeMap::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", place.short(&folder)))? {
        let path = entry.with_context(|| format!("cannot list {}", place.short(&folder)))?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        parts.insert(name, fs::read(&path).with_context(|| format!("cannot read {}", place.short(&path)))?);
    }
    Ok(parts)
}

fn fill(place: &Place, loader: &[u8], parts: &BTreeMap<String, Vec<u8>>, glue: &[u8], wasm: &[u8]) -> anyhow::Result<()> {
    let dist = place.dist();
    let whole_loader = [loader, &parts.values().flatten().copied().collect::<Vec<_>>()].concat();
    let manifest = Manifest {
        loader: "loader.js".to_owned(),
        parts: parts.keys().map(String::as_str).collect::<Vec<_>>().join(" "),
        glue: format!("banner-{}.js", short_digest(glue)),
        wasm: format!("banner-{}.wasm", short_digest(wasm)),
        build: Digest::of(&[&whole_loader, glue, wasm].concat()).to_string(),
    };
    fs::create_dir_all(&dist).with_context(|| format!("cannot make the folder {}", place.short(&dist)))?;
    let mut wanted = BTreeSet::from(["manifest.json".to_owned(), "placet.d.ts".to_owned()]);
    let types = fs::read(place.root.join("widget/placet.d.ts")).context("cannot read widget/placet.d.ts")?;
    put(&dist, "placet.d.ts", &types)?;
    put(&dist, &manifest.loader, loader)?;
    wanted.insert(manifest.loader.clone());
    for (name, content) in parts {
        let file = part_file(name);
        put(&dist, &file, content)?;
        wanted.insert(file);
    }
    for (name, content) in [(&manifest.glue, glue), (&manifest.wasm, wasm)] {
        put(&dist, name, content)?;
        put(&dist, &format!("{name}.br"), &brotli(content)?)?;
        put(&dist, &format!("{name}.gz"), &gzip(content)?)?;
        wanted.extend([name.clone(), format!("{name}.br"), format!("{name}.gz")]);
    }
    let mut text = serde_json::to_string_pretty(&manifest).context("cannot write the manifest")?;
    text.push('\n');
    // Last, so that a folder with a manifest has everything that it names.
    put(&dist, "manifest.json", text.as_bytes())?;
    sweep(&dist, &wanted)
}

/// Writes a file unless it has that content: an unchanged file must not make cargo build again.
fn put(dist: &Path, name: &str, content: &[u8]) -> anyhow::Result<()> {
    let path = dist.join(name);
    if fs::read(&path).is_ok_and(|present| present == content) {
        return Ok(());
    }
    fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))
}

fn sweep(dist: &Path, wanted: &BTreeSet<String>) -> anyhow::Result<()> {
    for entry in fs::read_dir(dist).with_context(|| format!("cannot list {}", dist.display()))? {
        let path = entry.with_context(|| format!("cannot list {}", dist.display()))?.path();
        let keep = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| wanted.contains(name));
        if !keep && path.is_file() {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

fn is_whole(dist: &Path) -> bool {
    let Ok(manifest) = manifest(dist) else { return false };
    let compressed = [&manifest.glue, &manifest.wasm].map(|name| [format!("{name}.br"), format!("{name}.gz")]);
    let parts: Vec<_> = manifest.parts.split(' ').map(part_file).collect();
    let names = [manifest.loader.clone(), manifest.glue.clone(), manifest.wasm.clone(), "placet.d.ts".to_owned()];
    names.iter().chain(&parts).chain(compressed.iter().flatten()).all(|name| dist.join(name).is_file())
}

/// The file of a part of the loader.
pub(crate) fn part_file(name: &str) -> String {
    format!("part-{name}.js")
}

fn short_digest(content: &[u8]) -> String {
    Digest::of(content).to_string().chars().take(16).collect()
}

/// Brotli at its best, as the server sends it.
pub(crate) fn brotli(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    writer.write_all(content).and_then(|()| writer.flush()).context("brotli failed")?;
    Ok(writer.into_inner())
}

/// Gzip at its best, as the server sends it.
pub(crate) fn gzip(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(content).context("gzip failed")?;
    writer.finish().context("gzip failed")
}
