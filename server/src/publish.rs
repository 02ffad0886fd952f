//! Publishing: a site's policy gets a version when it is new, and keeps it while nothing changes
//! (CON-08, CON-12, REC-08). Older versions stay, because records cite them.

use std::collections::BTreeMap;

use shared::digest::Digest;
use shared::policy::change::{self, Change};
use shared::policy::{Policy, PolicyVersion};

use crate::clock::Clock;
use crate::store::{Publication, Store, StoreError};

/// Everything that a site published.
#[derive(Debug, Clone)]
pub struct Published {
    /// Every version.
    pub versions: BTreeMap<PolicyVersion, PublishedPolicy>,
    /// The version that visitors are shown now.
    pub current: PolicyVersion,
    /// The oldest version whose choices still hold.
    pub since: PolicyVersion,
}

/// One published policy.
#[derive(Debug, Clone)]
pub struct PublishedPolicy {
    /// The policy.
    pub policy: Policy,
    /// SHA-256 of its canonical JSON.
    pub hash: Digest,
}

/// Why a policy could not be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The policy has no canonical form.
    #[error("the policy cannot be written down: {0}")]
    Canonical(#[from] serde_json::Error),
    /// A stored policy cannot be read.
    #[error("policy version {0} in the database cannot be read: {1}")]
    Unreadable(PolicyVersion, String),
}

/// Publishes `policy`, unless it is the newest published one already, and gives all versions.
pub async fn publish(store: &dyn Store, clock: &dyn Clock, policy: Policy) -> Result<Published, PublishError> {
    let body = policy.canonical_json()?;
    let hash = Digest::of(&body);
    let stored = store.policies(&policy.site).await?;
    let mut versions = stored.iter().map(read).collect::<Result<BTreeMap<_, _>, _>>()?;
    let newest = stored.last().zip(versions.values().next_back());
    let (current, since) = match newest {
        Some((newest, _)) if newest.hash == hash => return Ok(Published { current: newest.version, since: newest.since, versions }),
        Some((newest, before)) => {
            let version = newest.version.next();
            let since = match change::between(&before.policy, &policy) {
                Change::Editorial => newest.since,
                Change::Material => version,
            };
            (version, since)
        }
        None => (PolicyVersion::FIRST, PolicyVersion::FIRST),
    };
    let publication = Publication { version: current, hash, since, body, published_at: clock.now() };
    store.publish(&policy.site, publication).await?;
    tracing::info!(site = %policy.site, version = %current, %since, %hash, "published a policy");
    versions.insert(current, PublishedPolicy { policy, hash });
    Ok(Published { versions, current, since })
}

fn read(publication: &Publication) -> Result<(PolicyVersion, PublishedPolicy), PublishError> {
    let version = publication.version;
    if Digest::of(&publication.body) != publication.hash {
        return Err(PublishError::Unreadable(version, "its hash is not that of its bytes".to_owned()));
    }
    let policy = serde_json::from_slice(&publication.body).map_err(|error| PublishError::Unreadable(version, error.to_string()))?;
    Ok((version, PublishedPolicy { policy, hash: publication.hash }))
}
