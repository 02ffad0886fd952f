//! Every error that the API answers with (RFC 9457). The server renders them, in one place; clients
//! read the same list. Must not know how an error arose.

/// What went wrong, for programs. The type URI is stable; the title is for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemType {
    /// The request's body is not JSON of the documented form.
    MalformedBody,
    /// The body is larger than the route takes.
    BodyTooLarge,
    /// The body is not declared as `application/json`.
    UnsupportedMediaType,
    /// No such site.
    UnknownSite,
    /// No such record, or not with that salt: the answer is the same (DSR-01).
    UnknownRecord,
    /// The site never published that policy version.
    UnknownPolicyVersion,
    /// The decision does not fit the policy that was shown.
    DecisionRefused,
    /// The page's origin is not one of the site's.
    OriginNotAllowed,
    /// The record id was used for another decision.
    RecordIdReused,
    /// A query parameter has a wrong form.
    MalformedQuery,
    /// More requests wait than the server will hold.
    Busy,
    /// The request took too long.
    Timeout,
    /// The database does not take or give records.
    StoreUnavailable,
    /// No such route.
    UnknownRoute,
    /// The route does not know the method.
    MethodNotAllowed,
    /// A defect in Placet.
    Internal,
}

impl ProblemType {
    /// Every problem type.
    pub const ALL: [Self; 16] = [
        Self::MalformedBody,
        Self::BodyTooLarge,
        Self::UnsupportedMediaType,
        Self::UnknownSite,
        Self::UnknownRecord,
        Self::UnknownPolicyVersion,
        Self::DecisionRefused,
        Self::OriginNotAllowed,
        Self::RecordIdReused,
        Self::MalformedQuery,
        Self::Busy,
        Self::Timeout,
        Self::StoreUnavailable,
        Self::UnknownRoute,
        Self::MethodNotAllowed,
        Self::Internal,
    ];

    /// The `type` member.
    #[must_use]
    pub fn uri(self) -> &'static str {
        match self {
            Self::MalformedBody => "urn:placet:problem:malformed-body",
            Self::BodyTooLarge => "urn:placet:problem:body-too-large",
            Self::UnsupportedMediaType => "urn:placet:problem:unsupported-media-type",
            Self::UnknownSite => "urn:placet:problem:unknown-site",
            Self::UnknownRecord => "urn:placet:problem:unknown-record",
            Self::UnknownPolicyVersion => "urn:placet:problem:unknown-policy-version",
            Self::DecisionRefused => "urn:placet:problem:decision-refused",
            Self::OriginNotAllowed => "urn:placet:problem:origin-not-allowed",
            Self::RecordIdReused => "urn:placet:problem:record-id-reused",
            Self::MalformedQuery => "urn:placet:problem:malformed-query",
            Self::Busy => "urn:placet:problem:busy",
            Self::Timeout => "urn:placet:problem:timeout",
            Self::StoreUnavailable => "urn:placet:problem:store-unavailable",
            Self::UnknownRoute => "urn:placet:problem:unknown-route",
            Self::MethodNotAllowed => "urn:placet:problem:method-not-allowed",
            Self::Internal => "urn:placet:problem:internal",
        }
    }

    /// The `title` member.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::MalformedBody => "The body is not a decision",
            Self::BodyTooLarge => "The body is too large",
            Self::UnsupportedMediaType => "The body must be application/json",
            Self::UnknownSite => "There is no such site",
            Self::UnknownRecord => "There is no such record, or not with that salt",
            Self::UnknownPolicyVersion => "The site never published that policy version",
            Self::DecisionRefused => "The decision does not fit the policy that was shown",
            Self::OriginNotAllowed => "The page's origin is not one of the site's",
            Self::RecordIdReused => "The record id was used for another decision",
            Self::MalformedQuery => "A query parameter has a wrong form",
            Self::Busy => "Too many requests are waiting",
            Self::Timeout => "The request took too long",
            Self::StoreUnavailable => "The database is not available",
            Self::UnknownRoute => "There is no such route",
            Self::MethodNotAllowed => "The route does not know this method",
            Self::Internal => "Something went wrong in Placet",
        }
    }

    /// The HTTP status code.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::MalformedBody | Self::MalformedQuery => 400,
            Self::OriginNotAllowed => 403,
            Self::UnknownSite | Self::UnknownRecord | Self::UnknownRoute => 404,
            Self::MethodNotAllowed => 405,
            Self::Timeout => 408,
            Self::RecordIdReused => 409,
            Self::BodyTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::UnknownPolicyVersion | Self::DecisionRefused => 422,
            Self::Internal => 500,
            Self::Busy | Self::StoreUnavailable => 503,
        }
    }

    /// Whether sending the same request again later may succeed. The banner keeps what it could not
    /// send only for these.
    #[must_use]
    pub fn is_passing(self) -> bool {
        matches!(self, Self::Busy | Self::Timeout | Self::StoreUnavailable | Self::Internal)
    }
}

/// The body of an error answer, `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ProblemDocument {
    /// See [`ProblemType::uri`].
    pub r#type: String,
    /// See [`ProblemType::title`].
    pub title: String,
    /// See [`ProblemType::status`].
    pub status: u16,
    /// What is wrong with this request and what to do.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub detail: Option<String>,
}

impl ProblemDocument {
    /// A document with a sentence about this request.
    #[must_use]
    pub fn new(problem: ProblemType, detail: Option<String>) -> Self {
        Self { r#type: problem.uri().to_owned(), title: problem.title().to_owned(), status: problem.status(), detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_problem_has_its_own_uri_and_an_error_status() {
        let uris: BTreeSet<_> = ProblemType::ALL.iter().map(|problem| problem.uri()).collect();
        assert_eq!(uris.len(), ProblemType::ALL.len());
        assert!(ProblemType::ALL.iter().all(|problem| (400..600).contains(&problem.status())));
    }
}
