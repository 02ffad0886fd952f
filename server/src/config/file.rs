//! Settings from a TOML file.

use std::path::Path;

use crate::config::{ConfigError, Layer};
use crate::site::error::position;

/// Reads the file; an unknown key is refused with its line.
pub fn read(path: &Path) -> Result<Layer, ConfigError> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| ConfigError::Read { file: file.clone(), reason: error.to_string() })?;
    parse(&text, &file)
}

/// Reads the file's text; `file` stands in messages.
pub fn parse(text: &str, file: &str) -> Result<Layer, ConfigError> {
    toml::from_str(text).map_err(|error| {
        let (line, column) = position(text, error.span().map_or(0, |span| span.start));
        ConfigError::File { file: file.to_owned(), line, column, reason: error.message().trim().to_owned() }
    })
}
