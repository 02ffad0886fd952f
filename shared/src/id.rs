//! Identifiers: one type each, one fallible constructor each.
//!
//! Must not know where an id comes from: bytes are drawn by the caller.

use core::fmt;
use core::str::FromStr;

/// Why a text is not an identifier of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// A slug (site, purpose, service, language) has a wrong length or character.
    #[error("{kind} must be 1 to {max} characters of a-z, 0-9 and -, beginning with a letter or digit")]
    Slug {
        /// What the slug names.
        kind: &'static str,
        /// The longest that is allowed, in characters.
        max: usize,
    },
    /// Not the canonical text of a version 4 UUID.
    #[error("a record id must be a version 4 UUID in lower case, such as 2f6b5d1e-8c1f-4a53-9d0e-0f6f3f1c7a11")]
    RecordId,
    /// Not 32 lower-case hexadecimal digits.
    #[error("an anonymous id must be 32 lower-case hexadecimal digits")]
    AnonymousId,
}

macro_rules! slug {
    ($(#[$meta:meta])* $name:ident, $kind:literal, $max:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text as it stands in URLs, files and records.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                if is_slug(text.as_bytes(), $max) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(IdError::Slug { kind: $kind, max: $max })
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        #[cfg(feature = "serde")]
        crate::json::as_text!($name);
    };
}

slug!(
    /// Names a site in URLs and files, for example `riverside-school`.
    SiteId, "a site id", 60
);
slug!(
    /// Names a purpose of processing within a site, for example `analytics`.
    PurposeId, "a purpose id", 40
);
slug!(
    /// Names a service (what a recipient runs in the page) within a site, for example `plausible`.
    ServiceId, "a service id", 40
);

/// A language tag in lower case, for example `en` or `pt-br` (BCP 47, compared without case).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// The tag, in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Language {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let lower = text.to_ascii_lowercase();
        if is_slug(lower.as_bytes(), 35) { Ok(Self(lower)) } else { Err(IdError::Slug { kind: "a language tag", max: 35 }) }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "serde")]
crate::json::as_text!(Language);

fn is_slug(text: &[u8], max: usize) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    (1..=max).contains(&text.len()) && text.first() != Some(&b'-') && text.iter().all(allowed)
}

/// Names a record, made by the visitor's browser, so that sending twice records once.
///
/// A version 4 UUID (RFC 9562 section 5.4; ISO/IEC TS 27560 recommends that version).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId([u8; 16]);

impl RecordId {
    /// Makes an id of 16 random bytes by setting the version and variant bits.
    #[must_use]
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        let [.., six, _, eight, _, _, _, _, _, _, _] = &mut bytes;
        *six = (*six & 0x0f) | 0x40;
        *eight = (*eight & 0x3f) | 0x80;
        Self(bytes)
    }

    /// Reads the 16 bytes that [`Self::as_bytes`] gave; `None` when they are no version 4 UUID.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Option<Self> {
        (Self::from_random(bytes).0 == bytes).then_some(Self(bytes))
    }

    /// The 16 bytes, in network order.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl FromStr for RecordId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let id = uuid_bytes(text).and_then(Self::from_bytes);
        id.ok_or(IdError::RecordId)
    }
}

#[cfg(feature = "serde")]
crate::json::as_text!(RecordId);

fn uuid_bytes(text: &str) -> Option<[u8; 16]> {
    let dashes_stand_right =
        text.len() == 36 && text.bytes().enumerate().all(|(at, byte)| (byte == b'-') == matches!(at, 8 | 13 | 18 | 23));
    if !dashes_stand_right {
        return None;
    }
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    crate::digest::from_hex(&digits)
}

/// Stands for one browser on one site, drawn at random after the first grant and kept in a cookie
/// that page scripts cannot read. Pseudonymous personal data in the operator's hands (DSR-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnonymousId([u8; 16]);

impl AnonymousId {
    /// Makes an id of 16 random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for AnonymousId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::digest::write_hex(f, &self.0)
    }
}

impl FromStr for AnonymousId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        crate::digest::from_hex(text).map(Self).ok_or(IdError::AnonymousId)
    }
}

#[cfg(feature = "serde")]
crate::json::as_text!(AnonymousId);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_record_id_survives_its_text_and_its_bytes(bytes: [u8; 16]) {
            let id = RecordId::from_random(bytes);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            prop_assert_eq!(RecordId::from_bytes(*id.as_bytes()), Some(id));
        }

        #[test]
        fn every_anonymous_id_survives_its_text(bytes: [u8; 16]) {
            let id = AnonymousId::from_random(bytes);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
        }

        #[test]
        fn no_text_makes_an_id_parser_panic(text: String) {
            let _ = text.parse::<RecordId>();
            let _ = text.parse::<AnonymousId>();
            let _ = text.parse::<SiteId>();
        }
    }

    #[test]
    fn a_record_id_of_another_version_or_case_is_refused() {
        for text in ["0190d1f0-0000-7000-8000-000000000000", "2F6B5D1E-8C1F-4A53-9D0E-0F6F3F1C7A11", "2f6b5d1e8c1f4a539d0e0f6f3f1c7a11", ""]
        {
            assert_eq!(text.parse::<RecordId>(), Err(IdError::RecordId), "{text}");
        }
    }

    #[test]
    fn a_slug_begins_with_a_letter_or_digit_and_has_no_capitals() {
        assert!("riverside-school".parse::<SiteId>().is_ok());
        for text in ["", "-a", "A", "a/b", "ä", &"a".repeat(61)] {
            assert!(text.parse::<SiteId>().is_err(), "{text}");
        }
    }
}
