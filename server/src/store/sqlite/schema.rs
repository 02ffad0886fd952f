//! The schema's versions: numbered files, applied in order at start, counted by the engine's own
//! `user_version`. A file that was released is never changed; the next one is added.

use rusqlite::{Connection, TransactionBehavior};

use crate::store::StoreError;
use crate::store::sqlite::connection::unavailable;

/// Schema `n` is what the first `n` files make.
const MIGRATIONS: &[&str] = &[include_str!("migrations/0001_records_and_policies.sql")];

/// Brings the schema up to date. All steps are one transaction: an interrupted start changes nothing.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(unavailable)?;
    let found = version(&transaction)?;
    check(found)?;
    for (step, sql) in (1_u32..).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        transaction.execute_batch(sql).map_err(unavailable)?;
        transaction.pragma_update(None, "user_version", step).map_err(unavailable)?;
    }
    transaction.commit().map_err(unavailable)
}

/// For those who only read: the schema must be exactly the one that this program knows.
pub(super) fn assert_current(connection: &Connection) -> Result<(), StoreError> {
    let found = version(connection)?;
    check(found)?;
    if found == newest() {
        return Ok(());
    }
    Err(StoreError::Inconsistent(format!("the schema is {found}, not {}: start `placet serve` once to bring it up to date", newest())))
}

/// Writes the version that stands there anyway: the smallest durable write there is.
pub(super) fn rewrite_version(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(unavailable)?;
    let found = version(&transaction)?;
    transaction.pragma_update(None, "user_version", found).map_err(unavailable)?;
    transaction.commit().map_err(unavailable)
}

fn check(found: u32) -> Result<(), StoreError> {
    if found > newest() { Err(StoreError::NewerSchema { found, known: newest() }) } else { Ok(()) }
}

fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

fn version(connection: &Connection) -> Result<u32, StoreError> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(unavailable)
}
