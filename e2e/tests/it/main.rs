//! The real server binary and real Chromium. Each test is one sentence about what a visitor, a site
//! owner or an auditor can rely on.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "all of this crate is test code, also what stands outside of #[test]")]

mod access;
mod asking;
mod caching;
mod choosing;
mod clean;
mod cookies;
mod crash;
mod demo_page;
mod failing;
mod fairness;
mod gate;
mod harness;
mod hold;
mod hostile;
mod keyboard;
mod leaks;
mod moments;
mod nginx;
mod order;
mod page_api;
mod policy;
mod privacy_control;
mod receipt;
mod screens;
mod signals;
mod silence;
mod tags;
mod techniques;
mod walkthrough;
mod without_wasm;
mod worker;
