//! `cargo xtask demo`: builds what is missing and runs the demo site until it is interrupted.

use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::signal::unix::{SignalKind, signal};

use super::server::Server;
use super::{Place, build, command, npm};

/// How the demo runs.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder of the database; made when it is missing.
    #[arg(long, default_value = "placet-data")]
    data: PathBuf,
    /// Opens the page in the browser.
    #[arg(long)]
    open: bool,
}

/// Runs the demo until it is interrupted.
pub(crate) fn run(place: &Place, options: &Options) -> anyhow::Result<()> {
    check_port(options.port)?;
    check_data(&options.data)?;
    build::all(place)?;
    let page = folder(place)?;
    let listen = format!("127.0.0.1:{}", options.port);
    let server = Server::start(place, &listen, &options.data, &page, "warn")?;
    println!("{}", what_to_try(place, &server.authority, &options.data));
    if options.open {
        open(&format!("http://{}/", server.authority));
    }
    until_interrupted(server)
}

/// Fills the demo's folder: the page and the packages that it loads.
fn folder(place: &Place) -> anyhow::Result<PathBuf> {
    let folder = place.target.join("demo");
    npm::install(place, "e2e")?;
    command::run(place.program("node", "").arg("e2e/demo.mjs").arg(&folder))?;
    Ok(folder)
}

fn check_port(port: u16) -> anyhow::Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!("port {port} is taken by another program: stop it, or choose another port with --port {}", other(port))
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            bail!("port {port} may not be used by you: choose one above 1023 with --port 8080")
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on 127.0.0.1:{port}")),
    }
}

fn other(port: u16) -> u16 {
    port.checked_add(1).unwrap_or(8080)
}

fn check_data(data: &Path) -> anyhow::Result<()> {
    let probe = data.join(".write-probe");
    let tried = fs::create_dir_all(data).and_then(|()| fs::write(&probe, [])).and_then(|()| fs::remove_file(&probe));
    if let Err(error) = tried {
        bail!("cannot write to the data folder {} ({error}): choose another folder with --data", data.display());
    }
    Ok(())
}

fn what_to_try(place: &Place, authority: &str, data: &Path) -> String {
    let program = place.server();
    let (program, data) = (program.display(), data.display());
    format!(
        "
Placet's demo is running.

  Visit   http://{authority}/
  Choose  Reject all, Accept all or Choose; the panel on the page shows what each of them sets in motion
  Look    in a second terminal:
          {program} export --site demo --format jsonl --data {data}
  Tag     <script src=\"http://{authority}/s/demo.js\"></script>
  Stop    Ctrl-C; the records stay in {data}
"
    )
}

fn open(address: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if std::process::Command::new(opener).arg(address).spawn().is_err() {
        println!("No browser could be opened from here: visit {address} yourself.");
    }
}

/// Ctrl-C reaches the server by itself, a SIGTERM only us; either way it is waited for.
fn until_interrupted(mut server: Server) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start")?;
    let asked_to_stop = runtime.block_on(async {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        loop {
            tokio::select! {
                _ = interrupt.recv() => return anyhow::Ok(true),
                _ = terminate.recv() => return Ok(true),
                () = tokio::time::sleep(Duration::from_millis(200)) => if server.ended()?.is_some() { return Ok(false) },
            }
        }
    })?;
    if asked_to_stop {
        server.terminate();
    }
    let status = server.wait()?;
    if !status.success() {
        bail!("the server ended with {status}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_gets_a_sentence_that_names_another_one() {
        let busy = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = busy.local_addr().unwrap().port();
        let said = check_port(port).unwrap_err().to_string();
        assert!(said.contains("is taken") && said.contains(&format!("--port {}", other(port))), "{said}");
    }

    #[test]
    fn a_data_folder_that_cannot_be_written_gets_a_sentence_that_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "no folder").unwrap();
        let said = check_data(&file.join("data")).unwrap_err().to_string();
        assert!(said.contains("choose another folder with --data"), "{said}");
        assert!(check_data(&folder.path().join("new/data")).is_ok());
    }
}
