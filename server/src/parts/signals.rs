//! The data of the parts that tell other tools (`widget/loader/parts/signal*.js`), and of the one that
//! hears a browser's own signal.

use serde_json::{Map, Value, json};
use shared::policy::Mode;
use shared::policy::signals::{Region, Subject, Tool};
use shared::policy::view::PolicyView;

/// For how many milliseconds Google's tags wait for the first choice (GCM-02).
const WAIT: u32 = 500;

/// The parts that speak and their data, in the order in which they do: Google's first, because it must
/// be first in a queue that others use too.
pub(super) fn parts(view: &PolicyView) -> Vec<(&'static str, Value)> {
    let tools = view.signals.tools.keys().map(|tool| (part(*tool), data(*tool, view)));
    let shared = (!view.signals.is_empty()).then_some(("signals", Value::Null));
    gpc(view).map(|data| ("gpc", data)).into_iter().chain(shared).chain(tools).collect()
}

fn part(tool: Tool) -> &'static str {
    match tool {
        Tool::Google => "signal-google",
        Tool::MicrosoftUet => "signal-uet",
        Tool::Clarity => "signal-clarity",
        Tool::Meta => "signal-meta",
        Tool::Matomo | Tool::MatomoCookies => "signal-matomo",
        Tool::PiwikPro => "signal-piwik-pro",
        Tool::HubSpot => "signal-hubspot",
        Tool::Shopify => "signal-shopify",
        Tool::DataLayer => "signal-data-layer",
    }
}

fn data(tool: Tool, view: &PolicyView) -> Value {
    match tool {
        Tool::Google => {
            json!({ "types": types(tool, view), "regions": view.signals.google_regions.iter().map(region).collect::<Vec<_>>() })
        }
        Tool::Matomo => json!({ "types": types(tool, view), "kind": "" }),
        Tool::MatomoCookies => json!({ "types": types(tool, view), "kind": "Cookie" }),
        Tool::DataLayer => view.purposes.iter().map(|purpose| (purpose.id.to_string(), json!([purpose.id]))).collect::<Map<_, _>>().into(),
        _ => types(tool, view),
    }
}

/// For each of the tool's types what must be granted for it; 0 where nothing would be enough. Security is
/// never the visitor's to refuse (GCM-02).
fn types(tool: Tool, view: &PolicyView) -> Value {
    let told = view.signals.tools.get(&tool);
    let subjects =
        |name: &str| told.and_then(|types| types.get(name)).map(|list| json!(list.iter().map(Subject::to_string).collect::<Vec<_>>()));
    let usual = |name: &str| if name == "security_storage" { json!([]) } else { json!(0) };
    let of = |name: &&str| ((*name).to_owned(), subjects(name).unwrap_or_else(|| usual(name)));
    tool.types().iter().map(of).collect::<Map<_, _>>().into()
}

fn region(region: &Region) -> Value {
    let granted = |name: &str| name == "security_storage" || region.granted.iter().any(|granted| granted == name);
    let of = |name: &&str| ((*name).to_owned(), json!(if granted(name) { "granted" } else { "denied" }));
    let mut state: Map<_, _> = Tool::Google.types().iter().map(of).collect();
    state.insert("region".to_owned(), json!(region.regions));
    state.insert("wait_for_update".to_owned(), json!(WAIT));
    state.into()
}

/// What Global Privacy Control speaks of, and whether that is its last word.
fn gpc(view: &PolicyView) -> Option<Value> {
    let signal = view.signal.as_ref()?;
    let purposes: Vec<_> = view.purposes.iter().filter(|purpose| purpose.advertising && purpose.mode == Mode::Consent).collect();
    let ids = purposes.iter().map(|purpose| &purpose.id);
    Some(json!({ "purposes": ids.collect::<Vec<_>>(), "locked": !signal.yields_to_choice }))
}
