//! The browser tests' harness: the real server binary, a site owner's web server in front of it, and
//! real browsers. Must not know the other crates' insides: it runs the binary, speaks HTTP and clicks.
//!
//! Behind the feature `harness`, so that building Placet does not compile a `WebDriver` client.
#![cfg(feature = "harness")]

pub mod actions;
pub mod browser;
pub mod checks;
pub mod document;
pub mod host;
pub mod programs;
pub mod server;
pub mod stage;
pub mod wait;
