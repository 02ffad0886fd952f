//! A web origin (RFC 6454): scheme, host and port, in the one form that browsers send.

use core::fmt;
use core::str::FromStr;

/// A web origin, for example `https://riverside.example` or `http://localhost:8080`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin(String);

/// A text is no web origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a web origin is http:// or https://, a host and perhaps a port, and nothing after it: https://riverside.example")]
pub struct OriginError;

impl Origin {
    /// The text as browsers send it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and port, as a `Host` header names them.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or(self.0.as_str(), |(_, authority)| authority)
    }

    /// The host, without the port.
    #[must_use]
    pub fn host(&self) -> &str {
        let authority = self.authority();
        match authority.rsplit_once(':') {
            Some((host, _)) if !authority.ends_with(']') => host,
            _ => authority,
        }
    }

    /// Whether its pages come over TLS, so that their cookies can be kept from plain connections.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let text = text.to_ascii_lowercase();
        let (scheme, authority) = text.split_once("://").ok_or(OriginError)?;
        let default_port = match scheme {
            "https" => ":443",
            "http" => ":80",
            _ => return Err(OriginError),
        };
        let authority = authority.strip_suffix(default_port).unwrap_or(authority);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !authority.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port_is_right = port.is_none_or(|port| !port.starts_with('0') && port.parse::<u16>().is_ok());
        if is_host(host) && port_is_right { Ok(Self(format!("{scheme}://{authority}"))) } else { Err(OriginError) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'_');
    !host.is_empty() && host.len() <= 253 && host.bytes().all(allowed) && host.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_takes_the_form_that_browsers_send() {
        for (written, sent) in [
            ("https://Riverside.example", "https://riverside.example"),
            ("https://riverside.example:443", "https://riverside.example"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(written.parse::<Origin>().unwrap().as_str(), sent);
        }
    }

    #[test]
    fn an_origins_host_has_no_port() {
        for (origin, host) in [
            ("https://riverside.example", "riverside.example"),
            ("http://localhost:8080", "localhost"),
            ("http://[::1]:8080", "[::1]"),
            ("http://[::1]", "[::1]"),
        ] {
            assert_eq!(origin.parse::<Origin>().unwrap().host(), host);
        }
    }

    #[test]
    fn a_path_a_wildcard_or_another_scheme_is_no_origin() {
        for text in [
            "",
            "null",
            "https://",
            "https://a/",
            "https://*.a.example",
            "ftp://a",
            "https://a:0",
            "https://a:",
            "https://u@a",
            "https://a..b",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(OriginError), "{text}");
        }
    }
}
