//! One batch of drafts as one transaction. What a draft becomes is decided inside it, so that two
//! requests at once can neither make two records of one id nor break a chain.

use std::collections::HashMap;

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};
use shared::id::{AnonymousId, RecordId, SiteId};

use crate::log::draft::Draft;
use crate::store::sqlite::connection::unavailable;
use crate::store::sqlite::rows;
use crate::store::{Appended, Row, StoreError};

/// Puts all drafts down, durably, or none.
pub(super) fn append(connection: &mut rusqlite::Connection, drafts: &[Draft]) -> Result<Vec<Appended>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(unavailable)?;
    let mut batch = Batch { transaction: &transaction, last: HashMap::new() };
    let outcomes = drafts.iter().map(|draft| batch.settle(draft)).collect::<Result<Vec<_>, _>>()?;
    transaction.commit().map_err(unavailable)?;
    Ok(outcomes)
}

struct Batch<'a> {
    transaction: &'a Transaction<'a>,
    /// The last position in the log of each site in the batch.
    last: HashMap<&'a SiteId, u64>,
}

impl<'a> Batch<'a> {
    fn settle(&mut self, draft: &'a Draft) -> Result<Appended, StoreError> {
        let newest = draft.claimed.map_or(Ok(None), |id| self.newest(&draft.site, id))?;
        let seq = self.last(&draft.site)? + 1;
        let row = draft.row(seq, newest)?;
        if self.insert(&draft.site, &row)? {
            self.last.insert(&draft.site, seq);
            return Ok(Appended::Recorded(row));
        }
        let Some(row) = rows::by_id(self.transaction, &draft.site, draft.decision.record)? else {
            return Err(StoreError::Inconsistent(format!("record {} is both there and not there", row.id)));
        };
        Ok(if draft.is_recorded_in(&row)? { Appended::Repeated(row) } else { Appended::Reused })
    }

    /// Whether the row is new.
    fn insert(&self, site: &SiteId, row: &Row) -> Result<bool, StoreError> {
        let sql = "INSERT INTO records (site_id, seq, record_id, recorded_at, anonymous_id, body, salt)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (site_id, record_id) DO NOTHING";
        let mut insert = self.transaction.prepare_cached(sql).map_err(unavailable)?;
        let anonymous_id = row.anonymous_id.as_ref().map(AnonymousId::as_bytes);
        let seq = i64::try_from(row.seq).map_err(|_| StoreError::Inconsistent("the log is full".to_owned()))?;
        let inserted = insert
            .execute(params![site.as_str(), seq, row.id.as_bytes(), row.recorded_at.get(), anonymous_id, row.body, row.salt.as_bytes()])
            .map_err(unavailable)?;
        match inserted {
            0 => Ok(false),
            1 => Ok(true),
            found => Err(StoreError::RowsAffected { expected: 1, found }),
        }
    }

    /// The newest record of an anonymous id in this site's log.
    fn newest(&self, site: &SiteId, id: AnonymousId) -> Result<Option<RecordId>, StoreError> {
        let sql = "SELECT record_id FROM records WHERE site_id = ?1 AND anonymous_id = ?2 ORDER BY seq DESC LIMIT 1";
        let mut select = self.transaction.prepare_cached(sql).map_err(unavailable)?;
        let found: Option<[u8; 16]> =
            select.query_row(params![site.as_str(), id.as_bytes()], |row| row.get(0)).optional().map_err(unavailable)?;
        found.map(rows::record_id).transpose()
    }

    fn last(&mut self, site: &'a SiteId) -> Result<u64, StoreError> {
        if let Some(last) = self.last.get(site) {
            return Ok(*last);
        }
        let sql = "SELECT seq FROM records WHERE site_id = ?1 ORDER BY seq DESC LIMIT 1";
        let mut select = self.transaction.prepare_cached(sql).map_err(unavailable)?;
        let found: Option<i64> = select.query_row([site.as_str()], |row| row.get(0)).optional().map_err(unavailable)?;
        let last = rows::count_of(found.unwrap_or(0))?;
        self.last.insert(site, last);
        Ok(last)
    }
}
