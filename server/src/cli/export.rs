//! `placet export`.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use shared::id::SiteId;

use crate::config::flags::DataFlags;
use crate::config::{self, ConfigError};
use crate::export::{ExportError, Format, export};
use crate::store::sqlite::SqliteStore;
use crate::store::{Store, StoreError};

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The site never published anything here.
    #[error("the database in {folder} knows no site \"{site}\"")]
    UnknownSite {
        /// The site that was asked for.
        site: SiteId,
        /// The database's folder.
        folder: String,
    },
    /// The records could not be written out.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The file cannot be written.
    #[error("cannot write {file}: {reason}")]
    File {
        /// The file.
        file: String,
        /// What the operating system says.
        reason: io::Error,
    },
    /// The operating system does not let the program run.
    #[error("cannot run: {0}")]
    Runtime(#[source] io::Error),
}

/// Exports a site's records to a file or to standard output.
pub fn run(site: &SiteId, format: Format, settings: DataFlags, out: Option<&Path>) -> Result<(), RunError> {
    let data = config::gather(settings.config.clone(), settings.into())?.data_folder();
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(RunError::Runtime)?;
    runtime.block_on(async {
        let store = SqliteStore::open_to_read(&data)?;
        if store.policies(site).await?.is_empty() {
            return Err(RunError::UnknownSite { site: site.clone(), folder: data.display().to_string() });
        }
        let bar = progress(store.count(site).await?);
        let advance = |records| bar.inc(records);
        match out {
            None => export(&store, site, format, &mut BufWriter::new(io::stdout().lock()), advance).await?,
            Some(path) => {
                let part = Part::create(path)?;
                let mut writer = BufWriter::new(&part.file);
                export(&store, site, format, &mut writer, advance).await?;
                writer.flush().map_err(ExportError::Write)?;
                drop(writer);
                part.finish()?;
            }
        }
        bar.finish_and_clear();
        Ok(())
    })
}

/// A bar on a terminal, nothing elsewhere: `indicatif` itself hides it when standard error is none.
fn progress(records: u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} records, {eta} left");
    ProgressBar::new(records).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A file under another name until it is whole; removed when it never becomes so.
struct Part<'a> {
    file: File,
    temporary: PathBuf,
    path: &'a Path,
    whole: bool,
}

impl<'a> Part<'a> {
    fn create(path: &'a Path) -> Result<Self, RunError> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(|reason| RunError::File { file: part.display().to_string(), reason })?;
        Ok(Self { file, temporary: part, path, whole: false })
    }

    fn finish(mut self) -> Result<(), RunError> {
        let done = self.file.sync_all().and_then(|()| std::fs::rename(&self.temporary, self.path));
        done.map_err(|reason| RunError::File { file: self.path.display().to_string(), reason })?;
        self.whole = true;
        Ok(())
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        if !self.whole {
            // There is nobody to tell: the export has failed already and says why.
            let _ = std::fs::remove_file(&self.temporary);
        }
    }
}
