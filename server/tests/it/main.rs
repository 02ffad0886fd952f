//! The server from outside: its routes through the real router, its binary where only that will do.

mod caching;
mod cli;
mod config;
mod consents;
mod cookies;
mod cors;
mod demo;
mod errors;
mod export;
mod privacy;
mod publish;
mod shutdown;
mod site_file;
mod sqlite;
mod store;
mod support;
mod writer;
