//! What the library promises: valid facts, addresses told apart, and a table in the docs.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;

use super::{Address, Group, Library, Pattern, Purpose, Service};

#[test]
fn the_library_holds_at_least_130_services_and_most_were_verified() {
    let library = library();
    assert!(library.services().len() >= 130, "{} services", library.services().len());
    let verified = library.services().iter().filter(|service| !service.unverified).count();
    assert!(verified >= 130, "{verified} verified services");
}

#[test]
fn every_service_states_its_recipient_country_and_source_con_07() {
    for service in library().services() {
        let id = &service.id;
        assert!(!service.name.trim().is_empty() && !service.recipient.trim().is_empty(), "{id} is not named");
        assert!(service.country.len() == 2 && service.country.bytes().all(|byte| byte.is_ascii_uppercase()), "{id}: {}", service.country);
        for url in [&service.policy_url, &service.source] {
            assert!(url.starts_with("https://") && Address::of(url).is_some() && !url.contains(char::is_whitespace), "{id}: {url}");
        }
        assert!(!service.urls.is_empty(), "{id} is reached nowhere");
        assert!(service.checked.year() >= 2024, "{id} was checked too long ago");
    }
}

#[test]
fn what_a_service_stores_is_named_once_and_only_when_a_source_was_seen() {
    for service in library().services() {
        let id = &service.id;
        assert!(!service.unverified || service.storage.is_empty(), "{id} states storage without a source");
        let items: BTreeSet<_> = service.storage.iter().map(|item| (item.kind.as_str(), item.name.as_str())).collect();
        assert_eq!(items.len(), service.storage.len(), "{id} stores something twice");
        for item in &service.storage {
            assert!(!item.name.is_empty() && item.name.chars().all(|c| c.is_ascii_graphic()) && item.name != "*", "{id}: {:?}", item.name);
        }
        for name in &service.ambiguous {
            assert!(service.storage.iter().any(|item| item.name == *name), "{id} calls {name} ambiguous but does not store it");
        }
    }
}

#[test]
fn a_group_holds_services_and_advertising_serves_marketing() {
    let library = library();
    for group in Group::ALL {
        assert!(library.services().iter().any(|service| service.group == group), "{} is empty", group.as_str());
    }
    let ads = library.services().iter().filter(|service| matches!(service.group, Group::Advertising | Group::Affiliate));
    for service in ads {
        assert!(service.advertising && service.purpose == Purpose::Marketing, "{}", service.id);
    }
}

#[test]
fn services_are_found_by_their_id() {
    let library = library();
    for service in library.services() {
        assert_eq!(library.find(&service.id).map(|found| &found.name), Some(&service.name));
    }
    assert!(library.find(&"no-such-service".parse().unwrap()).is_none());
}

#[test]
fn google_analytics_is_known_to_serve_its_makers_purposes_uk_05() {
    let library = library();
    let service = library.find(&"google-analytics".parse().unwrap()).unwrap();
    assert!(service.own_purposes && service.purpose == Purpose::Analytics);
    let replays = library.services().iter().filter(|service| service.session_replay).map(|service| service.id.as_str());
    assert!(replays.collect::<Vec<_>>().contains(&"microsoft-clarity"));
}

