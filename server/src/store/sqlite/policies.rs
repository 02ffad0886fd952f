//! Published policies: added, read, never changed.

use rusqlite::{Connection, params};
use shared::digest::Digest;
use shared::id::SiteId;
use shared::policy::PolicyVersion;

use crate::store::sqlite::connection::unavailable;
use crate::store::sqlite::rows;
use crate::store::{Publication, StoreError};

pub(super) fn all(connection: &Connection, site: &SiteId) -> Result<Vec<Publication>, StoreError> {
    let sql = "SELECT version, hash, since, body, published_at FROM policies WHERE site_id = ?1 ORDER BY version";
    let mut select = connection.prepare_cached(sql).map_err(unavailable)?;
    let found = select
        .query_map([site.as_str()], |row| {
            Ok((row.get::<_, u32>(0)?, row.get::<_, [u8; 32]>(1)?, row.get::<_, u32>(2)?, row.get(3)?, row.get::<_, i64>(4)?))
        })
        .map_err(unavailable)?;
    found
        .map(|found| {
            let (version, hash, since, body, published_at) = found.map_err(unavailable)?;
            Ok(Publication {
                version: number(version)?,
                hash: Digest::from_bytes(hash),
                since: number(since)?,
                body,
                published_at: rows::time(published_at)?,
            })
        })
        .collect()
}

pub(super) fn add(connection: &mut Connection, site: &SiteId, publication: &Publication) -> Result<(), StoreError> {
    let sql = "INSERT INTO policies (site_id, version, hash, since, body, published_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut insert = connection.prepare_cached(sql).map_err(unavailable)?;
    let found = insert
        .execute(params![
            site.as_str(),
            publication.version.get(),
            publication.hash.as_bytes(),
            publication.since.get(),
            publication.body,
            publication.published_at.get()
        ])
        .map_err(unavailable)?;
    if found == 1 { Ok(()) } else { Err(StoreError::RowsAffected { expected: 1, found }) }
}

fn number(version: u32) -> Result<PolicyVersion, StoreError> {
    PolicyVersion::new(version).map_err(|_| StoreError::Inconsistent("a policy has version 0".to_owned()))
}
