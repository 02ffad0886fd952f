//! The command line. Every failure is one sentence on standard error and exit code 1.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use shared::id::SiteId;

use crate::cli::site_csp::CspFlags;
use crate::config::flags::{DataFlags, Flags};
use crate::export::Format;

pub mod export;
pub mod old_choice;
pub mod serve;
pub mod site_check;
pub mod site_csp;

/// Placet: consent you can prove.
#[derive(Debug, Parser)]
#[command(name = "placet", version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the sites and record what visitors decide
    Serve(Flags),
    /// Write a site's records out, in the order of the log
    Export {
        /// The site's id
        #[arg(long)]
        site: SiteId,
        /// The form
        #[arg(long, value_enum)]
        format: Format,
        #[command(flatten)]
        settings: DataFlags,
        /// The file to write; standard output when absent
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Look after site files
    #[command(subcommand)]
    Site(SiteCommand),
}

#[derive(Debug, Subcommand)]
enum SiteCommand {
    /// Read a site file as the server would, and say what is wrong
    Check {
        /// The site file
        file: PathBuf,
    },
    /// Write the Content-Security-Policy of each grant state for a web server
    Csp {
        /// The site file
        file: PathBuf,
        #[command(flatten)]
        flags: CspFlags,
    },
    /// Show what another consent tool's cookie says. Placet never takes it for consent
    OldChoice {
        /// The site file, whose [tags] say what the tool's names are here
        file: PathBuf,
        /// The cookie as it stands in the browser
        #[arg(long, value_name = "NAME=VALUE")]
        cookie: String,
    },
}

/// Runs the command line.
#[must_use]
pub fn main() -> ExitCode {
    let done: Result<(), Box<dyn Error>> = match Cli::parse().command {
        Command::Serve(flags) => serve::run(flags).map_err(Into::into),
        Command::Export { site, format, settings, out } => export::run(&site, format, settings, out.as_deref()).map_err(Into::into),
        Command::Site(SiteCommand::OldChoice { file, cookie }) => old_choice::run(&file, &cookie).map_err(Into::into),
        Command::Site(SiteCommand::Check { file }) => site_check::run(&file).map_err(Into::into),
        Command::Site(SiteCommand::Csp { file, flags }) => site_csp::run(&file, &flags).map_err(Into::into),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("placet: {error}");
            ExitCode::FAILURE
        }
    }
}
