//! The server from outside: its routes through the real router, its binary where only that will do.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy spares only the functions marked as tests"
)]

mod caching;
mod cli;
mod config;
mod connections;
mod consents;
mod cookies;
mod cors;
mod csp;
mod demo;
mod docs;
mod errors;
mod export;
mod gpc_statement;
mod leftovers;
mod privacy;
mod publish;
mod service_worker;
mod shutdown;
mod signals;
mod site_file;
mod sqlite;
mod store;
mod support;
mod tags;
mod writer;
