//! The door to the database: what Placet needs of one, in its own words.
//!
//! "Not found" is `None`, never an error. Whoever implements [`Store`] is held to the suite in
//! `tests/it/store.rs`. Must not know of HTTP, nor of any engine outside its own folder.

use std::sync::Arc;

use async_trait::async_trait;
use shared::digest::{Digest, Salt};
use shared::id::{AnonymousId, RecordId, SiteId};
use shared::policy::PolicyVersion;
use shared::time::UnixMillis;

use crate::log::draft::Draft;

pub mod sqlite;

/// A database that holds published policies and the log of every site.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Puts all drafts down in one durable transaction, in order, and tells of each what became of
    /// it. When this returns, what is [`Appended::Recorded`] survives a loss of power.
    async fn append(&self, drafts: Arc<[Draft]>) -> Result<Vec<Appended>, StoreError>;

    /// One record of a site.
    async fn record(&self, site: &SiteId, id: RecordId) -> Result<Option<Row>, StoreError>;

    /// At most `limit` records of a site in log order, those after `after` (0 for the beginning).
    async fn page(&self, site: &SiteId, after: u64, limit: u32) -> Result<Vec<Row>, StoreError>;

    /// How many records a site has.
    async fn count(&self, site: &SiteId) -> Result<u64, StoreError>;

    /// Everything that a site published, oldest first.
    async fn policies(&self, site: &SiteId) -> Result<Vec<Publication>, StoreError>;

    /// Adds a policy version, durably. A version that exists already is an inconsistency.
    async fn publish(&self, site: &SiteId, publication: Publication) -> Result<(), StoreError>;

    /// Whether a record could be made durable now. Writes to the disk, so call it rarely.
    async fn probe(&self) -> Result<(), StoreError>;

    /// Tidies up before the end. Records are durable without it.
    async fn close(&self);
}

/// A record as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The position in the site's log, from 1, without gaps.
    pub seq: u64,
    /// The record's id.
    pub id: RecordId,
    /// When it was recorded.
    pub recorded_at: UnixMillis,
    /// Whose it is, if anyone's.
    pub anonymous_id: Option<AnonymousId>,
    /// Exactly the record's canonical JSON.
    pub body: Vec<u8>,
    /// Opens the record.
    pub salt: Salt,
}

/// What became of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// It is a new record.
    Recorded(Row),
    /// It was recorded before: this is that record.
    Repeated(Row),
    /// Its id belongs to a record of another decision.
    Reused,
}

/// A policy version as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Counted from 1 within the site.
    pub version: PolicyVersion,
    /// SHA-256 of `body`.
    pub hash: Digest,
    /// The oldest version whose choices still hold under this one.
    pub since: PolicyVersion,
    /// Exactly the policy's canonical JSON.
    pub body: Vec<u8>,
    /// When it was published.
    pub published_at: UnixMillis,
}

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be opened at all.
    #[error("cannot open the database {path}: {reason}")]
    Open {
        /// Where it should be.
        path: String,
        /// What the operating system or the engine says.
        reason: String,
    },
    /// A newer Placet has changed the schema.
    #[error(
        "the database has schema {found}, made by a newer Placet; this one knows schemas up to {known}: run the newer Placet, or restore a backup"
    )]
    NewerSchema {
        /// The schema of the database.
        found: u32,
        /// The newest schema of this program.
        known: u32,
    },
    /// The database cannot be reached or written now; the same may work later.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The database contradicts itself.
    #[error("the database contradicts itself: {0}")]
    Inconsistent(String),
    /// A statement touched another number of rows than it must.
    #[error("a statement of the store touched {found} rows instead of {expected}")]
    RowsAffected {
        /// As it must be.
        expected: usize,
        /// As it was.
        found: usize,
    },
}
