//! What other tools on the page are told of the visitor's choice: which purposes must be granted for
//! which of a tool's own types of consent (GCM-08). Data, published with the policy like the rest. Must
//! not know how a tool is told.

use core::fmt;
use core::str::FromStr;
use std::collections::BTreeMap;

use crate::id::{IdError, PurposeId, ServiceId};

/// The tools that are told, and what each is told about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Signals {
    /// For each tool its types of consent, each with all that must be granted for it.
    pub tools: BTreeMap<Tool, BTreeMap<String, Vec<Subject>>>,
    /// Where Google's tags start from another state than "denied".
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub google_regions: Vec<Region>,
    /// Who decided, when and why, that Google's tags load before the choice (GCM-07).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub google_advanced: Option<String>,
}

impl Signals {
    /// Whether no tool is told anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A state from which Google's tags start in some regions, until there is a choice (GCM-05).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Region {
    /// ISO 3166-2 codes, for example `US-CA`.
    pub regions: Vec<String>,
    /// The types that are granted there from the start; every other one is denied.
    pub granted: Vec<String>,
}

macro_rules! tools {
    ($($(#[$meta:meta])* $name:ident = $text:literal, $types:expr,)+) => {
        /// A tool that can be told.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Tool {
            $($(#[$meta])* $name,)+
        }

        impl Tool {
            /// Every tool, in the order in which they are told.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name in the site file and in policies.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// The tool's own types of consent. Data layers have none: they are told every purpose.
            #[must_use]
            pub fn types(self) -> &'static [&'static str] {
                match self { $(Self::$name => &$types),+ }
            }
        }
    };
}

tools! {
    /// Google Consent Mode.
    Google = "google", [
        "ad_storage", "ad_user_data", "ad_personalization", "analytics_storage", "functionality_storage", "personalization_storage",
        "security_storage",
    ],
    /// Microsoft Advertising's Universal Event Tracking.
    MicrosoftUet = "microsoft_uet", ["ad_storage"],
    /// Microsoft Clarity.
    Clarity = "clarity", ["analytics_Storage", "ad_Storage"],
    /// Meta's pixel.
    Meta = "meta", ["consent"],
    /// Matomo, tracking as a whole.
    Matomo = "matomo", ["consent"],
    /// Matomo, its cookies only.
    MatomoCookies = "matomo_cookies", ["consent"],
    /// Piwik PRO.
    PiwikPro = "piwik_pro", [
        "analytics", "conversion_tracking", "remarketing", "marketing_automation", "ab_testing_and_personalization", "user_feedback",
        "custom_consent",
    ],
    /// `HubSpot`.
    HubSpot = "hubspot", ["analytics", "advertisement", "functionality"],
    /// Shopify's Customer Privacy API.
    Shopify = "shopify", ["analytics", "marketing", "preferences", "sale_of_data"],
    /// The page's `dataLayer`, for any tag manager.
    DataLayer = "data_layer", [],
}

/// A text names no tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no tool of that name is told of choices")]
pub struct ToolError;

impl FromStr for Tool {
    type Err = ToolError;

    fn from_str(text: &str) -> Result<Self, ToolError> {
        Self::ALL.iter().copied().find(|tool| tool.as_str() == text).ok_or(ToolError)
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What must be granted: a purpose (`ads`), or one service under it (`ads/bing`), whose own switch then
/// counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The purpose.
    pub purpose: PurposeId,
    /// One of its services.
    pub service: Option<ServiceId>,
}

impl FromStr for Subject {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let (purpose, service) = text.split_once('/').map_or((text, None), |(purpose, service)| (purpose, Some(service)));
        Ok(Self { purpose: purpose.parse()?, service: service.map(str::parse).transpose()? })
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.purpose.fmt(f)?;
        self.service.as_ref().map_or(Ok(()), |service| write!(f, "/{service}"))
    }
}

#[cfg(feature = "serde")]
crate::json::as_text!(Tool);
#[cfg(feature = "serde")]
crate::json::as_text!(Subject);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;
    use crate::policy::change::{Change, between};
    use crate::testing::policy;

    fn told() -> Signals {
        let subjects = vec!["analytics".parse().unwrap(), "media/video".parse().unwrap()];
        Signals { tools: [(Tool::Google, [("analytics_storage".to_owned(), subjects)].into())].into(), ..Signals::default() }
    }

    #[test]
    fn gcm_08_the_mapping_is_part_of_the_policys_bytes_and_a_policy_without_one_keeps_its_own() {
        let plain = String::from_utf8(policy().canonical_json().unwrap()).unwrap();
        assert!(!plain.contains("signals") && !plain.contains("advertising"), "{plain}");
        let with = Policy { signals: told(), ..policy() };
        let bytes = with.canonical_json().unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(r#""signals":{"tools":{"google":{"analytics_storage":["analytics","media/video"]}}}"#), "{text}");
        assert_eq!(serde_json::from_slice::<Policy>(&bytes).unwrap(), with);
    }

    #[test]
    fn gcm_08_another_mapping_asks_nobody_again() {
        assert_eq!(between(&policy(), &Policy { signals: told(), ..policy() }), Change::Editorial);
    }

    #[test]
    fn gcm_02_google_has_seven_types() {
        assert_eq!(Tool::Google.types().len(), 7);
    }

    #[test]
    fn a_tool_and_a_subject_are_read_as_they_are_written() {
        for tool in Tool::ALL {
            assert_eq!(tool.to_string().parse(), Ok(*tool));
        }
        for text in ["ads", "ads/bing"] {
            assert_eq!(text.parse::<Subject>().unwrap().to_string(), text);
        }
        assert!("ads/".parse::<Subject>().is_err() && "/bing".parse::<Subject>().is_err() && "tiktok".parse::<Tool>().is_err());
    }
}
