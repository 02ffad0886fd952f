//! The record: what the server puts down about a decision, and the exact bytes of it.
//!
//! States who (anonymous id, only after a grant), when (the server's time), what was shown, what was
//! chosen and how, how long it holds, and which record it follows. Holds no address, agent, URL or
//! account (PBD-01, PBD-02): there is no field for them. The canonical bytes are the JSON of RFC
//! 8785; they are what is stored, and later what is hashed.

use crate::decision::{Choice, Decision, Layer, Method, Signal};
use crate::digest::Digest;
use crate::id::{AnonymousId, Language, PurposeId, RecordId, ServiceId, SiteId};
use crate::policy::PolicyVersion;
use crate::time::UnixMillis;

/// The value of [`Record::format`].
pub const FORMAT: &str = "placet-record/v1";

/// One immutable event: a choice or its withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Always [`FORMAT`].
    pub format: String,
    /// The id that the page made.
    pub id: RecordId,
    /// The site.
    pub site: SiteId,
    /// When the server took the decision in (REC-07).
    pub recorded_at: UnixMillis,
    /// Until when the choice holds.
    pub valid_until: UnixMillis,
    /// The policy version that was shown.
    pub policy_version: PolicyVersion,
    /// The hash of that policy.
    pub policy_hash: Digest,
    /// The build of the banner that showed it.
    pub banner: Digest,
    /// The language that it was shown in.
    pub language: Language,
    /// Where the choice was made.
    pub layer: Layer,
    /// How the choice was made.
    pub method: Method,
    /// Granted purposes, in the policy's order.
    pub granted: Vec<PurposeId>,
    /// Refused purposes, in the policy's order.
    pub refused: Vec<PurposeId>,
    /// Services granted although their purpose is refused.
    pub services_granted: Vec<ServiceId>,
    /// Services refused although their purpose is granted.
    pub services_refused: Vec<ServiceId>,
    /// What the browser signalled when the choice was made. Absent where there was no signal, and from
    /// sites without a purpose that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<Seen>,
    /// The visitor's browser on this site. Absent for a refusal that follows no grant (PBD-06).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anonymous_id: Option<AnonymousId>,
    /// The record before this one of the same anonymous id (CON-11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<RecordId>,
}

/// Who saw the browser's signal: the page, which acts on it, and the server, in the request's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// Global Privacy Control, seen by both.
    Gpc,
    /// Stated by the page; the request does not carry it.
    GpcPageOnly,
    /// Carried by the request; the page did not see it, and did not act on it.
    GpcHeaderOnly,
}

impl Seen {
    /// The name in JSON, records and exports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gpc => "gpc",
            Self::GpcPageOnly => "gpc_page_only",
            Self::GpcHeaderOnly => "gpc_header_only",
        }
    }

    fn by(page: Option<Signal>, header: bool) -> Option<Self> {
        match (page, header) {
            (Some(Signal::Gpc), true) => Some(Self::Gpc),
            (Some(Signal::Gpc), false) => Some(Self::GpcPageOnly),
            (None, true) => Some(Self::GpcHeaderOnly),
            (None, false) => None,
        }
    }
}

/// What the server knows beside the decision.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// The site that was addressed.
    pub site: SiteId,
    /// The server's time.
    pub now: UnixMillis,
    /// The hash of the policy that the decision names.
    pub policy_hash: Digest,
    /// How many days that policy lets a choice hold.
    pub validity_days: u32,
    /// Whether the request carried Global Privacy Control, and the policy has a purpose that it speaks of.
    pub signalled: bool,
    /// Whose record it is, if anyone's.
    pub anonymous_id: Option<AnonymousId>,
    /// The record before it of the same anonymous id.
    pub follows: Option<RecordId>,
}

impl Record {
    /// Builds the record of a checked decision.
    #[must_use]
    pub fn new(decision: &Decision, choice: &Choice, circumstances: Circumstances) -> Self {
        Self {
            format: FORMAT.to_owned(),
            id: decision.record,
            site: circumstances.site,
            recorded_at: circumstances.now,
            valid_until: circumstances.now.plus_days(circumstances.validity_days),
            policy_version: decision.policy,
            policy_hash: circumstances.policy_hash,
            banner: decision.banner,
            language: decision.language.clone(),
            layer: decision.layer,
            method: decision.method,
            granted: choice.granted.clone(),
            refused: choice.refused.clone(),
            services_granted: choice.services_granted.clone(),
            services_refused: choice.services_refused.clone(),
            signal: Seen::by(decision.signal, circumstances.signalled),
            anonymous_id: circumstances.anonymous_id,
            follows: circumstances.follows,
        }
    }

