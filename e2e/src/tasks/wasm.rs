//! The banner's WebAssembly: compiled with the standard library rebuilt for size, bound, shrunk, and
//! compiled once by Node as proof that an engine takes it.

use std::fs;

use anyhow::{Context as _, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::inputs::{self, Inputs};
use super::{Place, command, rust};

/// Everything that the module is made of, and the tools that shrink it.
const MADE_OF: [&str; 9] = [
    "Cargo.lock",
    "Cargo.toml",
    "rust-toolchain.toml",
    "shared",
    "widget/Cargo.toml",
    "widget/build.rs",
    "widget/package-lock.json",
    "widget/src",
    "widget/style",
];

const RUSTFLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none";

/// What every browser with hydration's other needs has. `--all-features` makes modules that none takes.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

const COMPILE: &str =
    "WebAssembly.compile(require('fs').readFileSync(process.argv[1])).catch(e => { console.error(String(e)); process.exit(1) })";

/// Leaves `banner.wasm` and wasm-bindgen's `glue.js` in the scratch folder. Says whether it had to build.
pub(crate) fn build(place: &Place) -> anyhow::Result<bool> {
    let scratch = place.scratch();
    let stamp = scratch.join("wasm.inputs");
    let digest = Inputs { paths: &MADE_OF, also: &[include_bytes!("wasm.rs")] }.digest(place)?;
    let made = scratch.join("banner.wasm").is_file() && scratch.join("glue.js").is_file();
    if made && inputs::unchanged(&stamp, &digest) {
        return Ok(false);
    }
    compile(place)?;
    bind(place)?;
    shrink(place)?;
    fs::write(&stamp, digest).with_context(|| format!("cannot write {}", place.short(&stamp)))?;
    Ok(true)
}

fn compile(place: &Place) -> anyhow::Result<()> {
    let mut cargo = place.cargo(&["build", "--package", "widget", "--lib", "--target", rust::WASM, "--profile", "wasm"]);
    cargo.args(["--no-default-features", "--features", "hydrate"]);
    cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    // -Z flags on the pinned stable compiler: the module is a third smaller, and the pin keeps them working.
    cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", RUSTFLAGS).env_remove("CARGO_ENCODED_RUSTFLAGS");
    command::run(&mut cargo)
}

fn bind(place: &Place) -> anyhow::Result<()> {
    let compiled = place.target.join(rust::WASM).join("wasm").join("widget.wasm");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&compiled).out_name("banner").no_modules(true)?.typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    let mut output = bindgen.generate_output().context("wasm-bindgen does not take the banner")?;
    let inline = output.snippets().iter().filter(|(_, texts)| !texts.is_empty()).map(|(owner, _)| owner);
    let snippets: Vec<_> = inline.chain(output.local_modules().keys()).cloned().collect();
    if !snippets.is_empty() {
        bail!("the banner imports JavaScript files ({}), which a classic script cannot hold", snippets.join(", "));
    }
    let scratch = place.scratch();
    fs::write(scratch.join("glue.js"), output.js()).context("cannot write the glue")?;
    fs::write(scratch.join("bound.wasm"), output.wasm_mut().emit_wasm()).context("cannot write the module")
}

fn shrink(place: &Place) -> anyhow::Result<()> {
    let scratch = place.scratch();
    let shrunk = scratch.join("banner.wasm");
    let mut wasm_opt = place.program("node", "widget");
    wasm_opt.arg("node_modules/binaryen/bin/wasm-opt").arg("-Oz").args(FEATURES);
    command::run(wasm_opt.arg(scratch.join("bound.wasm")).arg("-o").arg(&shrunk))?;
    command::run(place.program("node", "").args(["-e", COMPILE]).arg(&shrunk)).context("no engine takes the finished module")
}
