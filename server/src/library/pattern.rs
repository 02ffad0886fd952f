//! What the library calls an address: a host, and after it the beginning of a path. Must not know
//! of services.

use core::fmt;

use serde::Deserialize;
use thiserror::Error;

use super::Address;

/// A host with all its subdomains and, after it, the characters that the path begins with:
/// `google-analytics.com` or `www.google.com/recaptcha/`. Without a host, `/collect/`, it is a path of
/// the page's own host.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern {
    host: String,
    path: String,
}

/// A text is no address pattern.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "{0:?} must be a host in lower case with a dot, such as example.com, a host and a path, such as example.com/embed/, or a path of the page's own host, such as /collect/"
)]
pub struct PatternError(String);

impl Pattern {
    /// Whether an address lies below the host and the path; of the page's own host it knows nothing.
    #[must_use]
    pub fn matches(&self, address: &Address) -> bool {
        let above = address.host().strip_suffix(self.host.as_str());
        let below = above.is_some_and(|above| above.is_empty() || above.ends_with('.'));
        !self.is_own() && below && address.path().starts_with(&self.path)
    }

    /// Whether it is a path of the page's own host.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.host.is_empty()
    }

    /// How many characters it has: of two patterns that match, the longer one says more.
    pub(super) fn len(&self) -> usize {
        self.host.len().saturating_add(self.path.len())
    }
}

impl TryFrom<String> for Pattern {
    type Error = PatternError;

    fn try_from(text: String) -> Result<Self, PatternError> {
        let (host, path) = text.find('/').and_then(|at| text.split_at_checked(at)).unwrap_or((&text, ""));
        if (host.is_empty() || is_host(host))
            && !text.is_empty()
            && path.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'*' | b'\\'))
            && path != "/"
        {
            Ok(Self { host: host.to_owned(), path: path.to_owned() })
        } else {
            Err(PatternError(text))
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.host, self.path)
    }
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && label.bytes().all(allowed)
    };
    host.contains('.') && host.split('.').all(is_label)
}
