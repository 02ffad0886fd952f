//! Opens SQLite connections the one right way, and turns the engine's errors into the store's.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::store::StoreError;

/// How long a statement waits for another process that holds the database.
const PATIENCE: Duration = Duration::from_secs(2);

/// Makes the data folder. Only the server's own user may look into it.
pub(super) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| StoreError::Open { path: folder.display().to_string(), reason: error.to_string() })
}

/// A connection that writes: write-ahead log, synced at each commit.
pub(super) fn open_for_writing(path: &Path) -> Result<Connection, StoreError> {
    let open = || {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        // Checkpoints run beside the writer: inline they would hold up one unlucky batch.
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        connection.pragma_update(None, "cache_size", -16_384)?;
        connection.set_prepared_statement_cache_capacity(32);
        Ok(connection)
    };
    let connection = open().map_err(|error: rusqlite::Error| refused(path, &error))?;
    assert_durable(&connection, path)?;
    Ok(connection)
}

/// A connection that only reads. The database must be there.
pub(super) fn open_for_reading(path: &Path) -> Result<Connection, StoreError> {
    let open = || {
        // Read-write, because a reader of a write-ahead log keeps its shared index; `query_only`
        // holds it to reading.
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.set_prepared_statement_cache_capacity(16);
        Ok(connection)
    };
    open().map_err(|error: rusqlite::Error| refused(path, &error))
}

/// What was asked for is not always what the engine does (a file system without shared memory).
fn assert_durable(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let journal: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).map_err(unavailable)?;
    let synchronous: i64 = connection.pragma_query_value(None, "synchronous", |row| row.get(0)).map_err(unavailable)?;
    if journal == "wal" && synchronous == 2 {
        return Ok(());
    }
    let reason = format!(
        "the engine runs with journal_mode={journal} and synchronous={synchronous} instead of wal and 2 (full): use a local disk for the data folder"
    );
    Err(StoreError::Open { path: path.display().to_string(), reason })
}

fn refused(path: &Path, error: &rusqlite::Error) -> StoreError {
    let reason = match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => "the folder is missing or may not be written to".to_owned(),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => "it may not be written to".to_owned(),
        Some(ErrorCode::NotADatabase) => "the file is not a SQLite database".to_owned(),
        _ => error.to_string(),
    };
    StoreError::Open { path: path.display().to_string(), reason }
}

/// The engine's error as the store's.
#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
pub(super) fn unavailable(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::TypeMismatch | ErrorCode::ConstraintViolation) => {
            StoreError::Inconsistent(error.to_string())
        }
        _ => StoreError::Unavailable(error.to_string()),
    }
}
