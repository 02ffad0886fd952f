//! One service of the library and the form of its files. Must not know how addresses are compared.

use serde::{Deserialize, Deserializer};
use shared::id::ServiceId;
use shared::policy::{Storage, StorageKind};
use time::Date;
use time::macros::format_description;

use super::{LibraryError, Pattern};

/// A service as the library states it.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, stated in the files")]
pub struct Service {
    /// Names the service, also in `data-service`.
    pub id: ServiceId,
    /// The product's name.
    pub name: String,
    /// The legal person who receives the data (CON-07); the head company where it has subsidiaries.
    pub recipient: String,
    /// The recipient's country, ISO 3166-1 alpha-2 (NOTICE-10).
    pub country: String,
    /// What kind of product it is.
    pub group: Group,
    /// The purpose that it usually serves.
    pub purpose: Purpose,
    /// The recipient's own privacy notice.
    pub policy_url: String,
    /// Where it is reached.
    pub urls: Vec<Pattern>,
    /// What it stores on the device; with [`Self::unverified`], nothing is known.
    pub storage: Vec<Storage>,
    /// Names in [`Self::storage`] that other software uses as well.
    pub ambiguous: Vec<String>,
    /// It records or replays single visits (UK-04).
    pub session_replay: bool,
    /// It serves advertising, or feeds it (UK-04).
    pub advertising: bool,
    /// The recipient also uses the data for purposes of its own, unless told not to (UK-05).
    pub own_purposes: bool,
    /// What it stores was not found in a source that was seen.
    pub unverified: bool,
    /// The public page that states what it stores or, when unverified, the page to ask.
    pub source: String,
    /// When the source was read, or the day that the source gives.
    pub checked: Date,
}

impl Service {
    /// Its cookie names that nothing but a tracker uses (EPD-06).
    pub fn tracker_names(&self) -> impl Iterator<Item = &str> {
        let tracks = matches!(self.purpose, Purpose::Analytics | Purpose::Marketing);
        let cookies = self.storage.iter().filter(move |item| tracks && item.kind == StorageKind::Cookie);
        cookies.map(|item| item.name.as_str()).filter(|name| !self.ambiguous.iter().any(|other| other == name))
    }
}

/// The purpose that a service usually serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Statistics about visits.
    Analytics,
    /// Advertising, and the following of single persons to sell to them.
    Marketing,
    /// Content shown inside the page.
    Media,
    /// Something that the visitor uses, such as a chat.
    Functional,
    /// Telling people from programs.
    Security,
}

impl Purpose {
    /// The name in the files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Analytics => "analytics",
            Self::Marketing => "marketing",
            Self::Media => "media",
            Self::Functional => "functional",
            Self::Security => "security",
        }
    }
}

macro_rules! groups {
    ($($(#[$meta:meta])* $name:ident = $file:literal),+ $(,)?) => {
        /// What kind of product a service is; each group has its file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Group { $($(#[$meta])* $name),+ }

        impl Group {
            /// Every group, in the order of the documentation.
            pub const ALL: [Self; [$($file),+].len()] = [$(Self::$name),+];

            /// The file's name without its extension.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $file),+ }
            }

            fn text(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("../../library/", $file, ".toml"))),+ }
            }
        }
    };
}

groups! {
    /// Statistics about visits.
    Analytics = "analytics",
    /// Session replay and heatmaps.
    Replay = "replay",
    /// Error monitoring and measuring of speed.
    Monitoring = "monitoring",
    /// Pixels, exchanges and retargeting.
    Advertising = "advertising",
    /// Social networks.
    Social = "social",
    /// Affiliate networks.
    Affiliate = "affiliate",
    /// Tag managers.
    TagManagers = "tag_managers",
    /// A/B tests, personalisation and search.
    Testing = "testing",
    /// Video embeds.
    Video = "video",
    /// Audio and podcasts.
    Audio = "audio",
    /// Maps.
    Maps = "maps",
    /// Web fonts and icons.
    Fonts = "fonts",
    /// Chat.
    Chat = "chat",
    /// Captchas and bot detection.
    Captcha = "captcha",
    /// Marketing automation, customer records, forms and surveys.
    Marketing = "marketing",
    /// Payments and shops.
    Payments = "payments",
    /// Reviews and comments.
    Reviews = "reviews",
    /// Reading aids and translation.
    Accessibility = "accessibility",
    /// Libraries, documents, charts and other widgets.
    Widgets = "widgets",
    /// Learning and donations.
    Education = "education",
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    services: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the keys of the files")]
struct Entry {
    id: ServiceId,
    name: String,
    recipient: String,
    country: String,
    purpose: Purpose,
    policy_url: String,
    urls: Vec<Pattern>,
    storage: Vec<Storage>,
    #[serde(default)]
    ambiguous: Vec<String>,
    #[serde(default)]
    session_replay: bool,
    #[serde(default)]
    advertising: bool,
    #[serde(default)]
    own_purposes: bool,
    #[serde(default)]
    unverified: bool,
    source: String,
    #[serde(deserialize_with = "date")]
    checked: Date,
}

/// Reads a group's file.
pub(super) fn read(group: Group) -> Result<Vec<Service>, LibraryError> {
    let file: File =
        toml::from_str(group.text()).map_err(|error| LibraryError::Form { group: group.as_str(), message: error.to_string() })?;
    Ok(file.services.into_iter().map(|entry| entry.into_service(group)).collect())
}

impl Entry {
    fn into_service(self, group: Group) -> Service {
        Service {
            id: self.id,
            name: self.name,
            recipient: self.recipient,
            country: self.country,
            group,
            purpose: self.purpose,
            policy_url: self.policy_url,
            urls: self.urls,
            storage: self.storage,
            ambiguous: self.ambiguous,
            session_replay: self.session_replay,
            advertising: self.advertising,
            own_purposes: self.own_purposes,
            unverified: self.unverified,
            source: self.source,
            checked: self.checked,
        }
    }
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    Date::parse(&text, format_description!("[year]-[month]-[day]")).map_err(serde::de::Error::custom)
}
