//! The real server binary on a free port with its own data: started, killed, started again on the
//! same port, and its log kept. Must not know the server's code.

mod site_file;

use std::io::{self, BufRead as _, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use serde_json::Value;
use tempfile::TempDir;

pub use site_file::SiteFile;

use crate::programs;

/// How long the server may take until it listens.
const START: Duration = Duration::from_secs(20);
/// How long it may take to finish what it accepted.
const STOP: Duration = Duration::from_secs(20);

/// The server, running or not, with its data folder. Dropping it kills it.
#[derive(Debug)]
pub struct Placet {
    folder: TempDir,
    demo: Option<PathBuf>,
    address: SocketAddr,
    child: Option<Child>,
    log: Log,
}

/// What will be started.
#[derive(Debug, Default)]
pub struct Builder {
    sites: Vec<SiteFile>,
    demo: Option<PathBuf>,
}

/// Why the server did not start. Each says what it printed.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The binary cannot be run.
    #[error("cannot start the server: {0}")]
    Spawn(#[from] io::Error),
    /// It ended before it listened.
    #[error("the server ended before it listened:\n{log}")]
    Ended {
        /// What it wrote to stderr.
        log: String,
    },
    /// It said nothing.
    #[error("the server did not listen within {} s:\n{log}", START.as_secs())]
    Silent {
        /// What it wrote to stderr.
        log: String,
    },
    /// Its first line is not the promised one.
    #[error("the server's first line is {line:?}:\n{log}")]
    Line {
        /// What it wrote to stdout.
        line: String,
        /// What it wrote to stderr.
        log: String,
    },
}

impl Builder {
    /// Serves this site. Without any, and with a demo folder, the built-in demo site is served.
    #[must_use]
    pub fn site(mut self, site: SiteFile) -> Self {
        self.sites.push(site);
        self
    }

    /// Serves the demo page from this folder.
    #[must_use]
    pub fn demo(mut self, folder: &Path) -> Self {
        self.demo = Some(folder.to_owned());
        self
    }

    /// Starts the server on a free port.
    pub fn start(self) -> anyhow::Result<Placet> {
        let folder = TempDir::with_prefix("placet-e2e-").context("no temporary folder")?;
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut placet = Placet { folder, demo: self.demo, address, child: None, log: Log::default() };
        for site in &self.sites {
            placet.write_site(site)?;
        }
        placet.start()?;
        Ok(placet)
    }
}

impl Placet {
    /// A server to be.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens; the same after a restart.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its address as an origin.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The process, while it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Writes a site file, new or changed; the next start publishes it.
    pub fn write_site(&self, site: &SiteFile) -> anyhow::Result<()> {
        let sites = self.folder.path().join("sites");
        std::fs::create_dir_all(&sites)?;
        std::fs::write(sites.join(format!("{}.toml", site.id())), site.text())?;
        Ok(())
    }

    /// Starts it again, on the port and the data that it had.
    pub fn start(&mut self) -> Result<(), StartError> {
        let program = programs::server().map_err(|error| StartError::Spawn(io::Error::other(error)))?;
        let mut command = Command::new(program);
        command.arg("serve").arg("--data").arg(self.data());
        command.args(["--listen", &self.address.to_string(), "--log-format", "json"]);
        let sites = self.folder.path().join("sites");
        if sites.is_dir() {
            command.arg("--sites").arg(sites);
        }
        if let Some(demo) = &self.demo {
            command.arg("--demo").arg(demo);
        }
        without_settings(&mut command);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let follower = child.stderr.take().map(|stderr| self.log.follow(stderr));
        let first = child.stdout.take().map(first_line);
        self.child = Some(child);
        let line = match first.map(|line| line.recv_timeout(START)) {
            Some(Ok(line)) => line,
            Some(Err(RecvTimeoutError::Timeout)) => return Err(StartError::Silent { log: self.log.text() }),
            Some(Err(RecvTimeoutError::Disconnected)) | None => {
                self.kill();
                // Once it has ended its last words are read to the end.
                let _ = follower.map(JoinHandle::join);
                return Err(StartError::Ended { log: self.log.text() });
            }
        };
        let address = line.trim().strip_prefix("listening on http://").and_then(|address| address.parse().ok());
        self.address = address.ok_or_else(|| StartError::Line { line, log: self.log.text() })?;
        Ok(())
    }

    /// Ends it at once, as `kill -9` or a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself; then there is nothing to kill, and waiting is still right.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Asks it to end and waits until it did.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        let begin = std::time::Instant::now();
        while begin.elapsed() < STOP {
            if let Some(status) = child.try_wait()? {
                ensure!(status.success(), "the server ended with {status}:\n{}", self.log.text());
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.child = Some(child);
        anyhow::bail!("the server did not end within {} s:\n{}", STOP.as_secs(), self.log.text())
    }

    /// What `placet export --format jsonl` shows of a site: the records in log order.
    pub fn records(&self, site: &str) -> anyhow::Result<Vec<Value>> {
        let text = self.export(site, "jsonl")?;
        text.lines().map(|line| serde_json::from_str(line).with_context(|| format!("not JSON: {line}"))).collect()
    }

    /// What `placet export` prints in this format.
    pub fn export(&self, site: &str, format: &str) -> anyhow::Result<String> {
        let mut command = Command::new(programs::server()?);
        command.args(["export", "--site", site, "--format", format, "--data"]).arg(self.data());
        without_settings(&mut command);
        let output = command.stdin(Stdio::null()).output()?;
        ensure!(output.status.success(), "export failed: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    }

    /// All that it wrote to its log.
    #[must_use]
    pub fn log(&self) -> String {
        self.log.text()
    }

    /// Fails when the log holds a warning, an error, a panic, or anything that says who a visitor is.
    pub fn assert_log_clean(&self) -> anyhow::Result<()> {
        let log = self.log.text();
        for line in log.lines() {
            let entry: Value = serde_json::from_str(line).with_context(|| format!("a log line is not JSON: {line}\n{log}"))?;
            let level = entry.get("level").and_then(Value::as_str).unwrap_or("none");
            ensure!(["INFO", "DEBUG", "TRACE"].contains(&level), "the log holds a {level}: {line}");
            for word in ["Mozilla", "Chrome/", "placet-id=", "placet=1."] {
                ensure!(!line.contains(word), "the log says who a visitor is ({word}): {line}");
            }
        }
        Ok(())
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

impl Drop for Placet {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The server refuses variables that it does not know, and ours are not for it.
fn without_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("PLACET_")) {
            command.env_remove(name);
        }
    }
}

fn first_line(stdout: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            // The receiver takes one line and goes; the rest is read so that the pipe never fills.
            let _ = send.send(line);
        }
    });
    receive
}

#[derive(Debug, Default, Clone)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn follow(&self, stderr: impl Read + Send + 'static) -> JoinHandle<()> {
        let log = self.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let mut text = log.0.lock().unwrap_or_else(PoisonError::into_inner);
                text.push_str(&line);
                text.push('\n');
            }
        })
    }

    fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
