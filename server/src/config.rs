//! How the server is set up: a file, then the environment, then flags; the later wins. What nobody
//! knows is refused, so that a misspelt setting cannot pass for one that is in force.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;

use crate::site::origin::{Origin, OriginError};

pub mod env;
pub mod file;
pub mod flags;

/// Settings as one source gives them: what it does not say is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    listen: Option<SocketAddr>,
    data: Option<PathBuf>,
    sites: Option<PathBuf>,
    public_url: Option<PublicUrl>,
    demo: Option<PathBuf>,
    log_format: Option<LogFormat>,
    log_level: Option<LogLevel>,
}

/// The settings in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where the server listens; port 0 takes any free one.
    pub listen: SocketAddr,
    /// The folder of the database.
    pub data: PathBuf,
    /// The folder of the site files.
    pub sites: Option<PathBuf>,
    /// The address under which pages reach the server, when it is not the one it listens on.
    pub public_url: Option<PublicUrl>,
    /// The folder of the demo page.
    pub demo: Option<PathBuf>,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// The least grave messages that are logged.
    pub log_level: LogLevel,
}

/// Why the settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{file}: {reason}")]
    Read {
        /// The file.
        file: String,
        /// What the operating system says.
        reason: String,
    },
    /// Something in the file is wrong.
    #[error("{file}:{line}:{column}: {reason}")]
    File {
        /// The file.
        file: String,
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What is wrong.
        reason: String,
    },
    /// A variable that Placet does not know.
    #[error("the environment has {0}, which Placet does not know; it knows {known}", known = env::known())]
    UnknownVariable(String),
    /// A variable's value is wrong.
    #[error("{name}: {reason}")]
    Variable {
        /// The variable.
        name: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// Nothing to serve.
    #[error("name the folder of the site files with --sites, or the demo page's folder with --demo")]
    NoSites,
}

/// What all sources say together: the flags over the environment over the file that `file` or the
/// environment names.
pub fn gather(file: Option<PathBuf>, flags: Layer) -> Result<Layer, ConfigError> {
    let variables = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let environment = env::read(variables)?;
    let file = file.or(environment.config).map_or_else(|| Ok(Layer::default()), |path| file::read(&path))?;
    Ok(flags.over(environment.layer).over(file))
}

impl Layer {
    /// The folder of the database, for commands that need nothing else.
    #[must_use]
    pub fn data_folder(self) -> PathBuf {
        self.data.unwrap_or_else(|| PathBuf::from(DATA))
    }

    /// These settings, and `below` where they say nothing.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            listen: self.listen.or(below.listen),
            data: self.data.or(below.data),
            sites: self.sites.or(below.sites),
            public_url: self.public_url.or(below.public_url),
            demo: self.demo.or(below.demo),
            log_format: self.log_format.or(below.log_format),
            log_level: self.log_level.or(below.log_level),
        }
    }

    /// The settings in force, with Placet's own where nobody says anything.
    pub fn settle(self) -> Result<Config, ConfigError> {
        if self.sites.is_none() && self.demo.is_none() {
            return Err(ConfigError::NoSites);
        }
        Ok(Config {
            listen: self.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            sites: self.sites.clone(),
            public_url: self.public_url.clone(),
            demo: self.demo.clone(),
            log_format: self.log_format.unwrap_or(LogFormat::Text),
            log_level: self.log_level.unwrap_or(LogLevel::Info),
            data: self.data_folder(),
        })
    }
}

/// The folder of the database when nobody names one.
pub const DATA: &str = "./placet-data";

/// The address under which pages reach Placet, perhaps with a path. Its origin is what `"self"`
/// means in a site file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// Scheme, host and port.
    pub origin: Origin,
}

impl FromStr for PublicUrl {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let scheme = text.find("://").map_or(0, |at| at + 3);
        let path = text.get(scheme..).and_then(|rest| rest.find('/')).map_or(text.len(), |at| scheme + at);
        Ok(Self { origin: text.get(..path).unwrap_or(text).parse()? })
    }
}

impl<'de> Deserialize<'de> for PublicUrl {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs, one JSON object a line.
    Json,
}

/// The least grave messages that are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// What failed.
    Error,
    /// And what may fail soon.
    Warn,
    /// And every request, by route and status.
    Info,
    /// And what the libraries say.
    Debug,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_may_have_a_path_but_its_origin_counts() {
        for text in ["https://school.example/placet/", "https://school.example"] {
            assert_eq!(text.parse::<PublicUrl>().unwrap().origin.as_str(), "https://school.example");
        }
        assert_eq!("school.example".parse::<PublicUrl>(), Err(OriginError));
    }
}
