//! What goes over the wire beside decisions and policies: the receipt and the loader's data.

#[cfg(feature = "serde")]
use crate::{digest::Salt, record::Record};

/// The value of `Receipt::format`.
pub const RECEIPT_FORMAT: &str = "placet-receipt/v1";

/// The header in which a receipt's salt opens its record.
pub const SALT_HEADER: &str = "placet-salt";

/// The answer to a recorded decision, and to `GET …/consents/{id}`. Who has it can see, and later
/// prove, the record.
#[cfg(feature = "serde")]
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Always [`RECEIPT_FORMAT`].
    pub format: String,
    /// The record, as stored.
    pub record: Record,
    /// Opens the record; known to nobody else.
    pub salt: Salt,
}
