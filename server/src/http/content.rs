//! Bytes that many visitors get: compressed once, with a strong validator for each form, answered
//! with 304 to whoever has them. Must not know what the bytes are.

use std::io::Write as _;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::digest::Digest;

/// Bytes in every form in which they are sent.
#[derive(Debug, Clone)]
pub struct Content {
    media_type: &'static str,
    plain: Form,
    brotli: Option<Form>,
    gzip: Option<Form>,
}

#[derive(Debug, Clone)]
struct Form {
    bytes: Bytes,
    etag: HeaderValue,
}

impl Content {
    /// Bytes that are not worth compressing.
    #[must_use]
    pub fn plain(media_type: &'static str, bytes: Bytes) -> Self {
        Self { media_type, plain: Form::new(bytes), brotli: None, gzip: None }
    }

    /// Bytes whose compressed forms are known.
    #[must_use]
    pub fn precompressed(media_type: &'static str, plain: Bytes, brotli: Bytes, gzip: Bytes) -> Self {
        Self { media_type, plain: Form::new(plain), brotli: Some(Form::new(brotli)), gzip: Some(Form::new(gzip)) }
    }

    /// Compresses as tightly as it goes: tens of milliseconds, so not on an async thread.
    #[must_use]
    pub fn compress(media_type: &'static str, bytes: Vec<u8>) -> Self {
        let brotli = tight(&bytes, brotli);
        let gzip = tight(&bytes, gzip);
        Self { media_type, plain: Form::new(bytes.into()), brotli, gzip }
    }

    /// The answer to a request with `headers`, in the best form that it takes.
    #[must_use]
    pub fn respond(&self, headers: &HeaderMap, cache: &'static str) -> Response {
        let (form, encoding) = self.choose(headers);
        let mut response = if is_known(headers, &form.etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = Response::new(Body::from(form.bytes.clone()));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
            if let Some(encoding) = encoding {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            response
        };
        let answer = response.headers_mut();
        answer.insert(header::ETAG, form.etag.clone());
        answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        answer.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
        response
    }

    fn choose(&self, headers: &HeaderMap) -> (&Form, Option<&'static str>) {
        let accepted = |name| accepts(headers, name);
        match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepted("br") => (brotli, Some("br")),
            (_, Some(gzip)) if accepted("gzip") => (gzip, Some("gzip")),
            _ => (&self.plain, None),
        }
    }
}

impl Form {
    fn new(bytes: Bytes) -> Self {
        let digest = Digest::of(&bytes).to_string();
        let short = digest.get(..32).unwrap_or(&digest);
        // Hexadecimal digits in quotes are always a header value.
        let etag = HeaderValue::from_str(&format!("\"{short}\"")).unwrap_or_else(|_| HeaderValue::from_static("\"\""));
        Self { bytes, etag }
    }
}

fn tight(bytes: &[u8], compress: fn(&[u8]) -> std::io::Result<Vec<u8>>) -> Option<Form> {
    let small = compress(bytes).ok()?;
    (small.len() < bytes.len()).then(|| Form::new(small.into()))
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    writer.write_all(bytes)?;
    writer.flush()?;
    Ok(writer.into_inner())
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}

/// Whether the client takes that encoding: it is listed, and not with a weight of zero.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let listed = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    listed.flat_map(|value| value.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts.filter_map(|part| part.strip_prefix("q=")).any(|weight| weight.parse().is_ok_and(|weight: f32| weight <= 0.0));
        named && !refused
    })
}

fn is_known(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let listed = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    // `If-None-Match` compares weakly: a proxy that weakened the validator still has the bytes.
    listed.flat_map(|value| value.split(',')).map(str::trim).any(|item| {
        let item = item.strip_prefix("W/").unwrap_or(item);
        item == "*" || item.as_bytes() == etag.as_bytes()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        Content::compress("text/plain", b"placet ".repeat(100))
    }

    fn with(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn the_tightest_form_that_the_client_takes_is_sent() {
        for (accepted, sent) in [
            ("gzip, deflate, br", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, GZIP;q=0.5", Some("gzip")),
            ("identity", None),
            ("br;q=0.0", None),
        ] {
            let response = content().respond(&with(header::ACCEPT_ENCODING, accepted), "no-cache");
            let encoding = response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap());
            assert_eq!(encoding, sent, "{accepted}");
        }
    }

    #[test]
    fn who_has_the_bytes_gets_304_and_each_form_has_its_own_validator() {
        let plain = content().respond(&HeaderMap::new(), "no-cache").headers()[header::ETAG].clone();
        let packed = content().respond(&with(header::ACCEPT_ENCODING, "br"), "no-cache").headers()[header::ETAG].clone();
        assert_ne!(plain, packed);
        let known = format!("\"other\", W/{}", plain.to_str().unwrap());
        let response = content().respond(&with(header::IF_NONE_MATCH, &known), "no-cache");
        assert_eq!((response.status(), response.headers()[header::ETAG].clone()), (StatusCode::NOT_MODIFIED, plain));
        assert_eq!(content().respond(&with(header::IF_NONE_MATCH, "\"other\""), "no-cache").status(), StatusCode::OK);
    }

    #[test]
    fn compressed_bytes_are_the_same_bytes() {
        use std::io::Read as _;
        let content = content();
        let mut unpacked = Vec::new();
        brotli::Decompressor::new(&content.brotli.as_ref().unwrap().bytes[..], 4096).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, content.plain.bytes);
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&content.gzip.as_ref().unwrap().bytes[..]).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, content.plain.bytes);
    }
}
