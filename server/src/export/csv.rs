//! A table for spreadsheets. A cell that a spreadsheet would take for a formula is prefixed with an
//! apostrophe, so that opening an export cannot run anything.

use std::borrow::Cow;
use std::io::Write;

use shared::record::Record;

use crate::export::{ExportError, Sink};
use crate::store::Row;

const HEADER: [&str; 18] = [
    "id",
    "site",
    "recorded_at",
    "valid_until",
    "policy_version",
    "policy_hash",
    "banner",
    "language",
    "layer",
    "method",
    "granted",
    "refused",
    "services_granted",
    "services_refused",
    "anonymous_id",
    "follows",
    "format",
    "signal",
];

pub(super) struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    pub(super) fn new(out: W) -> Result<Self, ExportError> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(HEADER)?;
        Ok(Self(writer))
    }
}

impl<W: Write> Sink for Csv<W> {
    fn put(&mut self, row: &Row) -> Result<(), ExportError> {
        let record: Record = serde_json::from_slice(&row.body).map_err(|reason| ExportError::Record { seq: row.seq, reason })?;
        let cells = cells(&record);
        Ok(self.0.write_record(cells.iter().map(|cell| safe(cell).into_owned()))?)
    }

    fn end(&mut self) -> Result<(), ExportError> {
        Ok(self.0.flush()?)
    }
}

fn cells(record: &Record) -> [String; 18] {
    [
        record.id.to_string(),
        record.site.to_string(),
        record.recorded_at.to_string(),
        record.valid_until.to_string(),
        record.policy_version.to_string(),
        record.policy_hash.to_string(),
        record.banner.to_string(),
        record.language.to_string(),
        record.layer.as_str().to_owned(),
        record.method.as_str().to_owned(),
        list(&record.granted),
        list(&record.refused),
        list(&record.services_granted),
        list(&record.services_refused),
        record.anonymous_id.map(|id| id.to_string()).unwrap_or_default(),
        record.follows.map(|id| id.to_string()).unwrap_or_default(),
        record.format.clone(),
        record.signal.map(|seen| seen.as_str().to_owned()).unwrap_or_default(),
    ]
}

fn list<T: ToString>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn safe(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cell_that_begins_like_a_formula_becomes_text() {
        for (cell, written) in
            [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "'\ra"), ("a=b", "a=b"), ("", "")]
        {
            assert_eq!(safe(cell), written);
        }
    }

    proptest! {
        #[test]
        fn no_cell_ever_begins_like_a_formula(cell: String) {
            let safe = safe(&cell);
            prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert!(safe.ends_with(&cell));
        }
    }
}
