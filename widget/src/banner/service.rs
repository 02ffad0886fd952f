//! The services under a purpose: who receives the data, where, and what is stored for how long
//! (CON-06, CON-07).

use std::sync::Arc;

use leptos::prelude::*;
use shared::policy::view::{PolicyView, ServiceView};
use shared::policy::{Storage, StorageKind};
use shared::texts::Texts;

use super::preferences::switch;
use crate::model::Switches;

#[component]
pub(crate) fn Services(policy: Arc<PolicyView>, services: Vec<ServiceView>, optional: bool, switches: RwSignal<Switches>) -> impl IntoView {
    let texts = &policy.texts;
    let count = texts.services.replace("{count}", &services.len().to_string());
    let services = services.into_iter().map(|service| one(texts, service, optional, switches)).collect_view();
    view! {
        <details>
            <summary>{count}</summary>
            {services}
        </details>
    }
}

fn one(texts: &Texts, service: ServiceView, optional: bool, switches: RwSignal<Switches>) -> impl IntoView + use<> {
    let id = service.id.as_str().to_owned();
    let label = ["placet-s-", &id].concat();
    let state = optional.then(|| {
        let shown = id.clone();
        let turned = id.clone();
        switch(
            view! {
                <input
                    type="checkbox"
                    role="switch"
                    data-placet-service=id
                    aria-labelledby=label.clone()
                    prop:checked=move || switches.with(|switches| switches.service(&shown))
                    on:change=move |event| switches.update(|switches| switches.turn_service(&turned, event_target_checked(&event)))
                />
            },
            texts.on.clone(),
            texts.off.clone(),
        )
    });
    let stored = service.storage.iter().map(|item| storage(texts, item)).collect_view();
    let nothing = service.storage.is_empty().then(|| view! { <dd>{texts.stores_nothing.clone()}</dd> });
    view! {
        <div class="service">
            <label class="row">
                <h4 id=label>{service.name}</h4>
                {state}
            </label>
            <dl>
                <dt>{texts.recipient.clone()}</dt>
                <dd>{service.recipient}</dd>
                <dt>{texts.country.clone()}</dt>
                <dd data-placet-country="">{service.country}</dd>
                <dt>{texts.storage.clone()}</dt>
                {stored}
                {nothing}
            </dl>
            <a href=service.policy_url target="_blank" rel="noopener">{texts.policy_link.clone()}</a>
        </div>
    }
}

fn storage(texts: &Texts, item: &Storage) -> impl IntoView + use<> {
    let kind = match item.kind {
        StorageKind::Cookie => &texts.cookie,
        StorageKind::LocalStorage => &texts.local_storage,
        StorageKind::SessionStorage => &texts.session_storage,
        StorageKind::IndexedDb => &texts.indexed_db,
        StorageKind::Cache => &texts.cache,
    };
    let how_long = if item.days == 0 { texts.session.clone() } else { texts.days.replace("{days}", &item.days.to_string()) };
    let about = [kind, ", ", &how_long].concat();
    view! {
        <dd>
            <code>{item.name.clone()}</code> " " <span>{about}</span>
        </dd>
    }
}
