//! The host and path of an absolute web address, read as leniently as browsers do, since pages are
//! not ours. Must not know of patterns.

/// Where a request goes: the host in lower case and the path without the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    host: String,
    path: String,
}

impl Address {
    /// Reads `https:`, `http:`, `wss:`, `ws:` and scheme-relative (`//host/…`) addresses; `None` for
    /// all others. Names are taken as they stand: non-ASCII hosts must have been made ASCII, as
    /// browsers do when they report an address.
    #[must_use]
    pub fn of(url: &str) -> Option<Self> {
        let text = as_browsers_read(url);
        let rest = match text.split_once(':') {
            Some((scheme, rest)) if is_web(scheme) => rest,
            _ => text.as_str(),
        };
        let rest = rest.strip_prefix("//")?.trim_start_matches('/');
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at_checked(end)?;
        let host = host(authority)?;
        let path = tail.split(['?', '#']).next().filter(|path| !path.is_empty()).unwrap_or("/");
        Some(Self { host, path: path.to_owned() })
    }

    /// The host, in lower case, without a final dot.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The path, which begins with a slash.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// Browsers trim an address, drop tabs and line ends from it and take `\` for `/`.
fn as_browsers_read(url: &str) -> String {
    let trimmed = url.trim_matches(|c: char| c <= ' ');
    trimmed.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).map(|c| if c == '\\' { '/' } else { c }).collect()
}

fn is_web(scheme: &str) -> bool {
    ["https", "http", "wss", "ws"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// What stands before `@` is a user's name, however much it looks like a host.
fn host(authority: &str) -> Option<String> {
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}
