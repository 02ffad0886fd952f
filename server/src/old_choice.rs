//! What another consent tool's cookie says that a visitor chose, for the owner to read. It is nobody's
//! proof: must not reach the log, nor any page.

use std::collections::BTreeMap;

use serde_json::Value;

mod decode;
#[cfg(test)]
mod tests;

/// What a cookie says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldChoice {
    /// Whose cookie it is, as the site file calls the tool.
    pub tool: &'static str,
    /// Each name in it, and whether it was granted.
    pub answers: BTreeMap<String, bool>,
}

/// Why a cookie says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OldChoiceError {
    /// No name and value.
    #[error("write the cookie as NAME=VALUE")]
    Form,
    /// Nobody's that we know.
    #[error("no tool that is understood keeps a choice in \"{0}\"; these are read: {KNOWN}")]
    Unknown(String),
    /// Not what the tool writes.
    #[error("this is not a choice as {0} writes it")]
    Unreadable(&'static str),
}

/// The cookies that are read.
const KNOWN: &str = "cc_cookie, klaro, eu-consent, orejime, tarteaucitron, CookieConsent, OptanonConsent, didomi_token, uc_settings, \
                     cmplz_*, c15t, cookieyes-consent, _iub_cs-*, probo_consent, cookieconsent_status";

type Answers = Option<BTreeMap<String, bool>>;

impl OldChoice {
    /// Reads `NAME=VALUE`, the value as it stands in the browser.
    pub fn read(cookie: &str) -> Result<Self, OldChoiceError> {
        let (name, value) = cookie.split_once('=').ok_or(OldChoiceError::Form)?;
        let name = name.trim();
        let plain = decode::percent(value.trim());
        let (tool, answers) = match name {
            "cc_cookie" => ("vanilla-cookieconsent", lists(&plain)),
            "klaro" => ("klaro", json(&plain).as_ref().and_then(flags)),
            "eu-consent" | "orejime" => ("orejime", json(&plain).as_ref().and_then(flags)),
            "tarteaucitron" => ("tarteaucitron", Some(pairs(&plain, '!', '=', &["true"], &["false"]))),
            "CookieConsent" => ("cookiebot", braces(&plain)),
            "OptanonConsent" => ("onetrust", groups(value)),
            "didomi_token" => ("didomi", decode::base64(&plain).as_deref().and_then(json).as_ref().and_then(token)),
            "uc_settings" => ("usercentrics", json(&plain).as_ref().and_then(services)),
            "c15t" => ("c15t", Some(fields(&plain))),
            "cookieyes-consent" => ("cookieyes", Some(yes_or_no(&plain))),
            "probo_consent" => ("probo", json(&plain).as_ref().and_then(|all| flags(all.get("data")?))),
            "cookieconsent_status" => ("osano", Some(status(&plain))),
            _ => match (name.strip_prefix("cmplz_"), name.strip_prefix("_iub_cs-")) {
                (Some(category), _) => ("complianz", Some(pairs(&format!("{category}={plain}"), '!', '=', &["allow"], &["deny"]))),
                (_, Some(_)) => ("iubenda", json(&plain).as_ref().and_then(|all| flags(all.get("purposes")?))),
                _ => return Err(OldChoiceError::Unknown(name.to_owned())),
            },
        };
        let answers = answers.filter(|answers| !answers.is_empty()).ok_or(OldChoiceError::Unreadable(tool))?;
        Ok(Self { tool, answers })
    }
}

fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// An object's entries that are true or false.
fn flags(object: &Value) -> Answers {
    Some(object.as_object()?.iter().filter_map(|(name, on)| Some((name.clone(), on.as_bool()?))).collect())
}

/// `name=true!other=false`, with the words for yes and no; other words say nothing.
fn pairs(text: &str, between: char, is: char, yes: &[&str], no: &[&str]) -> BTreeMap<String, bool> {
    let pair = |part: &str| {
        let (name, word) = part.split_once(is)?;
        (yes.contains(&word) || no.contains(&word)).then(|| (name.trim().to_owned(), yes.contains(&word)))
    };
    text.split(between).filter_map(pair).collect()
}

/// Version 3 lists the granted categories and services, version 2 the levels.
fn lists(text: &str) -> Answers {
    let all = json(text)?;
    let listed = all.get("categories").or_else(|| all.get("level"))?.as_array()?.iter();
    let services = all.get("services").and_then(Value::as_object).into_iter().flat_map(|groups| groups.values());
    let services = services.filter_map(Value::as_array).flatten();
    Some(listed.chain(services).filter_map(|name| Some((name.as_str()?.to_owned(), true))).collect())
}

/// `{stamp:'…',necessary:true,statistics:false,ver:1}`.
fn braces(text: &str) -> Answers {
    Some(pairs(text.strip_prefix('{')?.strip_suffix('}')?, ',', ':', &["true"], &["false"]))
}

/// `…&groups=C0001%3A1%2CC0002%3A0&…`.
fn groups(text: &str) -> Answers {
    let groups = text.split('&').find_map(|part| part.trim().strip_prefix("groups="))?;
    Some(pairs(&decode::percent(groups), ',', ':', &["1"], &["0"]))
}

/// `enabled` and `disabled` of `purposes` and `vendors`.
fn token(all: &Value) -> Answers {
    let all = all.as_object()?;
    let lists = ["purposes", "vendors"].into_iter().filter_map(|kind| all.get(kind));
    let of = |lists: &Value, state: &str| lists.get(state).and_then(Value::as_array).cloned().unwrap_or_default();
    let answers = lists.flat_map(|lists| {
        let on = of(lists, "enabled").into_iter().map(|id| (id, true));
        on.chain(of(lists, "disabled").into_iter().map(|id| (id, false))).collect::<Vec<_>>()
    });
    Some(answers.filter_map(|(id, on)| Some((id.as_str()?.to_owned(), on))).collect())
}

/// Services by the tool's own ids.
fn services(all: &Value) -> Answers {
    let service = |service: &Value| Some((service.get("id")?.as_str()?.to_owned(), service.get("status")?.as_bool()?));
    Some(all.get("services")?.as_array()?.iter().filter_map(service).collect())
}

/// `c.measurement:1,…`: what was refused is left out.
fn fields(text: &str) -> BTreeMap<String, bool> {
    let consents = text.split(',').filter_map(|field| field.trim().strip_prefix("c."));
    pairs(&consents.collect::<Vec<_>>().join(","), ',', ':', &["1"], &["0", ""])
}

/// `consentid:…,consent:yes,action:yes,analytics:no`.
fn yes_or_no(text: &str) -> BTreeMap<String, bool> {
    let mut answers = pairs(text, ',', ':', &["yes"], &["no"]);
    answers.retain(|name, _| !["consent", "action"].contains(&name.as_str()));
    answers
}

/// The open-source banner knows one answer for everything.
fn status(text: &str) -> BTreeMap<String, bool> {
    pairs(&format!("everything={text}"), '!', '=', &["allow"], &["deny", "dismiss"])
}
