//! Randomness, as a parameter. The only place that may ask the operating system.

use std::sync::atomic::{AtomicU64, Ordering};

use shared::digest::Digest;

/// Draws random bytes that nobody can guess.
pub trait Random: Send + Sync + 'static {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError>;
}

/// The operating system gives no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct RandomError;

/// `N` random bytes.
pub fn bytes<const N: usize>(random: &dyn Random) -> Result<[u8; N], RandomError> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "this is the one source of randomness")]
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        getrandom::fill(bytes).map_err(|_| RandomError)
    }
}

/// The same bytes in the same order each time, for tests.
#[derive(Debug, Default)]
pub struct MockRandom(AtomicU64);

impl Random for MockRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for chunk in bytes.chunks_mut(32) {
            let block = Digest::of(&self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
            chunk.iter_mut().zip(block.as_bytes()).for_each(|(byte, drawn)| *byte = *drawn);
        }
        Ok(())
    }
}
