//! The server binary as a child process: started, ready, stopped.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;

use anyhow::{Context as _, bail};
use rustix::process::{Pid, Signal, kill_process};

use super::Place;

const READY: &str = "listening on http://";

/// A running server; killed when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Where it listens, for example `127.0.0.1:8080`.
    pub(crate) authority: String,
}

impl Server {
    /// Starts the release binary with the demo site and waits until it listens.
    pub(crate) fn start(place: &Place, listen: &str, data: &Path, demo: &Path, log_level: &str) -> anyhow::Result<Self> {
        let mut command = Command::new(place.server());
        command.args(["serve", "--listen", listen, "--log-level", log_level]);
        command.arg("--data").arg(data).arg("--demo").arg(demo).stdin(Stdio::null()).stdout(Stdio::piped());
        // What is set for another server must not change this one.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PLACET_")) {
            command.env_remove(name);
        }
        let mut child = command.spawn().with_context(|| format!("cannot start {}", place.short(&place.server())))?;
        let out = child.stdout.take().context("the server has no output")?;
        let mut lines = BufReader::new(out).lines();
        let first = lines.next().transpose().context("cannot read what the server says")?.unwrap_or_default();
        let Some(authority) = first.trim().strip_prefix(READY).map(ToOwned::to_owned) else {
            let status = child.wait().context("cannot wait for the server")?;
            bail!("the server did not start ({status}); what it said stands above");
        };
        // Read on, or the server would one day wait for a reader.
        thread::spawn(move || lines.map_while(Result::ok).for_each(|line| println!("{line}")));
        Ok(Self { child, authority })
    }

    /// The process's number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to finish what it has accepted and to end; the child is reaped by [`Self::wait`].
    pub(crate) fn terminate(&self) {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(id) = id {
            // An error means that it has ended already.
            let _ = kill_process(id, Signal::TERM);
        }
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self) -> anyhow::Result<ExitStatus> {
        self.child.wait().context("cannot wait for the server")
    }

    /// Whether it has ended by itself.
    pub(crate) fn ended(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        self.child.try_wait().context("cannot ask for the server's state")
    }

    /// Stops it gracefully; an error unless it ends with success.
    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        self.terminate();
        let status = self.wait()?;
        if !status.success() {
            bail!("the server ended with {status} after it was asked to stop");
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only when it has ended and was waited for.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
