//! A checked decision on its way to the log: all that the record will say except what only the
//! log itself knows. Must not know of HTTP or of an engine.

use shared::decision::{Choice, Decision};
use shared::digest::{Digest, Salt};
use shared::id::{AnonymousId, RecordId, SiteId};
use shared::record::{Circumstances, Record};
use shared::time::UnixMillis;

use crate::store::{Row, StoreError};

/// A checked decision that waits to be recorded.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The site that was addressed.
    pub site: SiteId,
    /// What the page stated.
    pub decision: Decision,
    /// The same, checked against the policy that was shown.
    pub choice: Choice,
    /// When it came in.
    pub now: UnixMillis,
    /// The hash of the policy that was shown.
    pub policy_hash: Digest,
    /// How many days that policy lets a choice hold.
    pub validity_days: u32,
    /// Whether the request carried Global Privacy Control, and that policy has a purpose that it speaks of.
    pub signalled: bool,
    /// The id that the browser says it has. It counts only if this site's log knows it (CON-16).
    pub claimed: Option<AnonymousId>,
    /// The id that a grant gets when none is known.
    pub fresh: AnonymousId,
    /// Will open the record.
    pub salt: Salt,
}

impl Draft {
    /// The row, given the newest record of the claimed id in this site's log.
    pub fn row(&self, seq: u64, newest_of_claimed: Option<RecordId>) -> Result<Row, StoreError> {
        let known = newest_of_claimed.and(self.claimed);
        let fresh = (!self.choice.grants_nothing()).then_some(self.fresh);
        let anonymous_id = known.or(fresh);
        let circumstances = Circumstances {
            site: self.site.clone(),
            now: self.now,
            policy_hash: self.policy_hash,
            validity_days: self.validity_days,
            signalled: self.signalled,
            anonymous_id,
            follows: newest_of_claimed,
        };
        let body = Record::new(&self.decision, &self.choice, circumstances).canonical_json();
        let body = body.map_err(|error| StoreError::Inconsistent(format!("a record has no canonical form: {error}")))?;
        Ok(Row { seq, id: self.decision.record, recorded_at: self.now, anonymous_id, body, salt: self.salt })
    }

    /// Whether `row` is the record of this very decision.
    pub fn is_recorded_in(&self, row: &Row) -> Result<bool, StoreError> {
        let record: Record = serde_json::from_slice(&row.body)
            .map_err(|error| StoreError::Inconsistent(format!("the body of record {} is not a record: {error}", row.id)))?;
        Ok(record.states(&self.decision, &self.choice))
    }
}
