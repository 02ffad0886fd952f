//! The services under a purpose: who receives the data, where, and what is stored for how long
//! (CON-06, CON-07).

use leptos::prelude::*;
use shared::policy::view::{PurposeView, ServiceView};
use shared::policy::{Storage, StorageKind};
use shared::texts::Texts;

use super::preferences::{switch, words};
use crate::island::OnOffWords;
use crate::model::Switches;

/// `switches` is `None` under a purpose that needs no consent.
pub(super) fn services(texts: &Texts, purpose: &PurposeView, switches: Option<RwSignal<Switches>>) -> impl IntoView + use<> {
    let count = texts.services.replace("{count}", &purpose.services.len().to_string());
    let services = purpose.services.iter().map(|service| one(texts, purpose, service, switches)).collect_view();
    view! {
        <details>
            <summary>{count}</summary>
            {services}
        </details>
    }
}

fn one(texts: &Texts, purpose: &PurposeView, service: &ServiceView, switches: Option<RwSignal<Switches>>) -> impl IntoView + use<> {
    let id = service.id.as_str();
    let label = format!("placet-{}-{id}", purpose.id);
    let words = OnOffWords { service: Some(id.to_owned()), label: label.clone(), ..words(texts) };
    let state = switches.map(|switches| switch(format!("{}/{id}", purpose.id), words, switches));
    let stored = service.storage.iter().map(|item| stored(texts, item)).collect_view();
    let nothing = service.storage.is_empty().then(|| view! { <dd>{texts.stores_nothing.clone()}</dd> });
    view! {
        <div class="service">
            <label class="row">
                <h4 id=label>{service.name.clone()}</h4>
                {state}
            </label>
            <dl>
                <dt>{texts.recipient.clone()}</dt>
                <dd>{service.recipient.clone()}</dd>
                <dt>{texts.country.clone()}</dt>
                <dd data-placet-country="">{service.country.clone()}</dd>
                <dt>{texts.storage.clone()}</dt>
                {stored}
                {nothing}
            </dl>
            <a href=service.policy_url.clone() target="_blank" rel="noopener">
                {texts.policy_link.clone()}
            </a>
        </div>
    }
}

fn stored(texts: &Texts, item: &Storage) -> impl IntoView + use<> {
    let kind = match item.kind {
        StorageKind::Cookie => &texts.cookie,
        StorageKind::LocalStorage => &texts.local_storage,
        StorageKind::SessionStorage => &texts.session_storage,
        StorageKind::IndexedDb => &texts.indexed_db,
        StorageKind::Cache => &texts.cache,
    };
    let how_long = if item.days == 0 { texts.session.clone() } else { texts.days.replace("{days}", &item.days.to_string()) };
    view! {
        <dd>
            <code>{item.name.clone()}</code>
            {format!(" {kind}, {how_long}")}
        </dd>
    }
}
