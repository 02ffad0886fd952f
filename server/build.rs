//! Embeds the widget's built files, so that the binary can be copied alone. Must not build the
//! widget: `cargo xtask build` does.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    match embed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn embed() -> Result<(), String> {
    println!("cargo::rerun-if-env-changed=PLACET_DIST");
    println!("cargo::rerun-if-changed=build.rs");
    let dist = dist()?;
    let manifest = dist.join("manifest.json");
    println!("cargo::rerun-if-changed={}", manifest.display());
    let manifest = fs::read_to_string(&manifest).map_err(|_| "the widget is not built: run `cargo xtask build`".to_owned())?;
    let source = format!(
        "/// What `cargo xtask build` made.\npub static DIST: Dist = Dist {{\n    loader: include_str!({loader:?}),\n    parts: &[{parts}],\n    build: {build:?},\n    \
         glue: {glue},\n    wasm: {wasm},\n    types: include_str!({types:?}),\n}};\n",
        loader = file(&dist, member(&manifest, "loader")?)?,
        parts = parts(&dist, member(&manifest, "parts")?)?,
        build = member(&manifest, "build")?,
        glue = asset(&dist, member(&manifest, "glue")?)?,
        wasm = asset(&dist, member(&manifest, "wasm")?)?,
        types = file(&dist, "placet.d.ts")?,
    );
    let out = env::var_os("OUT_DIR").ok_or("cargo gives OUT_DIR to build scripts")?;
    fs::write(Path::new(&out).join("dist.rs"), source).map_err(|error| format!("cannot write the list of embedded files: {error}"))
}

fn dist() -> Result<PathBuf, String> {
    if let Some(path) = env::var_os("PLACET_DIST") {
        return Ok(path.into());
    }
    let here = env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo gives CARGO_MANIFEST_DIR to build scripts")?;
    Ok(Path::new(&here).join("../target/dist"))
}

/// The text of one member of the manifest, which is a flat object of plain strings.
fn member<'a>(manifest: &'a str, name: &str) -> Result<&'a str, String> {
    let value = manifest.split_once(&format!("\"{name}\"")).and_then(|(_, rest)| rest.split('"').nth(1));
    value.ok_or_else(|| format!("manifest.json has no \"{name}\": run `cargo xtask build` again"))
}

/// The loader's parts, by name.
fn parts(dist: &Path, names: &str) -> Result<String, String> {
    let one = |name: &str| Ok(format!("({name:?}, include_str!({:?}))", file(dist, &format!("part-{name}.js"))?));
    Ok(names.split(' ').map(one).collect::<Result<Vec<_>, String>>()?.join(", "))
}

fn asset(dist: &Path, name: &str) -> Result<String, String> {
    let [plain, brotli, gzip] = [name.to_owned(), format!("{name}.br"), format!("{name}.gz")].map(|name| file(dist, &name));
    Ok(format!(
        "File {{ name: {name:?}, plain: include_bytes!({:?}), brotli: include_bytes!({:?}), gzip: include_bytes!({:?}) }}",
        plain?, brotli?, gzip?
    ))
}

/// The file's full path.
fn file(dist: &Path, name: &str) -> Result<String, String> {
    let path = dist.join(name);
    println!("cargo::rerun-if-changed={}", path.display());
    let found = path.canonicalize().map_err(|error| format!("{}: {error}: run `cargo xtask build`", path.display()))?;
    found.into_os_string().into_string().map_err(|_| "the path of the build must be UTF-8".to_owned())
}
