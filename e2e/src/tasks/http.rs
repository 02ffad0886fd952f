//! A small HTTP client for the server on this machine: one kept-open connection, one request at a time.

use anyhow::Context as _;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// One connection to a server.
pub(crate) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    authority: String,
}

/// What came back.
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: StatusCode,
    /// The body as it came over the wire, compressed or not.
    pub(crate) body: Bytes,
}

impl Connection {
    /// Connects to `authority`, for example `127.0.0.1:8080`.
    pub(crate) async fn open(authority: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(authority).await.with_context(|| format!("cannot connect to {authority}"))?;
        stream.set_nodelay(true).context("cannot set up the connection")?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.context("cannot set up the connection")?;
        // Its error comes out of `send` too, where it belongs to a request.
        tokio::spawn(async move { drop(connection.await) });
        Ok(Self { sender, authority: authority.to_owned() })
    }

    /// Sends a GET that takes one content coding (`br`, `gzip`, `identity`).
    pub(crate) async fn get(&mut self, path: &str, coding: &'static str) -> anyhow::Result<Answer> {
        self.send(Method::GET, path, &[("accept-encoding", coding)], Bytes::new()).await
    }

    /// Sends a request and reads the whole answer.
    pub(crate) async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Bytes) -> anyhow::Result<Answer> {
        let mut request = Request::builder().method(method).uri(path).header("host", &self.authority);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(body)).context("the request is malformed")?;
        self.sender.ready().await.context("the server closed the connection")?;
        let answer = self.sender.send_request(request).await.with_context(|| format!("no answer to {path}"))?;
        let status = answer.status();
        let body = answer.into_body().collect().await.with_context(|| format!("the answer to {path} broke off"))?.to_bytes();
        Ok(Answer { status, body })
    }
}
