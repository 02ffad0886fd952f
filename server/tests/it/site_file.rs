//! Site files: the sample is right, and each fault is named with its place and what to write.

use std::fmt::Write as _;

use server::site::Site;
use shared::policy::change::{Change, between};

const SAMPLE: &str = include_str!("../../demo/demo.toml");

fn check(text: &str) -> Result<Site, String> {
    Site::parse(&"demo".parse().unwrap(), text, "demo.toml").map_err(|error| error.to_string())
}

#[test]
fn the_sample_is_right_and_becomes_this_policy() {
    let mut policy = check(SAMPLE).unwrap().policy;
    assert_eq!(policy.texts.keys().map(shared::id::Language::as_str).collect::<Vec<_>>(), ["cy", "en"]);
    // The built-in words are the subject of their own test, and may be reworded.
    policy.texts.clear();
    insta::assert_json_snapshot!(policy);
}

#[test]
fn every_fault_is_named_with_its_place_and_what_to_write() {
    let faults = [
        ("an unknown key", "validity_days = 180", "validity = 180"),
        ("a missing key", "default_language = \"en\"", ""),
        ("no origin", "[\"self\"]", "[]"),
        ("an origin with a path", "[\"self\"]", "[\"self\", \"https://riverside.example/school\"]"),
        ("a default language that is not offered", "default_language = \"en\"", "default_language = \"de\""),
        ("a language twice", "[\"en\", \"cy\"]", "[\"en\", \"cy\", \"en\"]"),
        ("a language without words", "[\"en\", \"cy\"]", "[\"en\", \"cy\", \"de\"]"),
        ("a language that is none", "[\"en\", \"cy\"]", "[\"en\", \"c y\"]"),
        ("con_13: a validity over 395 days", "validity_days = 180", "validity_days = 396"),
        ("con_13: no validity", "validity_days = 180", "validity_days = 0"),
        ("an e-mail address that is none", "privacy@riverside.example", "privacy"),
        ("a notice that cannot be followed", "notice_url = \"https://", "notice_url = \"www."),
        ("a controller without a name", "name = \"Riverside School\"\n", "name = \" \"\n"),
        ("a purpose id with a space", "id = \"media\"", "id = \"me dia\""),
        ("a purpose twice", "id = \"media\"", "id = \"analytics\""),
        ("a mode that is none", "mode = \"consent\"", "mode = \"legitimate\""),
        ("a text without the default language", "name = { en = \"Statistics\", ", "name = { "),
        ("a text in a language that is not offered", "name = { en = \"Statistics\",", "name = { en = \"Statistics\", de = \"Statistik\","),
        ("an empty text", "en = \"Statistics\"", "en = \"\""),
        ("a service for a purpose that is not there", "purpose = \"media\"", "purpose = \"ads\""),
        ("a service twice", "id = \"snowplow\"", "id = \"posthog\""),
        ("epd_06: a tracker declared necessary", "{ name = \"session\", kind", "{ name = \"_ga\", kind"),
        ("a country that is none", "country = \"EE\"", "country = \"Estonia\""),
        ("a kind of storage that is none", "kind = \"session_storage\"", "kind = \"memory\""),
        ("an address with a scheme", "urls = []", "urls = [\"https://plausible.io\"]"),
        ("a host of the gate with a path", "[controller]", "[gate]\nhosts = [\"cdn.example/lib/\"]\n\n[controller]"),
        ("an unknown key of the gate", "[controller]", "[gate]\nhost = \"cdn.example\"\n\n[controller]"),
        ("gpc_04: a statement without a day", "[controller]", "gpc = true\n\n[controller]"),
        ("gpc_04: a day without a statement", "[controller]", "gpc_since = 2026-11-25\n\n[controller]"),
        ("gpc_04: a time for a day", "[controller]", "gpc = true\ngpc_since = 2026-11-25T10:00:00\n\n[controller]"),
        ("an address with a star", "urls = []", "urls = [\"*.snowplow.io\"]"),
        ("a negative duration", "days = 0 },\n  { name = \"placet\"", "days = -1 },\n  { name = \"placet\""),
    ];
    let mut text = String::new();
    for (name, good, bad) in faults {
        assert!(SAMPLE.contains(good), "{name}");
        writeln!(text, "{name}\n  {}", check(&SAMPLE.replacen(good, bad, 1)).unwrap_err()).unwrap();
    }
    for (name, more) in [
        ("an unknown word", "[texts.en]\nacept_all = \"Yes\"\n"),
        ("words in a language that is not offered", "[texts.de]\naccept_all = \"Alle\"\n"),
        ("tags of a tool that is not understood", "[tags]\nklaro = true\ncookibot = true\n"),
        ("a tag for a purpose that is not there", "[tags]\nklaro = { matomo = \"statistics\" }\n"),
        ("a tag for a service that is not there, in a list", "[tags]\nklaro = { matomo = [\"analytics\", \"matomo\"] }\n"),
        ("a tag for nothing", "[tags]\nklaro = { matomo = [] }\n"),
        ("a tag for a number", "[tags]\nklaro = { matomo = 1 }\n"),
        ("tags that are false", "[tags]\nklaro = false\n"),
        ("tags that are a text", "[tags]\nklaro = \"yes\"\n"),
    ] {
        writeln!(text, "{name}\n  {}", check(&format!("{SAMPLE}{more}")).unwrap_err()).unwrap();
    }
    writeln!(text, "nothing to ask\n  {}", check(&SAMPLE.replace("mode = \"consent\"", "mode = \"necessary\"")).unwrap_err()).unwrap();
    let waits = SAMPLE.replacen("urls = []", "urls = [\"posthog.com\"]", 1);
    let open = waits.replacen("[controller]", "[gate]\nhosts = [\"eu.posthog.com\"]\n\n[controller]", 1);
    writeln!(text, "a host of the gate that a service waits for\n  {}", check(&open).unwrap_err()).unwrap();
    insta::assert_snapshot!(text);
}

