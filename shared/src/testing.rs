//! A small policy for tests: a school with one necessary and two optional purposes, in two languages.

use crate::policy::{Controller, FORMAT, Mode, Policy, Purpose, Service, Storage, StorageKind, Translated};
use crate::texts::Texts;

/// The policy of a made-up school.
///
/// # Panics
/// Never: every id in it is well formed.
#[must_use]
#[expect(clippy::expect_used, reason = "fixed ids")]
pub fn policy() -> Policy {
    let english: crate::id::Language = "en".parse().expect("a language");
    let welsh: crate::id::Language = "cy".parse().expect("a language");
    let both = |en: &str, cy: &str| Translated::from([(english.clone(), en.to_owned()), (welsh.clone(), cy.to_owned())]);
    let purpose = |id: &str, mode, en, cy| Purpose {
        id: id.parse().expect("a purpose id"),
        mode,
        name: both(en, cy),
        description: both("What it is for", "Ei ddiben"),
        advertising: false,
    };
    let service = |id: &str, purpose: &str, name: &str, storage| Service {
        id: id.parse().expect("a service id"),
        purpose: purpose.parse().expect("a purpose id"),
        name: name.to_owned(),
        recipient: format!("{name} Ltd"),
        country: "GB".to_owned(),
        policy_url: format!("https://{id}.example/privacy"),
        storage,
    };
    let words = |language: &str| {
        Texts::read(|name| {
            Some(if name == "intro" { "{controller} asks for: {purposes}.".to_owned() } else { format!("{name} ({language})") })
        })
        .expect("every word")
    };
    let cookie = |name: &str, days| vec![Storage { name: name.to_owned(), kind: StorageKind::Cookie, days }];
    Policy {
        format: FORMAT.to_owned(),
        site: "riverside".parse().expect("a site id"),
        controller: Controller {
            name: "Riverside School".to_owned(),
            email: "privacy@riverside.example".to_owned(),
            postal: "1 River Road, Riverside".to_owned(),
            notice_url: "https://riverside.example/privacy".to_owned(),
        },
        default_language: english.clone(),
        languages: vec![english.clone(), welsh.clone()],
        validity_days: 180,
        purposes: vec![
            purpose("needed", Mode::Necessary, "Needed", "Angenrheidiol"),
            purpose("analytics", Mode::Consent, "Statistics", "Ystadegau"),
            purpose("media", Mode::Consent, "Videos", "Fideos"),
        ],
        services: vec![
            service("login", "needed", "Login", cookie("session", 0)),
            service("counter", "analytics", "Counter", cookie("_counter_*", 30)),
            service("video", "media", "Video", Vec::new()),
        ],
        texts: [(english.clone(), words("en")), (welsh.clone(), words("cy"))].into(),
        signal_texts: std::collections::BTreeMap::new(),
        profile: None,
        signals: crate::policy::signals::Signals::default(),
    }
}