#[test]
fn an_address_belongs_to_the_service_with_the_longest_pattern() {
    let library = library();
    for (url, id) in [
        ("https://www.google-analytics.com/g/collect?v=2", "google-analytics"),
        ("https://region1.google-analytics.com/g/collect", "google-analytics"),
        ("https://www.google-analytics.com/analytics.js", "google-universal-analytics"),
        ("https://www.googletagmanager.com/gtm.js?id=GTM-1", "google-tag-manager"),
        ("https://www.googletagmanager.com/gtag/js?id=G-1", "google-analytics"),
        ("https://www.google.com/recaptcha/api.js", "recaptcha"),
        ("https://www.google.com/maps/embed?pb=1", "google-maps"),
        ("https://www.facebook.com/tr?id=1", "meta-pixel"),
        ("https://www.facebook.com/plugins/page.php", "facebook-plugins"),
        ("https://www.youtube-nocookie.com/embed/x", "youtube"),
        ("https://player.vimeo.com/video/1", "vimeo"),
        ("https://adobedc.demdex.net/ee/v1/interact", "adobe-web-sdk"),
        ("https://dpm.demdex.net/id", "adobe-audience-manager"),
        ("https://pixel.byspotify.com/ping", "spotify-pixel"),
        ("https://open.spotify.com/embed/track/1", "spotify-embed"),
        ("wss://ws.hotjar.com/api/v2/client/ws", "hotjar"),
        ("//plausible.io/js/script.js", "plausible"),
        ("HTTPS://PLAUSIBLE.IO/js/script.js", "plausible"),
        ("https://plausible.io", "plausible"),
        ("https://plausible.io:443/js/", "plausible"),
        ("https://plausible.io./js/", "plausible"),
        ("https://user:word@plausible.io/js/", "plausible"),
        ("\u{1}\n https:\\\\plausible.io\\js\\script.js ", "plausible"),
        ("https:////plau\tsible.io/js/", "plausible"),
    ] {
        assert_eq!(library.matching(url).map(|service| service.id.as_str()), Some(id), "{url}");
    }
}

#[test]
fn an_address_that_only_looks_like_a_services_belongs_to_none() {
    let library = library();
    for url in [
        "https://notgoogle-analytics.com/collect",
        "https://google-analytics.com.evil.example/collect",
        "https://google-analytics.com@evil.example/",
        "https://evil.example/google-analytics.com/",
        "https://evil.example/?https://plausible.io/",
        "https://evil.example#@plausible.io/",
        "https://www.google.com/search?q=recaptcha",
        "https://www.google.com",
        "javascript:https://plausible.io/",
        "data:text/html,//plausible.io/",
        "plausible.io/js/script.js",
        "/plausible.io/js/script.js",
        "https:plausible.io",
        "https://",
        "https://@:/",
        "//",
        "",
    ] {
        assert_eq!(library.matching(url).map(|service| service.id.as_str()), None, "{url}");
    }
}

#[test]
fn a_pattern_is_a_host_in_lower_case_and_perhaps_a_path() {
    for text in ["example.com", "a.example.com/embed", "example.com/a/b/", "xn--bcher-kva.example"] {
        assert_eq!(Pattern::try_from(text.to_owned()).map(|pattern| pattern.to_string()), Ok(text.to_owned()));
    }
    for text in [
        "",
        "com",
        "Example.com",
        "https://example.com",
        "example.com/",
        "*.example.com",
        ".example.com",
        "example..com",
        "a.b/?x",
        "a.b/ x",
    ] {
        assert!(Pattern::try_from(text.to_owned()).is_err(), "{text}");
    }
}

#[test]
fn known_trackers_are_told_by_their_cookies_names_epd_06() {
    let library = library();
    let names: BTreeSet<_> = library.tracker_names().collect();
    for name in ["_ga", "_ga_*", "_gid", "_fbp", "_clck", "MUID", "_uetsid", "_pk_id*", "_hjSessionUser_*", "hubspotutk", "cto_bundle"] {
        assert!(names.contains(name), "{name} is not known");
    }
    for name in ["uid", "i", "guest_id", "token", "vuid", "player", "_GRECAPTCHA", "intercom-session-*"] {
        assert!(!names.contains(name), "{name} is no tracker's alone");
    }
}

#[test]
fn a_name_that_gives_a_tracker_away_is_not_a_word_that_anyone_may_use_epd_06() {
    for name in library().tracker_names() {
        let letters = name.replace('*', "");
        let is_word = letters.len() < 7 && letters.chars().all(|c| c.is_ascii_lowercase());
        let is_short = letters.len() < 3 || letters.len() < 4 && !letters.contains('_');
        assert!(!is_word && !is_short, "{name} is too common to refuse a site for");
    }
}

