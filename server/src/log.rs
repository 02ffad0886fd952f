//! The log of decisions: what waits to be recorded, who records it, and the receipt for it.

pub mod draft;
pub mod receipt;
pub mod writer;
