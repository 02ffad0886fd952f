//! The widget's files, embedded by `build.rs` with their compressed forms. Must not know of sites.

use axum::body::Bytes;
use shared::digest::Digest;

use crate::http::content::Content;

include!(concat!(env!("OUT_DIR"), "/dist.rs"));

/// The embedded build.
#[derive(Debug)]
pub struct Dist {
    loader: &'static str,
    parts: &'static [(&'static str, &'static str)],
    build: &'static str,
    glue: File,
    wasm: File,
    types: &'static str,
}

#[derive(Debug)]
struct File {
    name: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

/// What the routes and the renderer need of the embedded build.
#[derive(Debug)]
pub struct Assets {
    /// The loader's template.
    pub loader: &'static str,
    /// The loader's parts, each with its name.
    pub parts: &'static [(&'static str, &'static str)],
    /// SHA-256 of the build, as records cite it.
    pub build: Digest,
    /// The glue's path relative to Placet's address.
    pub glue: String,
    /// The wasm's path relative to Placet's address.
    pub wasm: String,
    files: [Asset; 3],
}

/// One file that is served under `/a/`.
#[derive(Debug)]
pub struct Asset {
    /// The file's name.
    pub name: &'static str,
    /// The bytes.
    pub content: Content,
    /// Whether the name changes with the content, so that caches may keep it for ever.
    pub immutable: bool,
}

/// The embedded build is not of the form that this server was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the embedded widget has no build hash: run `cargo xtask build`")]
pub struct AssetsError;

impl Assets {
    /// The build that was embedded when the server was compiled.
    pub fn embedded() -> Result<Self, AssetsError> {
        let build = DIST.build.parse().map_err(|_| AssetsError)?;
        let hashed = |file: &File, content_type| Asset {
            name: file.name,
            content: Content::precompressed(
                content_type,
                Bytes::from_static(file.plain),
                Bytes::from_static(file.brotli),
                Bytes::from_static(file.gzip),
            ),
            immutable: true,
        };
        let types = Asset {
            name: "placet.d.ts",
            content: Content::plain("text/plain; charset=utf-8", Bytes::from_static(DIST.types.as_bytes())),
            immutable: false,
        };
        Ok(Self {
            loader: DIST.loader,
            parts: DIST.parts,
            build,
            glue: format!("a/{}", DIST.glue.name),
            wasm: format!("a/{}", DIST.wasm.name),
            files: [hashed(&DIST.glue, "text/javascript; charset=utf-8"), hashed(&DIST.wasm, "application/wasm"), types],
        })
    }

    /// The file of that name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Asset> {
        self.files.iter().find(|file| file.name == name)
    }
}
