//! What every route has in common on the wire: taking connections in, headers, bodies, caches,
//! cookies, origins. Must not know what a route does.

pub mod body;
pub mod content;
pub mod cookies;
pub mod cors;
pub mod envelope;
pub mod gpc;
pub mod leftovers;
pub mod query;
pub mod server;
