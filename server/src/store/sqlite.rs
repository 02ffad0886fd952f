//! The log in one SQLite file: one thread writes, others read beside it, a third moves the
//! write-ahead log into the file. Must not know of HTTP.

use std::path::Path;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use rusqlite::Connection;
use shared::id::{RecordId, SiteId};

use crate::log::draft::Draft;
use crate::store::{Appended, Publication, Row, Store, StoreError};

mod append;
mod checkpoint;
mod connection;
mod policies;
mod readers;
mod rows;
mod schema;
mod writer;

/// The database's file name in the data folder.
pub const FILE_NAME: &str = "placet.sqlite3";

/// A SQLite database in a folder.
#[derive(Debug)]
pub struct SqliteStore {
    /// `None` when it was opened to read only.
    writer: Option<writer::Writer>,
    readers: readers::Readers,
    // Dropped, and thereby stopped, before the writer tidies up.
    checkpointer: Mutex<Option<checkpoint::Checkpointer>>,
}

impl SqliteStore {
    /// Opens the database in `folder`, makes both when they are missing, and brings the schema up
    /// to date.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        connection::make_folder(folder)?;
        let path = folder.join(FILE_NAME);
        let mut connection = connection::open_for_writing(&path)?;
        schema::migrate(&mut connection)?;
        let writer = writer::Writer::start(connection, &path)?;
        let checkpointer = checkpoint::Checkpointer::start(&path)?;
        Ok(Self { writer: Some(writer), readers: readers::Readers::new(&path), checkpointer: Mutex::new(Some(checkpointer)) })
    }

    /// Opens the database in `folder` to read what is there, beside a server that may be running.
    pub fn open_to_read(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(FILE_NAME);
        if !path.is_file() {
            return Err(StoreError::Open { path: path.display().to_string(), reason: "there is no such file".to_owned() });
        }
        schema::assert_current(&connection::open_for_reading(&path)?)?;
        Ok(Self { writer: None, readers: readers::Readers::new(&path), checkpointer: Mutex::default() })
    }

    async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        match &self.writer {
            Some(writer) => writer.run(job).await,
            None => Err(StoreError::Unavailable("it was opened to read only".to_owned())),
        }
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn append(&self, drafts: Arc<[Draft]>) -> Result<Vec<Appended>, StoreError> {
        self.write(move |connection| append::append(connection, &drafts)).await
    }

    async fn record(&self, site: &SiteId, id: RecordId) -> Result<Option<Row>, StoreError> {
        let site = site.clone();
        self.readers.run(move |connection| rows::by_id(connection, &site, id)).await
    }

    async fn page(&self, site: &SiteId, after: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
        let site = site.clone();
        self.readers.run(move |connection| rows::page(connection, &site, after, limit)).await
    }

    async fn count(&self, site: &SiteId) -> Result<u64, StoreError> {
        let site = site.clone();
        self.readers.run(move |connection| rows::count(connection, &site)).await
    }

    async fn policies(&self, site: &SiteId) -> Result<Vec<Publication>, StoreError> {
        let site = site.clone();
        self.readers.run(move |connection| policies::all(connection, &site)).await
    }

    async fn publish(&self, site: &SiteId, publication: Publication) -> Result<(), StoreError> {
        let site = site.clone();
        self.write(move |connection| policies::add(connection, &site, &publication)).await
    }

    async fn probe(&self) -> Result<(), StoreError> {
        self.write(schema::rewrite_version).await
    }

    async fn close(&self) {
        let checkpointer = self.checkpointer.lock().map(|mut slot| slot.take()).ok().flatten();
        drop(checkpointer);
        self.readers.close();
        let tidied = self.write(|connection| checkpoint::truncate(connection).map(drop)).await;
        if let Err(error) = tidied {
            tracing::warn!(%error, "the write-ahead log stays as it is until the next start");
        }
    }
}
