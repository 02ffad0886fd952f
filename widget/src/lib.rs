//! What runs in the visitor's page, as far as it is Rust: the banner.
//!
//! The server renders all of it to HTML ([`render`], feature `ssr`): `banner` is the still part,
//! `island` the parts that answer. In the browser (feature `hydrate`) `page` wakes the islands up in
//! that HTML, from the same components; the still part never becomes wasm. The loader
//! (`widget/loader/`, JavaScript) is there first, owns the gate, the cookie and the sending, and works
//! without this. Must not know what a record contains, and must not panic on anything that a page holds.

#[cfg(feature = "ssr")]
mod banner;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
mod island;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
mod model;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "ssr")]
pub mod render;
