//! What runs in the visitor's page, as far as it is Rust: the banner.
//!
//! One set of components, built twice. With `ssr` they become HTML on the server ([`render`]); with
//! `hydrate` they take over that HTML in the browser (`page`). The loader (`widget/loader/`,
//! JavaScript) is there first, owns the gate, the cookie and the sending, and works without this.
//! Must not know what a record contains, and must not panic on anything that a page holds.

#[cfg(any(feature = "hydrate", feature = "ssr"))]
mod banner;
#[cfg(any(feature = "hydrate", feature = "ssr", test))]
mod model;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "ssr")]
pub mod render;
