//! `placet serve`: settings, store, sites, then requests until a signal, then an orderly end.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::{App, Parts};
use crate::assets::{Assets, AssetsError};
use crate::clock::{Clock, SystemClock};
use crate::config::flags::Flags;
use crate::config::{self, Config, ConfigError, LogFormat, LogLevel};
use crate::demo::Demo;
use crate::http::envelope::RequestIds;
use crate::http::server;
use crate::log::writer;
use crate::publish::{PublishError, publish};
use crate::random::{self, Random, RandomError, SystemRandom};
use crate::routes;
use crate::routes::ready::Readiness;
use crate::site::origin::{Origin, OriginError};
use crate::site::{Site, SiteError};
use crate::sites::{LiveSite, Sites};
use crate::store::sqlite::SqliteStore;
use crate::store::{Store, StoreError};

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A site file.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A policy.
    #[error("site \"{0}\" cannot be published: {1}")]
    Publish(shared::id::SiteId, #[source] PublishError),
    /// The embedded widget.
    #[error(transparent)]
    Assets(#[from] AssetsError),
    /// Another program listens there.
    #[error("{0} is in use by another program: end that one, or choose another with --listen 127.0.0.1:PORT (port 0 takes any free one)")]
    Busy(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The address that it listens on is no origin.
    #[error("the listening address is no web origin: {0}")]
    Origin(#[from] OriginError),
    /// There is no randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The operating system does not let the program run.
    #[error("cannot run: {0}")]
    Runtime(#[source] io::Error),
}

/// The demo site's file, for `--demo` without `--sites`.
const DEMO_SITE: &str = include_str!("../../demo/demo.toml");

/// Serves until SIGTERM or SIGINT.
pub fn run(flags: Flags) -> Result<(), ServeError> {
    let config = settings(flags)?;
    start_log(&config);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServeError::Runtime)?;
    runtime.block_on(serve(config))
}

fn settings(flags: Flags) -> Result<Config, ConfigError> {
    config::gather(flags.config.clone(), flags.into())?.settle()
}

async fn serve(config: Config) -> Result<(), ServeError> {
    // Before anything is said to be ready, so that no signal is lost.
    let stop = stop().map_err(ServeError::Runtime)?;
    let sites = read_sites(&config)?;
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&config.data)?);
    let (clock, random): (Arc<dyn Clock>, Arc<dyn Random>) = (Arc::new(SystemClock), Arc::new(SystemRandom));
    let listener = listen(config.listen).await?;
    let address = listener.local_addr().map_err(|error| ServeError::Listen(config.listen, error))?;
    let own = own_origins(&config, address)?;
    let sites = publish_all(store.as_ref(), clock.as_ref(), sites, &own).await?;
    let (log, writer) = writer::start(Arc::clone(&store), writer::Limits::default());
    let app = App::from(Parts {
        sites,
        log,
        store: Arc::clone(&store),
        clock,
        random: Arc::clone(&random),
        assets: Arc::new(Assets::embedded()?),
        demo: config.demo.clone().map(Demo::new),
        request_ids: RequestIds::starting_at(random::bytes(random.as_ref())?),
        readiness: Readiness::default(),
    });
    announce(address);
    server::serve(listener, routes::router(app), server::Limits::default(), stop).await;
    // The router is gone and with it every handle of the log, so the writer finishes and ends.
    if writer.await.is_err() {
        tracing::error!("the log's writer failed");
    }
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

fn read_sites(config: &Config) -> Result<Vec<Site>, ServeError> {
    if let Some(folder) = &config.sites {
        return Ok(Site::read_all(folder)?);
    }
    let name = "demo.toml";
    let id = "demo".parse().map_err(|_| SiteError::Name { file: name.to_owned() })?;
    Ok(vec![Site::parse(&id, DEMO_SITE, name)?])
}

async fn publish_all(store: &dyn Store, clock: &dyn Clock, sites: Vec<Site>, own: &[Origin]) -> Result<Sites, ServeError> {
    let mut live = Vec::with_capacity(sites.len());
    for Site { origins, policy, gate } in sites {
        let id = policy.site.clone();
        let published = publish(store, clock, policy).await.map_err(|error| ServeError::Publish(id.clone(), error))?;
        live.push(LiveSite::new(id, &origins, own, published, gate));
    }
    Ok(live.into_iter().collect())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::Busy(address),
        _ => ServeError::Listen(address, error),
    })
}

/// What `"self"` means in a site file.
fn own_origins(config: &Config, address: SocketAddr) -> Result<Vec<Origin>, OriginError> {
    if let Some(public) = &config.public_url {
        return Ok(vec![public.origin.clone()]);
    }
    let mut own = vec![format!("http://{address}").parse()?];
    if address.ip().is_loopback() {
        own.push(format!("http://localhost:{}", address.port()).parse()?);
    }
    Ok(own)
}

fn announce(address: SocketAddr) {
    let mut out = io::stdout().lock();
    // Nobody may be reading; the server serves all the same.
    let _ = writeln!(out, "listening on http://{address}").and_then(|()| out.flush());
}

/// Resolves at the first SIGTERM or SIGINT.
fn stop() -> io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: finishing what was accepted");
    })
}

fn start_log(config: &Config) {
    let level = match config.log_level {
        LogLevel::Error => tracing::Level::ERROR,
        LogLevel::Warn => tracing::Level::WARN,
        LogLevel::Info => tracing::Level::INFO,
        LogLevel::Debug => tracing::Level::DEBUG,
    };
    let log = tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr).with_ansi(false).with_target(false);
    match config.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}
