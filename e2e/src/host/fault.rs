//! What a test makes the host do wrong: hold a request, or fail it.

use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

/// The faults that are in force.
#[derive(Debug, Default)]
pub(super) struct Faults(Mutex<Vec<Fault>>);

#[derive(Debug, Clone)]
enum Fault {
    Fail(String, u16),
    Hold(String, watch::Receiver<bool>),
}

/// Requests that are held. Released when told so or when dropped; whatever comes later is not held.
#[derive(Debug)]
pub struct Held(watch::Sender<bool>);

impl Held {
    /// Lets them go on.
    pub fn release(self) {
        drop(self);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.send_replace(true);
    }
}

impl Faults {
    pub(super) fn fail(&self, part: &str, status: u16) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Fault::Fail(part.to_owned(), status));
    }

    pub(super) fn hold(&self, part: &str) -> Held {
        let (send, receive) = watch::channel(false);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Fault::Hold(part.to_owned(), receive));
        Held(send)
    }

    pub(super) fn heal(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|fault| matches!(fault, Fault::Hold(..)));
    }

    /// Waits while the request is held; then the status that it must fail with, if any.
    pub(super) async fn meet(&self, line: &str) -> Option<u16> {
        let faults = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut status = None;
        for fault in faults {
            match fault {
                Fault::Fail(part, with) if line.contains(&part) => status = Some(with),
                Fault::Hold(part, mut released) if line.contains(&part) => {
                    // An error means that the holder is gone, which releases as well.
                    let _ = released.wait_for(|released| *released).await;
                }
                Fault::Fail(..) | Fault::Hold(..) => {}
            }
        }
        status
    }
}
