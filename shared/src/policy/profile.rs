//! Whose rules a site follows where they differ. Must not know what follows from them in the page.

use core::fmt;
use core::str::FromStr;

macro_rules! profiles {
    ($($(#[$meta:meta])* $name:ident = $text:literal,)+) => {
        /// A jurisdiction. A policy without one is held to the strictest.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Profile {
            $($(#[$meta])* $name,)+
        }

        impl Profile {
            /// Every profile.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name in the site file and in policies.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

profiles! {
    /// The United Kingdom.
    Uk = "uk",
    /// The European Union.
    Eu = "eu",
    /// California.
    UsCa = "us-ca",
    /// Colorado.
    UsCo = "us-co",
    /// Connecticut.
    UsCt = "us-ct",
    /// Delaware.
    UsDe = "us-de",
    /// Maryland.
    UsMd = "us-md",
    /// Minnesota.
    UsMn = "us-mn",
    /// Montana.
    UsMt = "us-mt",
    /// Nebraska.
    UsNe = "us-ne",
    /// New Hampshire.
    UsNh = "us-nh",
    /// New Jersey.
    UsNj = "us-nj",
    /// Oregon.
    UsOr = "us-or",
    /// Texas.
    UsTx = "us-tx",
}

impl Profile {
    /// Whether the law lets data be sold or shared until the visitor opts out (US-07).
    #[must_use]
    pub fn is_opt_out(self) -> bool {
        self.as_str().starts_with("us-")
    }
}

/// A text names no profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a profile is one of uk, eu, us-ca, us-co, us-ct, us-de, us-md, us-mn, us-mt, us-ne, us-nh, us-nj, us-or, us-tx")]
pub struct ProfileError;

impl FromStr for Profile {
    type Err = ProfileError;

    fn from_str(text: &str) -> Result<Self, ProfileError> {
        Self::ALL.iter().copied().find(|profile| profile.as_str() == text).ok_or(ProfileError)
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
crate::json::as_text!(Profile);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn us_07_the_states_that_honour_the_signal_are_opt_out_and_europe_is_not() {
        for text in ["us-ca", "us-co", "us-ct", "us-de", "us-md", "us-mn", "us-mt", "us-ne", "us-nh", "us-nj", "us-or", "us-tx"] {
            assert!(text.parse::<Profile>().unwrap().is_opt_out(), "{text}");
        }
        assert!(!Profile::Uk.is_opt_out() && !Profile::Eu.is_opt_out());
        for profile in Profile::ALL {
            assert_eq!(profile.to_string().parse(), Ok(*profile));
            assert!(ProfileError.to_string().contains(profile.as_str()));
        }
    }
}
