//! The query parameters of the reading routes.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::Deserialize;
use shared::id::Language;
use shared::policy::{Policy, PolicyVersion};
use shared::problem::ProblemType;

use crate::problem::Problem;

/// `?language=cy&version=3`. Other parameters are left alone: caches and proxies add their own.
#[derive(Debug, Default, Deserialize)]
pub struct Shown {
    language: Option<String>,
    /// The policy version; the current one when absent.
    pub version: Option<PolicyVersion>,
}

impl Shown {
    /// The best language of `policy` for this request. A tag that is none (pages write `lang="en_US"`)
    /// counts as unknown: a page must not go without a banner for it.
    #[must_use]
    pub fn language<'a>(&self, policy: &'a Policy) -> &'a Language {
        let wanted = self.language.as_deref().and_then(|tag| tag.parse().ok());
        wanted.map_or(&policy.default_language, |wanted| policy.language_for(&wanted))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Shown {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::from_request_parts(parts, state).await;
        let Query(raw) = query.map_err(|error| Problem::new(ProblemType::MalformedQuery, error.body_text()))?;
        let Raw { language, version } = raw;
        let version = version.map(|version| version.parse()).transpose();
        let version =
            version.map_err(|error: shared::policy::PolicyVersionError| Problem::new(ProblemType::MalformedQuery, error.to_string()))?;
        Ok(Self { language, version })
    }
}

#[derive(Deserialize)]
struct Raw {
    language: Option<String>,
    version: Option<String>,
}