    /// Whether the record states this decision: the same id, the same choice, shown the same way.
    /// Used to tell a repeated request from a second decision under a used id.
    #[must_use]
    pub fn states(&self, decision: &Decision, choice: &Choice) -> bool {
        self.id == decision.record
            && self.policy_version == decision.policy
            && self.banner == decision.banner
            && self.language == decision.language
            && self.layer == decision.layer
            && self.method == decision.method
            && self.signal.is_some_and(|seen| seen != Seen::GpcHeaderOnly) == decision.signal.is_some()
            && (&self.granted, &self.refused) == (&choice.granted, &choice.refused)
            && (&self.services_granted, &self.services_refused) == (&choice.services_granted, &choice.services_refused)
    }

    /// The bytes that are stored (RFC 8785).
    pub fn canonical_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json_canonicalizer::to_vec(self)
    }

    /// Reads canonical bytes back. Bytes that are not the canonical form of what they say are refused.
    pub fn from_canonical_json(bytes: &[u8]) -> Result<Self, RecordError> {
        let record: Self = serde_json::from_slice(bytes)?;
        if record.canonical_json()? == bytes { Ok(record) } else { Err(RecordError::NotCanonical) }
    }
}

/// Why bytes are no record.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Not JSON, or not a record's fields.
    #[error("not a record: {0}")]
    Json(#[from] serde_json::Error),
    /// A record, but not in its one canonical form.
    #[error("a record, but not in canonical form (RFC 8785)")]
    NotCanonical,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::policy;

    fn record() -> Record {
        let decision = Decision {
            record: RecordId::from_random([1; 16]),
            policy: PolicyVersion::FIRST,
            language: "cy".parse().unwrap(),
            layer: Layer::Preferences,
            method: Method::Save,
            banner: Digest::from_bytes([2; 32]),
            granted: vec!["media".parse().unwrap()],
            services_granted: vec!["counter".parse().unwrap()],
            services_refused: Vec::new(),
            signal: None,
        };
        let circumstances = Circumstances {
            site: "riverside".parse().unwrap(),
            now: UnixMillis::new(1_795_597_500_120).unwrap(),
            policy_hash: Digest::from_bytes([3; 32]),
            validity_days: 180,
            signalled: false,
            anonymous_id: Some(AnonymousId::from_random([4; 16])),
            follows: Some(RecordId::from_random([5; 16])),
        };
        let choice = decision.check(&policy()).unwrap();
        let record = Record::new(&decision, &choice, circumstances);
        assert!(record.states(&decision, &choice));
        record
    }

    #[test]
    fn the_canonical_bytes_of_a_record_are_the_golden_ones() {
        insta::assert_snapshot!(String::from_utf8(record().canonical_json().unwrap()).unwrap());
    }

    #[test]
    fn a_record_survives_its_canonical_bytes() {
        let record = record();
        assert_eq!(Record::from_canonical_json(&record.canonical_json().unwrap()).unwrap(), record);
    }

    #[test]
    fn bytes_that_say_the_same_in_another_form_are_refused() {
        let pretty = serde_json::to_vec_pretty(&record()).unwrap();
        assert!(matches!(Record::from_canonical_json(&pretty), Err(RecordError::NotCanonical)));
        assert!(matches!(Record::from_canonical_json(b"{}"), Err(RecordError::Json(_))));
    }

    #[test]
    fn pbd_01_pbd_02_a_record_has_exactly_the_allowed_fields() {
        let json = serde_json::to_value(record()).unwrap();
        let fields: Vec<_> = json.as_object().unwrap().keys().cloned().collect();
        insta::assert_snapshot!(fields.join(" "), @"anonymous_id banner follows format granted id language layer method policy_hash policy_version recorded_at refused services_granted services_refused site valid_until");
    }
}
