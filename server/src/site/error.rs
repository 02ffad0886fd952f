//! What can be wrong with a site file, each with a sentence that says what to write instead.

use std::ops::Range;

use shared::id::{Language, ServiceId};

use crate::library::{LibraryError, PatternError};
use crate::site::origin::OriginError;
use crate::site::signals::SignalsFault;

/// Why a site file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    /// The file's name is no site id.
    #[error(
        "{file}: the file's name is the site's id and must be 1 to 60 characters of a-z, 0-9 and -, beginning with a letter or digit, then .toml"
    )]
    Name {
        /// The file.
        file: String,
    },
    /// The file or folder cannot be read.
    #[error("{file}: {reason}")]
    Read {
        /// The file or folder.
        file: String,
        /// What the operating system says.
        reason: String,
    },
    /// A folder without site files.
    #[error("{folder}: there is no site file (*.toml) in this folder")]
    Empty {
        /// The folder.
        folder: String,
    },
    /// Something in the file is wrong.
    #[error("{file}:{line}:{column}: {fault}")]
    Fault {
        /// The file.
        file: String,
        /// Counted from 1.
        line: usize,
        /// In characters, counted from 1.
        column: usize,
        /// What it is.
        fault: Fault,
    },
}

/// A fault and where in the text it stands.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) fault: Fault,
    pub(super) span: Range<usize>,
}

impl Fault {
    pub(super) fn at(self, span: Range<usize>) -> Found {
        Found { fault: self, span }
    }
}

impl SiteError {
    pub(super) fn at(file: &str, text: &str, found: Found) -> Self {
        let (line, column) = position(text, found.span.start);
        Self::Fault { file: file.to_owned(), line, column, fault: found.fault }
    }
}

/// Line and column, from 1, of a byte position.
#[must_use]
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// One thing that is wrong in a site file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not TOML, an unknown key, a missing key or a value of a wrong kind.
    #[error("{0}")]
    Form(String),
    /// An entry of `origins` is none.
    #[error("{0}; or write \"self\" for Placet's own address")]
    Origin(#[from] OriginError),
    /// No page could record.
    #[error("list at least one web origin whose pages may record choices, for example origins = [\"self\"]")]
    NoOrigin,
    /// The default language is not offered.
    #[error("the default language \"{0}\" must be one of `languages`")]
    DefaultLanguage(Language),
    /// Placet has no words in that language.
    #[error("\"{language}\" is not built in: write the missing word `{missing}` under [texts.{language}]")]
    MissingWord {
        /// The language.
        language: Language,
        /// The first word that nobody gave.
        missing: &'static str,
    },
    /// A word that the banner does not use.
    #[error("the banner has no word \"{0}\"; the words are: {1}")]
    UnknownWord(String, String),
    /// Words or a text in a language that the site does not offer.
    #[error("\"{0}\" is not one of `languages`: add it there, or leave this out")]
    UnofferedLanguage(Language),
    /// A text lacks the default language.
    #[error("write this text in the default language \"{0}\" too")]
    MissingTranslation(Language),
    /// A text is empty.
    #[error("write a text here, not an empty one")]
    EmptyText,
    /// Something stands twice.
    #[error("\"{0}\" stands twice: leave one out, or rename it")]
    Twice(String),
    /// A service names a purpose that the file does not have.
    #[error("there is no purpose \"{0}\": name the id of one of [[purposes]]")]
    UnknownPurpose(String),
    /// `[tags]` names a tool that is not understood.
    #[error("the tags of \"{0}\" are not understood; the tools are: {1}")]
    UnknownTool(String, String),
    /// `[tags]` names what the file does not have.
    #[error("there is no purpose and no service \"{0}\": name the id of one of [[purposes]] or [[services]]")]
    UnknownTarget(String),
    /// There is nothing to ask for.
    #[error("no purpose has mode = \"consent\": without one there is nothing to ask")]
    NothingToAsk,
    /// More than a state cookie can hold.
    #[error("a site can have at most 512 of these")]
    TooMany,
    /// A validity outside what is allowed (CON-13, CK-05).
    #[error("validity_days must be 1 to 395; 180 is usual")]
    Validity,
    /// A known tracker is declared necessary (EPD-06).
    #[error(
        "the cookie \"{name}\" is known from {tracker}, which visitors have not asked for: give the service a purpose with mode = \"consent\""
    )]
    TrackerNecessary {
        /// The declared name.
        name: String,
        /// The service that it is known from.
        tracker: String,
    },
    /// An entry of a service's `urls` is no address pattern.
    #[error("{0}")]
    Pattern(PatternError),
    /// An entry of the gate's `hosts` is no host.
    #[error("{0:?} must be a host in lower case with a dot and nothing after it, such as cdn.example")]
    GateHost(String),
    /// The gate's `hosts` would open a service that waits.
    #[error("the host \"{host}\" would be open before the visitor allowed the service \"{service}\": leave it out")]
    GateHostWaits {
        /// The host.
        host: String,
        /// The service that is reached there.
        service: ServiceId,
    },
    /// What the site says of Global Privacy Control lacks its day (GPC-04).
    #[error("write beside `gpc` since when that is so, as a day: gpc_since = 2026-11-25")]
    GpcSince,
    /// A day of nothing.
    #[error("write beside `gpc_since` whether the site abides by Global Privacy Control: gpc = true or gpc = false")]
    GpcAlone,
    /// Something in `[signals]`.
    #[error("{0}")]
    Signals(SignalsFault),
    /// What nobody is asked for has nothing that a browser could speak of.
    #[error("advertising always waits for consent: write mode = \"consent\", or leave `advertising` out")]
    AdvertisingNecessary,
    /// The library of services is broken.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// Not a country code.
    #[error("a country is two capital letters (ISO 3166-1), for example \"GB\"")]
    Country,
    /// Not an absolute URL.
    #[error("write an absolute URL that begins with https:// or http://")]
    Url,
    /// Not an e-mail address.
    #[error("write an e-mail address")]
    Email,
}