#[test]
fn an_owner_may_replace_any_word_and_keeps_the_others() {
    let own = check(&format!("{SAMPLE}[texts.cy]\naccept_all = \"Iawn\"\n")).unwrap().policy;
    let usual = check(SAMPLE).unwrap().policy;
    let (english, welsh) = ("en".parse().unwrap(), "cy".parse().unwrap());
    assert_eq!(own.texts[&welsh].accept_all, "Iawn");
    assert_eq!(own.texts[&welsh].reject_all, usual.texts[&welsh].reject_all);
    assert_eq!(own.texts[&english], usual.texts[&english]);
    assert_eq!(between(&usual, &own), Change::Editorial);
}

#[test]
fn a_language_that_is_not_built_in_can_bring_all_its_words() {
    let words: Vec<_> = shared::texts::Texts::NAMES.iter().map(|name| format!("{name} = \"das Wort {name}\"")).collect();
    let text = SAMPLE.replace("[\"en\", \"cy\"]", "[\"en\", \"cy\", \"de\"]") + "[texts.de]\n" + &words.join("\n");
    assert_eq!(check(&text).unwrap().policy.texts[&"de".parse().unwrap()].save, "das Wort save");
}

#[test]
fn con_13_a_choice_holds_180_days_when_the_file_does_not_say() {
    assert_eq!(check(&SAMPLE.replace("validity_days = 180\n", "")).unwrap().policy.validity_days, 180);
}

#[test]
fn the_order_of_a_file_without_meaning_does_not_change_the_policy() {
    let reordered = SAMPLE
        .replace("languages = [\"en\", \"cy\"]\n", "")
        .replace("default_language = \"en\"", "languages = [\"en\", \"cy\"]\ndefault_language = \"en\"");
    assert_eq!(check(&reordered).unwrap().policy.canonical_json().unwrap(), check(SAMPLE).unwrap().policy.canonical_json().unwrap());
}

#[test]
fn a_service_is_reached_where_the_file_says_and_else_where_the_library_does() {
    let urls = |text: &str, id: &str| {
        let gate = check(text).unwrap().gate;
        gate.urls.get(&id.parse().unwrap()).map(|urls| urls.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let own = SAMPLE.replacen("urls = []", "urls = [\"posthog.com\", \"/collect/\"]", 1);
    assert_eq!(urls(&own, "posthog").unwrap(), ["posthog.com", "/collect/"]);
    assert_eq!(urls(&SAMPLE.replace("urls = []\n", ""), "plausible").unwrap(), ["plausible.io"]);
    assert_eq!(urls(SAMPLE, "plausible"), None);
    assert_eq!(urls(SAMPLE, "lesson-videos"), None);
}

#[test]
fn where_a_service_is_reached_is_not_what_the_visitor_was_shown() {
    let other = SAMPLE.replace("urls = []", "urls = [\"stats.example\"]");
    assert_eq!(check(&other).unwrap().policy, check(SAMPLE).unwrap().policy);
}

#[test]
fn a_files_name_must_be_a_site_id() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("River Side.toml");
    std::fs::write(&path, SAMPLE).unwrap();
    assert!(Site::read(&path).unwrap_err().to_string().contains("the file's name is the site's id"));
}
