//! One record a line: the stored bytes and a line feed. Canonical JSON holds no raw line feed.

use std::io::Write;

use crate::export::{ExportError, Sink};
use crate::store::Row;

pub(super) struct Jsonl<W>(pub(super) W);

impl<W: Write> Sink for Jsonl<W> {
    fn put(&mut self, row: &Row) -> Result<(), ExportError> {
        self.0.write_all(&row.body)?;
        Ok(self.0.write_all(b"\n")?)
    }

    fn end(&mut self) -> Result<(), ExportError> {
        Ok(self.0.flush()?)
    }
}
