//! The real binary on a free port, and the plainest of HTTP clients to talk to it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;

/// The `placet` command with an environment of its own.
pub(crate) fn placet() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_placet"));
    command.env_clear().stdin(Stdio::null());
    command
}

/// A serving binary; killed when dropped.
pub(crate) struct Running {
    child: Child,
    /// Kept open: a server whose standard output is closed would notice.
    _stdout: BufReader<ChildStdout>,
    log: Option<JoinHandle<String>>,
    pub(crate) address: String,
}

impl Running {
    /// Starts `placet serve` with the demo site on a free port. `folder` is made to hold the database
    /// in `data` and the demo page's files.
    pub(crate) fn start(folder: &Path, flags: &[&str]) -> Self {
        let mut command = placet();
        command.args(["serve", "--listen", "127.0.0.1:0", "--demo"]).arg(folder).arg("--data").arg(folder.join("data")).args(flags);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).unwrap();
            log
        });
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let Some(address) = line.trim().strip_prefix("listening on http://") else {
            panic!("the server said {line:?} and logged {:?}", log.join());
        };
        Self { address: address.to_owned(), child, _stdout: stdout, log: Some(log) }
    }

    pub(crate) fn terminate(&self) {
        let pid = libc::pid_t::try_from(self.child.id()).unwrap();
        #[expect(unsafe_code, reason = "the one way to send a signal; the child is ours and not yet waited for")]
        // SAFETY: `kill` touches no memory of ours.
        let sent = unsafe { libc::kill(pid, libc::SIGTERM) };
        assert_eq!(sent, 0);
    }

    /// Waits for the end; gives the exit status and what was logged.
    pub(crate) fn wait(mut self) -> (ExitStatus, String) {
        (self.child.wait().unwrap(), self.log.take().unwrap().join().unwrap())
    }

    /// Sends a request on a connection of its own; the whole answer as text.
    pub(crate) fn request(&self, head: &str, body: &str) -> std::io::Result<String> {
        request(&self.address, head, body)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `head` is the request line and headers without the length; the whole answer as text.
pub(crate) fn request(address: &str, head: &str, body: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    let head = head.trim().replace('\n', "\r\n");
    write!(stream, "{head}\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
