//! Stores that misbehave, and a source of randomness that is dry.

use std::sync::Arc;

use async_trait::async_trait;
use server::log::draft::Draft;
use server::random::{Random, RandomError};
use server::store::{Appended, Publication, Row, Store, StoreError};
use shared::id::{RecordId, SiteId};

/// What a [`Stub`] does when it is asked to record.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Does {
    /// Nothing, for ever.
    Hang,
    /// It is not there.
    Fail,
    /// It panics.
    Panic,
}

/// Publishes whatever it is given and records nothing.
#[derive(Debug)]
pub(crate) struct Stub(pub(crate) Does);

impl Stub {
    async fn misbehave<T>(&self) -> Result<T, StoreError> {
        match self.0 {
            Does::Hang => std::future::pending().await,
            Does::Fail => Err(StoreError::Unavailable("it was unplugged".to_owned())),
            Does::Panic => panic!("a defect"),
        }
    }
}

#[async_trait]
impl Store for Stub {
    async fn append(&self, _: Arc<[Draft]>) -> Result<Vec<Appended>, StoreError> {
        self.misbehave().await
    }

    async fn record(&self, _: &SiteId, _: RecordId) -> Result<Option<Row>, StoreError> {
        self.misbehave().await
    }

    async fn page(&self, _: &SiteId, _: u64, _: u32) -> Result<Vec<Row>, StoreError> {
        self.misbehave().await
    }

    async fn count(&self, _: &SiteId) -> Result<u64, StoreError> {
        self.misbehave().await
    }

    async fn policies(&self, _: &SiteId) -> Result<Vec<Publication>, StoreError> {
        Ok(Vec::new())
    }

    async fn publish(&self, _: &SiteId, _: Publication) -> Result<(), StoreError> {
        Ok(())
    }

    async fn probe(&self) -> Result<(), StoreError> {
        self.misbehave().await
    }

    async fn close(&self) {}
}

/// Gives no random bytes.
#[derive(Debug)]
pub(crate) struct Dry;

impl Random for Dry {
    fn fill(&self, _: &mut [u8]) -> Result<(), RandomError> {
        Err(RandomError)
    }
}
