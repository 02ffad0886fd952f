//! Settings from environment variables that begin with `PLACET_`.

use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

use crate::config::{ConfigError, Layer};

const CONFIG: &str = "PLACET_CONFIG";
const LISTEN: &str = "PLACET_LISTEN";
const DATA: &str = "PLACET_DATA";
const SITES: &str = "PLACET_SITES";
const PUBLIC_URL: &str = "PLACET_PUBLIC_URL";
const DEMO: &str = "PLACET_DEMO";
const LOG_FORMAT: &str = "PLACET_LOG_FORMAT";
const LOG_LEVEL: &str = "PLACET_LOG_LEVEL";

const KNOWN: [&str; 8] = [CONFIG, LISTEN, DATA, SITES, PUBLIC_URL, DEMO, LOG_FORMAT, LOG_LEVEL];

/// Read when Placet is built; a build's environment may still hold it.
const BUILD: &str = "PLACET_DIST";

/// What the environment says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// The settings' file.
    pub config: Option<PathBuf>,
    /// The settings.
    pub layer: Layer,
}

/// Reads the variables; one that begins with `PLACET_` and is not known is refused.
pub fn read(variables: impl IntoIterator<Item = (String, String)>) -> Result<Environment, ConfigError> {
    let mut environment = Environment::default();
    let layer = &mut environment.layer;
    for (name, value) in variables.into_iter().filter(|(name, _)| name.starts_with("PLACET_") && name != BUILD) {
        match name.as_str() {
            CONFIG => environment.config = Some(value.into()),
            LISTEN => layer.listen = Some(parse(LISTEN, &value)?),
            DATA => layer.data = Some(value.into()),
            SITES => layer.sites = Some(value.into()),
            PUBLIC_URL => layer.public_url = Some(parse(PUBLIC_URL, &value)?),
            DEMO => layer.demo = Some(value.into()),
            LOG_FORMAT => layer.log_format = Some(choose(LOG_FORMAT, &value)?),
            LOG_LEVEL => layer.log_level = Some(choose(LOG_LEVEL, &value)?),
            _ => return Err(ConfigError::UnknownVariable(name)),
        }
    }
    Ok(environment)
}

pub(super) fn known() -> String {
    KNOWN.join(", ")
}

fn parse<T: FromStr<Err: Display>>(name: &'static str, value: &str) -> Result<T, ConfigError> {
    value.parse().map_err(|error: T::Err| ConfigError::Variable { name, reason: error.to_string() })
}

fn choose<T: ValueEnum>(name: &'static str, value: &str) -> Result<T, ConfigError> {
    T::from_str(value, false).map_err(|_| {
        let names: Vec<_> = T::value_variants().iter().filter_map(|value| Some(value.to_possible_value()?.get_name().to_owned())).collect();
        ConfigError::Variable { name, reason: format!("write one of {}", names.join(", ")) }
    })
}
