//! `POST /v1/sites/{site}/consents`: a visitor's decision becomes a record. Answers only once the
//! record is on disk; the same decision sent again gets the same receipt.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::decision::{Choice, Decision, DecisionError};
use shared::digest::Salt;
use shared::id::AnonymousId;
use shared::problem::ProblemType;

use crate::allowed::Allowed;
use crate::clock::Clock;
use crate::http::body::Json;
use crate::http::cookies::{self, Id, Jar, Sent};
use crate::http::{cors, gpc, leftovers};
use crate::log::draft::Draft;
use crate::log::receipt;
use crate::log::writer::{LogError, LogHandle};
use crate::problem::Problem;
use crate::random::{self, Random, RandomError};
use crate::sites::Sites;
use crate::store::{Appended, Row};

/// Why a decision is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// No such site.
    #[error("no such site")]
    UnknownSite,
    /// The page is not one of the site's.
    #[error("send the request from a page whose origin the site file lists under `origins`")]
    OriginNotAllowed,
    /// The body is no decision.
    #[error("the body is no decision")]
    Body(Problem),
    /// The site never published that policy version.
    #[error("no such policy version")]
    UnknownPolicyVersion,
    /// The decision does not fit the policy that was shown.
    #[error(transparent)]
    Decision(#[from] DecisionError),
    /// The id belongs to another decision.
    #[error("make a new record id for a new decision")]
    RecordIdReused,
    /// The log did not take it.
    #[error(transparent)]
    Log(#[from] LogError),
    /// There is no randomness for a salt.
    #[error(transparent)]
    Random(#[from] RandomError),
}

/// Records the decision in the body and answers with its receipt and cookies.
pub async fn handle(
    State(sites): State<Sites>,
    State(log): State<LogHandle>,
    State(clock): State<Arc<dyn Clock>>,
    State(random): State<Arc<dyn Random>>,
    Path(site): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Decision>, Problem>,
) -> Result<Response, RecordError> {
    let site = sites.get(&site).ok_or(RecordError::UnknownSite)?;
    let origin = cors::origin(&site, &headers).ok_or(RecordError::OriginNotAllowed)?;
    let Json(decision) = body.map_err(RecordError::Body)?;
    let (version, shown) = site.version(Some(decision.policy)).ok_or(RecordError::UnknownPolicyVersion)?;
    let choice = decision.check(&shown.policy)?;
    let jar = Jar::new(origin.is_secure());
    let sent = jar.sent(&headers);
    let validity_days = shown.policy.validity_days;
    let draft = Draft {
        site: site.id.clone(),
        decision,
        choice: choice.clone(),
        now: clock.now(),
        policy_hash: shown.hash,
        validity_days,
        signalled: shown.policy.optional_purposes().any(|purpose| purpose.advertising) && gpc::is_sent(&headers),
        claimed: sent.id,
        fresh: AnonymousId::from_random(random::bytes(random.as_ref())?),
        salt: Salt::from_random(random::bytes(random.as_ref())?),
    };
    let (status, row) = match log.record(draft).await? {
        Appended::Recorded(row) => (StatusCode::CREATED, row),
        Appended::Repeated(row) => (StatusCode::OK, row),
        Appended::Reused => return Err(RecordError::RecordIdReused),
    };
    let mut response =
        (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], receipt::json(&row)).into_response();
    let state = choice.cookie(version, row.recorded_at.day());
    if cookies::are_first_party(&headers) && !cookies::holds_another_choice(&sent, &state) {
        for cookie in jar.set(&state, id_cookie(&choice, &row, &sent), validity_days) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        let allowed = Allowed::by(&shown.policy, &state);
        // Without an id nothing was ever granted here: what is there is not ours to touch (FR-06).
        if sent.has_id {
            for cookie in leftovers::expired(&shown.policy, &allowed, &headers, &origin) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
        }
    }
    Ok(response)
}

/// A choice that grants nothing leaves no identifier behind (PBD-06).
fn id_cookie(choice: &Choice, row: &Row, sent: &Sent) -> Id {
    match row.anonymous_id {
        _ if choice.grants_nothing() && sent.has_id => Id::Remove,
        _ if choice.grants_nothing() => Id::None,
        Some(id) => Id::Keep(id),
        None => Id::None,
    }
}

impl IntoResponse for RecordError {
    fn into_response(self) -> Response {
        let detail = self.to_string();
        let problem = match self {
            Self::UnknownSite => ProblemType::UnknownSite.into(),
            Self::OriginNotAllowed => Problem::new(ProblemType::OriginNotAllowed, detail),
            Self::Body(problem) => problem,
            Self::UnknownPolicyVersion => ProblemType::UnknownPolicyVersion.into(),
            Self::Decision(_) => Problem::new(ProblemType::DecisionRefused, detail),
            Self::RecordIdReused => Problem::new(ProblemType::RecordIdReused, detail),
            Self::Log(LogError::Busy) => ProblemType::Busy.into(),
            Self::Log(LogError::Unavailable) => ProblemType::StoreUnavailable.into(),
            Self::Random(_) => ProblemType::Internal.into(),
        };
        problem.into_response()
    }
}
