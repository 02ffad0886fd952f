//! The header of Global Privacy Control, as its specification reads it.

use axum::http::HeaderMap;

/// Whether the request carries the signal: a `Sec-GPC` whose value is exactly `1`. Other values are no
/// signal, and do not take away that of another header of the name (GPC-01).
#[must_use]
pub fn is_sent(headers: &HeaderMap) -> bool {
    headers.get_all("sec-gpc").iter().any(|value| value.as_bytes() == b"1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gpc_01_exactly_one_is_the_signal_and_everything_else_is_none() {
        for (values, sent) in [
            (&["1"][..], true),
            (&["0"], false),
            (&["true"], false),
            (&[" 1"], false),
            (&["1,1"], false),
            (&[""], false),
            (&["0", "1"], true),
            (&["1", "1"], true),
            (&[], false),
        ] {
            let headers: HeaderMap = values.iter().map(|value| ("sec-gpc".parse().unwrap(), value.parse().unwrap())).fold(
                HeaderMap::new(),
                |mut headers, (name, value): (axum::http::HeaderName, axum::http::HeaderValue)| {
                    headers.append(name, value);
                    headers
                },
            );
            assert_eq!(is_sent(&headers), sent, "{values:?}");
        }
    }
}
