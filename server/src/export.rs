//! Writes a site's records out in the order of the log, a page at a time, so that memory does not
//! grow with the log.

use std::io::{self, Write};

use shared::id::SiteId;

use crate::store::{Row, Store, StoreError};

mod csv;
mod jsonl;

/// Records read at once.
const PAGE: u32 = 1000;

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One record a line, exactly as stored (RFC 8785 JSON)
    Jsonl,
    /// A table for spreadsheets
    Csv,
}

/// Why an export broke off.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The records could not be written out.
    #[error("the export could not be written: {0}")]
    Write(#[from] io::Error),
    /// A table's line could not be written.
    #[error("the export could not be written: {0}")]
    Csv(#[from] ::csv::Error),
    /// A stored record cannot be read.
    #[error("record {seq} of the log cannot be read: {reason}")]
    Record {
        /// Its position in the log.
        seq: u64,
        /// Why.
        reason: serde_json::Error,
    },
}

trait Sink {
    fn put(&mut self, row: &Row) -> Result<(), ExportError>;
    fn end(&mut self) -> Result<(), ExportError>;
}

/// Writes all records of `site` that are in the log when their page is read; calls `advance` with
/// the number of records after each page.
pub async fn export(
    store: &dyn Store,
    site: &SiteId,
    format: Format,
    out: &mut impl Write,
    mut advance: impl FnMut(u64),
) -> Result<(), ExportError> {
    match format {
        Format::Jsonl => pages(store, site, &mut jsonl::Jsonl(out), &mut advance).await,
        Format::Csv => pages(store, site, &mut csv::Csv::new(out)?, &mut advance).await,
    }
}

async fn pages(store: &dyn Store, site: &SiteId, sink: &mut impl Sink, advance: &mut impl FnMut(u64)) -> Result<(), ExportError> {
    let mut after = 0;
    loop {
        let page = store.page(site, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        page.iter().try_for_each(|row| sink.put(row))?;
        advance(u64::try_from(page.len()).unwrap_or_default());
    }
    sink.end()
}