proptest! {
    #[test]
    fn hostile_addresses_do_not_panic(url in "\\PC*") {
        let _ = library().matching(&url);
    }

    #[test]
    fn hostile_addresses_that_begin_well_do_not_panic(
        scheme in prop::sample::select(vec!["https://", "//", "wss:\\\\", "http:/"]),
        rest in "[a-zé0-9.:@/?#%\\[\\]\\\\ \t-]{0,40}",
    ) {
        let _ = library().matching(&format!("{scheme}{rest}"));
    }

    #[test]
    fn a_longer_host_is_another_host(prefix in "[a-z0-9-]{1,10}", suffix in "[a-z]{2,10}") {
        let library = library();
        for host in [format!("{prefix}google-analytics.com"), format!("google-analytics.com.{suffix}.example")] {
            let other = format!("https://{host}/g/collect");
            prop_assert!(library.matching(&other).is_none());
        }
        let below = format!("https://{prefix}.google-analytics.com/g/collect");
        prop_assert_eq!(library.matching(&below).map(|service| service.id.as_str()), Some("google-analytics"));
    }

    #[test]
    fn any_text_is_a_pattern_or_refused(text in "\\PC*") {
        if let Ok(pattern) = Pattern::try_from(text.clone()) {
            prop_assert_eq!(pattern.to_string(), text);
        }
    }
}

/// `PLACET_BLESS=1` writes the table.
#[test]
fn the_table_of_services_in_the_docs_is_the_librarys() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/services.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- services -->\n", "<!-- /services -->");
    let (before, rest) = text.split_once(begin).unwrap();
    let (found, after) = rest.split_once(end).unwrap();
    let expected = table(library());
    if std::env::var_os("PLACET_BLESS").is_some() {
        std::fs::write(&path, format!("{before}{begin}{expected}{end}{after}")).unwrap();
    } else {
        assert_eq!(found, expected, "docs/services.md is out of date: run the test with PLACET_BLESS=1");
    }
}

fn table(library: &Library) -> String {
    let verified = library.services().iter().filter(|service| !service.unverified).count();
    let mut text = format!("{} services, {verified} of them verified.\n", library.services().len());
    for group in Group::ALL {
        writeln!(text, "\n### {}\n", group.as_str().replace('_', " ")).unwrap();
        text.push_str(
            "| id | name | recipient | country | purpose | addresses | stores | source, checked |\n|---|---|---|---|---|---|---|---|\n",
        );
        for service in library.services().iter().filter(|service| service.group == group) {
            let urls: Vec<_> = service.urls.iter().map(|pattern| format!("`{pattern}`")).collect();
            let Service { id, name, recipient, country, source, checked, .. } = service;
            let (purpose, urls, stores) = (purpose(service), urls.join(" "), stores(service));
            writeln!(text, "| `{id}` | {name} | {recipient} | {country} | {purpose} | {urls} | {stores} | <{source}> {checked} |").unwrap();
        }
    }
    text
}

fn purpose(service: &Service) -> String {
    let flags = [(service.advertising, "advertising"), (service.session_replay, "session replay"), (service.own_purposes, "own purposes")];
    let flags = flags.into_iter().filter(|(set, _)| *set).map(|(_, name)| format!(", {name}"));
    flags.fold(service.purpose.as_str().to_owned(), |text, flag| text + &flag)
}

fn stores(service: &Service) -> String {
    if service.unverified {
        return "unverified".to_owned();
    }
    let item = |item: &shared::policy::Storage| {
        let kind = if item.kind.as_str() == "cookie" { String::new() } else { format!(" {}", item.kind.as_str()) };
        format!("`{}`{kind} {}", item.name, item.days)
    };
    let items: Vec<_> = service.storage.iter().map(item).collect();
    if items.is_empty() { "nothing".to_owned() } else { items.join(", ") }
}

fn library() -> &'static Library {
    static LIBRARY: std::sync::LazyLock<Library> = std::sync::LazyLock::new(|| Library::embedded().unwrap());
    &LIBRARY
}
