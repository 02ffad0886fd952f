//! Writes the little JSON that the loader's data needs. What it writes is JavaScript as well. Must not know what it writes.

use core::fmt::Write as _;

/// A string literal.
pub(super) fn text(value: &str) -> String {
    let mut literal = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            // The separators end a line in JavaScript before ES2019.
            c if c < ' ' || matches!(c, '\u{2028}' | '\u{2029}') => {
                // Writing into a text cannot fail.
                let _ = write!(literal, "\\u{:04x}", u32::from(c));
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// JSON that a script may hold: the separators end a line in JavaScript before ES2019.
pub(super) fn as_script(json: &str) -> String {
    json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

pub(super) fn list(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<_> = items.into_iter().collect();
    ["[", &items.join(","), "]"].concat()
}

pub(super) fn object(fields: &[(&str, String)]) -> String {
    let fields: Vec<_> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    ["{", &fields.join(","), "}"].concat()
}
