//! Which parts of the loader a site gets, and what each works on: nobody pays for what they do not
//! use. Must not know how a part does its work (`widget/loader/parts/`).

use serde_json::{Value, json};
use shared::policy::view::{PolicyView, ServiceView};
use shared::policy::{Mode, StorageKind};
use widget::render::Part;

use crate::assets::Assets;
use crate::site::Gate;

mod signals;
mod tags;

/// What every page may need: other elements than scripts, the order of things, the page's own calls.
const ALWAYS: [&str; 3] = ["elements", "order", "page"];

/// Where things are stored, in the order of the data of the part `clean`.
const KINDS: [StorageKind; 5] =
    [StorageKind::Cookie, StorageKind::LocalStorage, StorageKind::SessionStorage, StorageKind::IndexedDb, StorageKind::Cache];

/// The parts of a site's loader, in the order in which they run.
#[must_use]
pub fn parts(assets: &Assets, view: &PolicyView, gate: &Gate) -> Vec<Part<'static>> {
    let always = ALWAYS.iter().map(|name| (*name, Value::Null));
    let some = [
        ("hold", hold(view, gate)),
        ("clean", clean(view)),
        ("worker", gate.modes.worker.then_some(Value::Null)),
        ("tags", tags::tags(&gate.tags)),
        ("tarteaucitron", tags::queue(&gate.tags)),
    ];
    let some = some.into_iter().filter_map(|(name, data)| Some((name, data?)));
    let code = |name: &str| assets.parts.iter().find(|(known, _)| *known == name).map(|(_, code)| *code);
    always
        .chain(some)
        .chain(signals::parts(view))
        .filter_map(|(name, data)| Some(Part { code: code(name)?, data: data.to_string() }))
        .collect()
}

/// Each service that waits for consent and has addresses: `[id, address, …]`.
fn hold(view: &PolicyView, gate: &Gate) -> Option<Value> {
    let row = |service: &ServiceView| {
        let urls = gate.urls.get(&service.id)?;
        Some(std::iter::once(service.id.to_string()).chain(urls.iter().map(ToString::to_string)).collect::<Vec<_>>())
    };
    let rows: Vec<_> = services(view).filter(|(mode, _)| *mode == Mode::Consent).filter_map(|(_, service)| row(service)).collect();
    (!rows.is_empty()).then(|| json!(rows))
}

/// Each service that stores something: `[id, cookies, local, session, databases, caches]`, names with
/// `*`, the last empty lists left out. The necessary ones are among them, because what they share with
/// another must stay.
fn clean(view: &PolicyView) -> Option<Value> {
    let waits = |(mode, service): &(Mode, &ServiceView)| *mode == Mode::Consent && !service.storage.is_empty();
    if !services(view).any(|service| waits(&service)) {
        return None;
    }
    let row = |service: &ServiceView| {
        let names = |kind: &StorageKind| service.storage.iter().filter(|item| item.kind == *kind).map(|item| item.name.as_str()).collect();
        let mut lists: Vec<Vec<&str>> = KINDS.iter().map(names).collect();
        while lists.last().is_some_and(Vec::is_empty) {
            lists.pop();
        }
        let row: Vec<_> = std::iter::once(json!(service.id)).chain(lists.into_iter().map(|list| json!(list))).collect();
        json!(row)
    };
    Some(services(view).map(|(_, service)| service).filter(|service| !service.storage.is_empty()).map(row).collect())
}

fn services(view: &PolicyView) -> impl Iterator<Item = (Mode, &ServiceView)> {
    view.purposes.iter().flat_map(|purpose| purpose.services.iter().map(|service| (purpose.mode, service)))
}
