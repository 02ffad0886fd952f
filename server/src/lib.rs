//! Placet's server: serves the widget, takes decisions, keeps the log, exports it; and the command
//! line around these.
//!
//! Follow a click: [`http`] takes the request in, [`routes`] has one file per operation, [`log`]
//! groups what waits into durable batches, [`store`] keeps them, [`export`] gives them out again.
//! SQL stands only under [`store`]; errors become answers only in [`problem`]; time and randomness
//! come through [`clock`] and [`random`].

pub mod allowed;
pub mod app;
pub mod assets;
pub mod cli;
pub mod clock;
pub mod config;
pub mod csp;
pub mod demo;
pub mod export;
pub mod http;
pub mod library;
pub mod log;
pub mod old_choice;
pub mod parts;
pub mod problem;
pub mod publish;
pub mod random;
pub mod routes;
pub mod site;
pub mod sites;
pub mod store;
pub mod worker;
