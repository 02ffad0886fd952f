//! The chromedriver process: a free port, its own process group, gone when dropped.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::programs;

const START: Duration = Duration::from_secs(30);
const END: Duration = Duration::from_secs(5);
/// How many ports are tried.
const PORTS: usize = 5;

#[derive(Debug)]
pub(super) struct Chromedriver {
    child: Child,
    port: u16,
}

impl Chromedriver {
    /// Starts a driver on a port of its own choice. It takes a free one of IPv4 and then wants the same
    /// of IPv6, which another program may have: then it ends at once, and another port is tried.
    pub(super) fn start() -> anyhow::Result<Self> {
        let mut said = String::new();
        for _ in 0..PORTS {
            match Self::on_a_port()? {
                Ok(driver) => return Ok(driver),
                Err(last_words) => said = last_words,
            }
        }
        bail!("{} ended at once, {PORTS} times; it said: {said}", programs::chromedriver().display())
    }

    /// A driver that listens, or what it said before it ended.
    fn on_a_port() -> anyhow::Result<Result<Self, String>> {
        let program = programs::chromedriver();
        let mut command = Command::new(&program);
        command.arg("--port=0").process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().with_context(|| format!("cannot start {} (set CHROMEDRIVER)", program.display()))?;
        let stdout = child.stdout.take();
        let mut driver = Self { child, port: 0 };
        let (send, receive) = mpsc::channel();
        std::thread::spawn(move || {
            for line in stdout.into_iter().flat_map(|stdout| BufReader::new(stdout).lines().map_while(Result::ok)) {
                // Nobody listens any more once the driver stands; it must still be read from.
                let _ = send.send(line);
            }
        });
        let until = Instant::now() + START;
        let mut said = Vec::new();
        loop {
            match receive.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(line) => match port(&line) {
                    Some(port) => {
                        driver.port = port;
                        return Ok(Ok(driver));
                    }
                    None => said.push(line),
                },
                Err(RecvTimeoutError::Disconnected) => return Ok(Err(said.join(" | "))),
                Err(RecvTimeoutError::Timeout) => {
                    bail!("{} named no port within {} s; it said: {}", program.display(), START.as_secs(), said.join(" | "))
                }
            }
        }
    }

    /// Ends a session, and so its browser, without any runtime.
    pub(super) fn end_session(&self, session: &str) {
        let Ok(mut driver) = TcpStream::connect(("127.0.0.1", self.port)) else { return };
        // Whatever fails here, dropping the driver ends what is left.
        let _ = driver.set_read_timeout(Some(END));
        let _ = write!(driver, "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        let _ = driver.read(&mut [0; 64]);
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // The group is the driver's and its browser's; the session has ended before, so this finds only what was left behind.
        let _ = rustix::process::kill_process_group(rustix::process::Pid::from_child(&self.child), rustix::process::Signal::KILL);
        let _ = self.child.wait();
    }
}

/// Reads `ChromeDriver was started successfully on port 40741.`
fn port(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
}
