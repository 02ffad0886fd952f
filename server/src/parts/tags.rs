//! What the parts `tags` and `tarteaucitron` work on. Must not know how they do it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::site::tags::{Names, Reading, Tags};

/// Embeds that tarteaucitron makes of an empty element: its class, the service's name, where the embed
/// is, and the attribute with what follows there.
const EMBEDS: [(&str, &str, &str, &str); 4] = [
    ("youtube_player", "youtube", "https://www.youtube-nocookie.com/embed/", "videoID"),
    ("vimeo_player", "vimeo", "https://player.vimeo.com/video/", "videoID"),
    ("dailymotion_player", "dailymotion", "https://www.dailymotion.com/embed/video/", "videoID"),
    ("tac_iframe", "iframe", "", "url"),
];

/// `[[[attribute, separator, live, [[name, keys], …], address, …], …], marks, buttons]`: each key is a
/// purpose or `purpose/service`, several are separated by commas, and 0 is for what does not wait. The last two
/// are selectors, `marks` to be put behind another.
pub(super) fn tags(tags: &Tags) -> Option<Value> {
    let buttons = tags.in_use().map(|tool| tool.buttons).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(",");
    let row = |(attribute, reading): (&&str, &Reading)| {
        let row = [json!(attribute), json!(reading.separator), json!(u8::from(reading.live)), pairs(&reading.names)];
        row.into_iter().chain(reading.urls.iter().map(|url| json!(url))).collect::<Vec<_>>()
    };
    let rows: Vec<_> = tags.attributes.iter().map(row).collect();
    let marks: String = tags.attributes.keys().map(|attribute| mark(attribute)).collect();
    (!buttons.is_empty()).then(|| json!([rows, marks, buttons]))
}

/// One tool marks by a class that begins with a fixed text.
fn mark(attribute: &str) -> String {
    if attribute == "class" { ",[class*=optanon-category-]".to_owned() } else { format!(",[{attribute}]") }
}

/// `[[[name, keys], …], [[class, keys, address, attribute], …]]`, for services that scripts ask for.
pub(super) fn queue(tags: &Tags) -> Option<Value> {
    let tool = tags.in_use().find(|tool| tool.queue)?;
    let names = tags.tools.get(tool.name)?;
    let embed = |(class, name, address, attribute): &(&str, &str, &str, &str)| {
        let keys = names.get(*name)?;
        Some(json!([class, joined(keys), address, attribute]))
    };
    Some(json!([pairs(names), EMBEDS.iter().filter_map(embed).collect::<Vec<_>>()]))
}

fn pairs(names: &Names) -> Value {
    let pair = |(name, keys): (&String, &BTreeSet<String>)| json!([name, if keys.is_empty() { json!(0) } else { json!(joined(keys)) }]);
    names.iter().map(pair).collect()
}

fn joined(keys: &BTreeSet<String>) -> String {
    keys.iter().map(String::as_str).collect::<Vec<_>>().join(",")
}
