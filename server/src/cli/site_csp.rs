//! `placet site csp FILE`.

use std::path::Path;

use shared::policy::PolicyVersion;

use crate::csp::Pages;
use crate::csp::snippet::{self, SnippetError};
use crate::site::origin::Origin;
use crate::site::{ListedOrigin, Site, SiteError};

/// What the policy is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// A `map` with every way to grant purposes
    Nginx,
    /// The header's value where nothing is granted
    Header,
}

/// What the site file does not say.
#[derive(Debug, clap::Args)]
pub struct CspFlags {
    /// What it is written for
    #[arg(long = "format", value_enum)]
    form: Form,
    /// The policy version that visitors are shown now
    #[arg(long, value_name = "N", default_value = "1")]
    version: PolicyVersion,
    /// The oldest version whose choices still hold; without it only those of `--version` do
    #[arg(long, value_name = "N")]
    since: Option<PolicyVersion>,
    /// Placet's own origin, where it is another than the pages'
    #[arg(long, value_name = "ORIGIN")]
    own: Option<Origin>,
}

/// Why nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum CspError {
    /// The site file.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The snippet.
    #[error(transparent)]
    Snippet(#[from] SnippetError),
}

/// Writes it to standard output.
pub fn run(file: &Path, flags: &CspFlags) -> Result<(), CspError> {
    let Site { origins, policy, gate } = Site::read(file)?;
    let listed = origins.into_iter().filter_map(|origin| match origin {
        ListedOrigin::Own => None,
        ListedOrigin::Named(origin) => Some(origin),
    });
    let origins: Vec<_> = listed.chain(flags.own.clone()).collect();
    let pages = Pages { origins: &origins, policy: &policy, gate: &gate };
    match flags.form {
        Form::Nginx => print!("{}", snippet::nginx(pages, flags.since.unwrap_or(flags.version).get()..=flags.version.get())?),
        Form::Header => println!("{}", pages.strictest()),
    }
    Ok(())
}
