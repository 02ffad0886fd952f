//! The server's side of the banner: the loader of a site, and its layers as HTML.
//!
//! Everything here depends on its arguments alone, so the result can be kept and compared by hash.
//! Must not know of HTTP, of where the template comes from, or of any language's words.

use leptos::prelude::*;
use shared::digest::Digest;
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
/// The style sheet of the preferences.
const PREFERENCES_CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/preferences.css"));

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
pub fn layers(site: &Site<'_>) -> Result<String, RenderError> {
    let language = text(site.view.language.as_str());
    let fields =
        [("language", language), ("html", text(&first(site))), ("preferences", text(&dialog(site))), ("css", text(PREFERENCES_CSS))];
    Ok(json::object(&fields))
}

/// The site's data as an object literal that is JSON and JavaScript alike. The keys are short
/// because every visitor of every site loads them; `loader/site.js` says what they mean.
fn data(site: &Site<'_>) -> String {
    let view = site.view;
    let purposes = view.purposes.iter().map(|purpose| {
        let optional = if purpose.mode == Mode::Consent { "1" } else { "0" };
        let services = list(purpose.services.iter().map(|service| text(service.id.as_str())));
        list([text(purpose.id.as_str()), optional.to_owned(), services])
    });
    json::object(&[
        ("s", text(view.site.as_str())),
        ("v", view.version.to_string()),
        ("o", site.since.to_string()),
        ("n", view.validity_days.to_string()),
        ("l", text(view.language.as_str())),
        ("a", list(view.languages.iter().map(|language| text(language.as_str())))),
        ("b", text(&site.banner.to_string())),
        ("g", text(site.glue)),
        ("w", text(site.wasm)),
        ("p", list(purposes)),
        ("h", text(&first(site))),
        ("c", text(FIRST_CSS)),
    ])
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
