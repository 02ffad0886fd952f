//! The protocol that the banner, the server, the exports and the verifier have in common.
//!
//! Pure by rule: nothing here reads a clock, draws a random number, opens a file or a socket, or
//! knows of a browser or a database. It builds for `wasm32-unknown-unknown` with no features (what
//! the banner uses) and natively with `serde` (JSON) and `hash` (SHA-256).
//!
//! Follow the data: a visitor's click makes a [`decision::Decision`]; the server checks it against
//! the [`policy::Policy`] that was shown and builds a [`record::Record`]; the page keeps a
//! [`cookie::StateCookie`]; the visitor keeps a receipt ([`wire::Receipt`]).

pub mod cookie;
pub mod decision;
pub mod digest;
pub mod grants;
pub mod id;
#[cfg(feature = "serde")]
mod json;
pub mod paths;
pub mod policy;
pub mod problem;
#[cfg(feature = "serde")]
pub mod record;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod texts;
pub mod time;
pub mod wire;
