//! Settings from the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::config::{Layer, LogFormat, LogLevel, PublicUrl};

/// The flags of `placet serve`. Each wins over its environment variable and the file.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Flags {
    /// The settings' file (TOML)
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where to listen; port 0 takes any free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// The folder of the database [default: ./placet-data]
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// The folder of the site files
    #[arg(long, value_name = "FOLDER")]
    sites: Option<PathBuf>,
    /// The address under which pages reach this server, when it is another
    #[arg(long, value_name = "URL")]
    public_url: Option<PublicUrl>,
    /// The folder of the demo page; without --sites it brings the demo site
    #[arg(long, value_name = "FOLDER")]
    demo: Option<PathBuf>,
    /// How log lines are written [default: text]
    #[arg(long, value_enum)]
    log_format: Option<LogFormat>,
    /// The least grave messages that are logged [default: info]
    #[arg(long, value_enum)]
    log_level: Option<LogLevel>,
}

/// The flags of the commands that need the database only.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct DataFlags {
    /// The settings' file (TOML)
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of the database [default: ./placet-data]
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

impl From<DataFlags> for Layer {
    fn from(flags: DataFlags) -> Self {
        Self { data: flags.data, ..Self::default() }
    }
}

impl From<Flags> for Layer {
    fn from(flags: Flags) -> Self {
        Self {
            listen: flags.listen,
            data: flags.data,
            sites: flags.sites,
            public_url: flags.public_url,
            demo: flags.demo,
            log_format: flags.log_format,
            log_level: flags.log_level,
        }
    }
}
