//! The parts of the banner that answer. Each is a component that is the whole content of one element
//! of the server's HTML: the server renders it there, and the browser hydrates it there.
//!
//! Hydration keeps what the server wrote, so in the browser the words may be empty: they are in the
//! page already, and not in the wasm. A component may hold nothing that differs between the two sides:
//! no clock, no randomness, no browser.
#![expect(unreachable_pub, reason = "the component macro makes public what it writes")]

pub(crate) use self::answers::Answers;
pub(crate) use self::port::Port;
pub(crate) use self::receipt::{Receipt, ReceiptWords};
pub(crate) use self::reopen::{Reopen, ReopenWords};
pub(crate) use self::switch::{OnOff, OnOffWords};

// Only the browser names them: the server's components stand in `view!`, which names them itself.
#[cfg(feature = "hydrate")]
pub(crate) use self::{answers::AnswersProps, receipt::ReceiptProps, reopen::ReopenProps, switch::OnOffProps};

mod answers;
mod port;
mod receipt;
mod reopen;
mod switch;
