//! The server's side of the banner: the loader of a site, and its layers as HTML.
//!
//! Everything here depends on its arguments alone, so the result can be kept and compared by hash.
//! Must not know of HTTP, of where the template comes from, or of any language's words.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::digest::Digest;
use shared::paths;
use shared::policy::view::PolicyView;
use shared::policy::{Mode, PolicyVersion};

use crate::banner::banner;
use crate::banner::preferences::preferences;
use crate::island::Port;
use json::{list, text};

mod json;
#[cfg(test)]
mod tests;

/// The style sheet of the first layer and the reopen control.
const FIRST_CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/first.css"));
/// The same with that of the preferences.
const WHOLE_CSS: &str =
    concat!(include_str!(concat!(env!("OUT_DIR"), "/first.css")), include_str!(concat!(env!("OUT_DIR"), "/preferences.css")));

/// Where the site's data goes in the loader's template.
const PLACE: &str = "__PLACET__";

/// What the loader of one site in one language is made of.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The published policy in the loader's language.
    pub view: &'a PolicyView,
    /// The oldest policy version whose choices still hold.
    pub since: PolicyVersion,
    /// The build of the widget: SHA-256 of the loader's and the banner's files.
    pub banner: Digest,
    /// The banner's glue, as a path relative to Placet's address, for example `a/banner-0123.js`.
    pub glue: &'a str,
    /// The banner's wasm, likewise.
    pub wasm: &'a str,
    /// What this site's loader needs beside the core, in the order in which it is run.
    pub parts: &'a [Part<'a>],
}

/// A part of the loader (`loader/parts/`) with what it works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'a> {
    /// One function, as the build made it.
    pub code: &'a str,
    /// The function's data, as JSON.
    pub data: String,
}

/// Why a loader cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The template was not made by this version's build.
    #[error("the loader's template must hold `__PLACET__` exactly once: build the widget again")]
    Template,
}

/// The whole script of `GET /s/{site}.js` in one language.
pub fn loader(template: &str, site: &Site<'_>) -> Result<String, RenderError> {
    let mut parts = template.split(PLACE);
    let (Some(before), Some(after), None) = (parts.next(), parts.next(), parts.next()) else {
        return Err(RenderError::Template);
    };
    Ok([before, &data(site), after].concat())
}

/// The JSON of `GET /s/{site}/layers`: the same first layer in another language, and the preferences
/// as plain HTML for browsers where the wasm cannot run.
#[must_use]
pub fn layers(site: &Site<'_>) -> String {
    let language = text(site.view.language.as_str());
    let fields = [("language", language), ("html", text(&first(site))), ("preferences", text(&dialog(site))), ("css", text(WHOLE_CSS))];
    json::object(&fields)
}

/// The site's data as an object literal; but for its parts it is JSON and JavaScript alike. The keys are short
/// because every visitor of every site loads them; `loader/site.js` says what they mean.
fn data(site: &Site<'_>) -> String {
    let view = site.view;
    let days = view.validity_days;
    json::object(&[
        ("s", text(view.site.as_str())),
        ("v", view.version.to_string()),
        ("o", site.since.to_string()),
        ("n", days.to_string()),
        ("l", text(view.language.as_str())),
        ("a", languages(view)),
        ("b", text(&site.banner.to_string())),
        ("g", text(site.glue)),
        ("w", text(site.wasm)),
        ("p", keys(view, Mode::Consent)),
        ("q", keys(view, Mode::Necessary)),
        ("r", text(paths::consents(&view.site).trim_start_matches('/'))),
        ("y", text(&format!("s/{}/layers?version={}&language=", view.site, view.version))),
        ("k", text(&format!(";path=/;samesite=lax;max-age={}", u64::from(days) * 86_400))),
        ("x", parts(site.parts)),
        ("html", text(&first(site))),
        ("c", text(FIRST_CSS)),
    ])
}

/// A function that runs each part behind a fence of its own, so that one that fails stops no other.
fn parts(parts: &[Part<'_>]) -> String {
    let calls: String = parts.iter().map(|part| ["g(", part.code, ")(a,", &json::as_script(&part.data), ");"].concat()).collect();
    ["(a,g)=>{", &calls, "}"].concat()
}

/// Each purpose of that mode, followed by its services.
fn keys(view: &PolicyView, mode: Mode) -> String {
    let purposes = view.purposes.iter().filter(|purpose| purpose.mode == mode);
    list(purposes.flat_map(|purpose| {
        let services = purpose.services.iter().map(|service| text(&format!("{}/{}", purpose.id, service.id)));
        std::iter::once(text(purpose.id.as_str())).chain(services)
    }))
}

/// For the language of a page the policy's language: its own tag, else one with the same primary
/// language, this loader's first (UI-10).
fn languages(view: &PolicyView) -> String {
    let mut served = BTreeMap::new();
    for language in view.languages.iter().chain([&view.language]) {
        let primary = language.as_str().split('-').next().unwrap_or_default();
        served.entry(primary).or_insert(language.as_str());
    }
    let own = view.language.as_str();
    served.insert(own.split('-').next().unwrap_or_default(), own);
    served.extend(view.languages.iter().map(|language| (language.as_str(), language.as_str())));
    let fields: Vec<_> = served.into_iter().map(|(page, language)| (page, text(language))).collect();
    json::object(&fields)
}

fn first(site: &Site<'_>) -> String {
    html(|| banner(site.view, Port::nowhere()))
}

fn dialog(site: &Site<'_>) -> String {
    html(|| preferences(site.view, Port::nowhere()))
}

fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}
