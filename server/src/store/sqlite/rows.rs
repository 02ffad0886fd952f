//! Reads records, and checks on the way that they can be what they say.

use rusqlite::{Connection, OptionalExtension as _, params};
use shared::digest::Salt;
use shared::id::{AnonymousId, RecordId, SiteId};
use shared::time::UnixMillis;

use crate::store::sqlite::connection::unavailable;
use crate::store::{Row, StoreError};

type Raw = (i64, [u8; 16], i64, Option<[u8; 16]>, Vec<u8>, [u8; 32]);

pub(super) fn by_id(connection: &Connection, site: &SiteId, id: RecordId) -> Result<Option<Row>, StoreError> {
    let sql = "SELECT seq, record_id, recorded_at, anonymous_id, body, salt FROM records WHERE site_id = ?1 AND record_id = ?2";
    let mut select = connection.prepare_cached(sql).map_err(unavailable)?;
    let found = select.query_row(params![site.as_str(), id.as_bytes()], raw).optional().map_err(unavailable)?;
    found.map(row).transpose()
}

pub(super) fn page(connection: &Connection, site: &SiteId, after: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
    let sql = "SELECT seq, record_id, recorded_at, anonymous_id, body, salt FROM records
               WHERE site_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
    let mut select = connection.prepare_cached(sql).map_err(unavailable)?;
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let rows = select.query_map(params![site.as_str(), after, limit], raw).map_err(unavailable)?;
    rows.map(|found| found.map_err(unavailable).and_then(row)).collect()
}

pub(super) fn count(connection: &Connection, site: &SiteId) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM records WHERE site_id = ?1";
    let count = connection.query_row(sql, [site.as_str()], |row| row.get(0)).map_err(unavailable)?;
    count_of(count)
}

pub(super) fn record_id(bytes: [u8; 16]) -> Result<RecordId, StoreError> {
    RecordId::from_bytes(bytes).ok_or_else(|| StoreError::Inconsistent("a record's id is no version 4 UUID".to_owned()))
}

pub(super) fn count_of(count: i64) -> Result<u64, StoreError> {
    u64::try_from(count).map_err(|_| StoreError::Inconsistent(format!("{count} is no position and no count")))
}

pub(super) fn time(millis: i64) -> Result<UnixMillis, StoreError> {
    UnixMillis::new(millis).map_err(|_| StoreError::Inconsistent(format!("{millis} is no time")))
}

fn raw(row: &rusqlite::Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

fn row((seq, id, recorded_at, anonymous_id, body, salt): Raw) -> Result<Row, StoreError> {
    Ok(Row {
        seq: count_of(seq)?,
        id: record_id(id)?,
        recorded_at: time(recorded_at)?,
        anonymous_id: anonymous_id.map(AnonymousId::from_random),
        body,
        salt: Salt::from_random(salt),
    })
}
