//! What a site file says, checked for sense and made into a policy.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use shared::id::{Language, ServiceId, SiteId};
use shared::policy::{Controller, FORMAT, Mode, Policy, Purpose, Service, Storage, StorageKind, Translated};
use toml::Spanned;

use crate::library::{Library, Pattern};
use crate::site::error::{Fault, Found};
use crate::site::file::{ControllerEntry, PurposeEntry, ServiceEntry, SiteFile, Texts};
use crate::site::modes::{self, Known};
use crate::site::{Gate, ListedOrigin, Site, gpc, signals, tags, words};

/// How long a choice holds when the file does not say, in days.
const USUAL_VALIDITY: u32 = 180;

/// What a state cookie can hold.
const MOST: usize = 512;

pub(super) fn site(id: &SiteId, file: SiteFile) -> Result<Site, Found> {
    let origins = origins(&file.origins)?;
    let languages = languages(&file)?;
    let tongues = Tongues { languages: &languages, default: file.default_language.get_ref() };
    let validity_days = validity(file.validity_days.as_ref())?;
    let controller = controller(file.controller)?;
    let purposes = purposes(&tongues, file.purposes)?;
    let urls = urls(&file.services)?;
    let services = services(&purposes, file.services)?;
    let modes = modes::modes(file.gate, &Known { purposes: &purposes, services: &services, urls: &urls })?;
    let gpc = gpc::gpc(file.gpc, file.gpc_since)?;
    let signals = signals::signals(file.signals, file.profile, &purposes, &services)?;
    own_words(&languages, &file.texts)?;
    let texts = texts(&file.languages, &file.texts, words::words)?;
    let advertises = purposes.iter().any(|purpose| purpose.advertising);
    let signal_texts = if advertises { self::texts(&file.languages, &file.texts, words::signal_words)? } else { BTreeMap::new() };
    let default_language = file.default_language.into_inner();
    let format = FORMAT.to_owned();
    let policy = Policy {
        format,
        site: id.clone(),
        controller,
        default_language,
        languages,
        validity_days,
        purposes,
        services,
        texts,
        signal_texts,
        profile: file.profile,
        signals,
    };
    let tags = tags::tags(&policy, file.tags)?;
    Ok(Site { origins, policy, gate: Gate { urls, modes, gpc, tags } })
}

fn origins(listed: &Spanned<Vec<Spanned<String>>>) -> Result<Vec<ListedOrigin>, Found> {
    if listed.get_ref().is_empty() {
        return Err(Fault::NoOrigin.at(listed.span()));
    }
    let one = |entry: &Spanned<String>| match entry.get_ref().as_str() {
        "self" => Ok(ListedOrigin::Own),
        text => text.parse().map(ListedOrigin::Named).map_err(|error| Fault::Origin(error).at(entry.span())),
    };
    listed.get_ref().iter().map(one).collect()
}

fn languages(file: &SiteFile) -> Result<Vec<Language>, Found> {
    once(file.languages.iter().map(|language| (language.get_ref().to_string(), language.span())))?;
    let languages: Vec<_> = file.languages.iter().map(|language| language.get_ref().clone()).collect();
    let default = &file.default_language;
    if languages.contains(default.get_ref()) {
        Ok(languages)
    } else {
        Err(Fault::DefaultLanguage(default.get_ref().clone()).at(default.span()))
    }
}

fn validity(days: Option<&Spanned<i64>>) -> Result<u32, Found> {
    let Some(days) = days else { return Ok(USUAL_VALIDITY) };
    let allowed = u32::try_from(*days.get_ref()).ok().filter(|days| (1..=395).contains(days));
    allowed.ok_or_else(|| Fault::Validity.at(days.span()))
}

fn controller(entry: ControllerEntry) -> Result<Controller, Found> {
    let (name, host) = entry.email.get_ref().split_once('@').unwrap_or_default();
    if name.is_empty() || !host.contains('.') || entry.email.get_ref().contains(char::is_whitespace) {
        return Err(Fault::Email.at(entry.email.span()));
    }
    Ok(Controller {
        name: filled(entry.name)?,
        email: entry.email.into_inner(),
        postal: filled(entry.postal)?,
        notice_url: url(entry.notice_url)?,
    })
}

fn purposes(tongues: &Tongues<'_>, entries: Spanned<Vec<PurposeEntry>>) -> Result<Vec<Purpose>, Found> {
    let span = entries.span();
    let entries = entries.into_inner();
    once(entries.iter().map(|entry| (entry.id.get_ref().to_string(), entry.id.span())))?;
    if !entries.iter().any(|entry| entry.mode == Mode::Consent) {
        return Err(Fault::NothingToAsk.at(span));
    }
    if entries.len() > MOST {
        return Err(Fault::TooMany.at(span));
    }
    let purpose = |entry: PurposeEntry| {
        let (name, description) = (tongues.translated(&entry.name)?, tongues.translated(&entry.description)?);
        if entry.advertising && entry.mode == Mode::Necessary {
            return Err(Fault::AdvertisingNecessary.at(entry.id.span()));
        }
        Ok(Purpose { id: entry.id.into_inner(), mode: entry.mode, name, description, advertising: entry.advertising })
    };
    entries.into_iter().map(purpose).collect()
}

fn services(purposes: &[Purpose], entries: Vec<ServiceEntry>) -> Result<Vec<Service>, Found> {
    once(entries.iter().map(|entry| (entry.id.get_ref().to_string(), entry.id.span())))?;
    if let Some(last) = entries.get(MOST) {
        return Err(Fault::TooMany.at(last.id.span()));
    }
    let service = |entry: ServiceEntry| {
        let Some(purpose) = purposes.iter().find(|purpose| purpose.id == *entry.purpose.get_ref()) else {
            return Err(Fault::UnknownPurpose(entry.purpose.get_ref().to_string()).at(entry.purpose.span()));
        };
        if purpose.mode == Mode::Necessary {
            no_tracker(&entry.storage).map_err(|fault| fault.at(entry.purpose.span()))?;
        }
        let country = entry.country.get_ref();
        if country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Err(Fault::Country.at(entry.country.span()));
        }
        Ok(Service {
            id: entry.id.into_inner(),
            purpose: entry.purpose.into_inner(),
            name: filled(entry.name)?,
            recipient: filled(entry.recipient)?,
            country: entry.country.into_inner(),
            policy_url: url(entry.policy_url)?,
            storage: entry.storage,
        })
    };
    entries.into_iter().map(service).collect()
}

/// Where each service is reached: as the file says, else as the library does.
fn urls(entries: &[ServiceEntry]) -> Result<BTreeMap<ServiceId, Vec<Pattern>>, Found> {
    let pattern = |text: &Spanned<String>| Pattern::try_from(text.get_ref().clone()).map_err(|error| Fault::Pattern(error).at(text.span()));
    let mut urls = BTreeMap::new();
    for entry in entries {
        let id = entry.id.get_ref();
        let patterns = if let Some(own) = &entry.urls {
            own.iter().map(pattern).collect::<Result<Vec<_>, _>>()?
        } else {
            let library = Library::shipped().map_err(|error| Fault::from(error).at(entry.id.span()))?;
            library.find(id).map(|known| known.urls.clone()).unwrap_or_default()
        };
        if !patterns.is_empty() {
            urls.insert(id.clone(), patterns);
        }
    }
    Ok(urls)
}

/// What follows visitors is never strictly necessary, whatever its purpose is called (EPD-06).
fn no_tracker(storage: &[Storage]) -> Result<(), Fault> {
    let library = Library::shipped()?;
    let cookies = storage.iter().filter(|item| item.kind == StorageKind::Cookie);
    for item in cookies {
        if let Some(tracker) = library.tracker_behind(&item.name) {
            return Err(Fault::TrackerNecessary { name: item.name.clone(), tracker: tracker.name.clone() });
        }
    }
    Ok(())
}

/// The owner's words, per language.
type OwnWords = BTreeMap<Spanned<Language>, BTreeMap<Spanned<String>, String>>;

fn own_words(languages: &[Language], own: &OwnWords) -> Result<(), Found> {
    let names = words::names();
    for (language, texts) in own {
        if !languages.contains(language.get_ref()) {
            return Err(Fault::UnofferedLanguage(language.get_ref().clone()).at(language.span()));
        }
        if let Some(unknown) = texts.keys().find(|name| !names.contains(&name.get_ref().as_str())) {
            return Err(Fault::UnknownWord(unknown.get_ref().clone(), names.join(", ")).at(unknown.span()));
        }
    }
    Ok(())
}

/// In each language what `read` makes of the owner's words and Placet's.
fn texts<T>(
    listed: &[Spanned<Language>],
    own: &OwnWords,
    read: fn(&Language, &BTreeMap<&str, &str>) -> Result<T, &'static str>,
) -> Result<BTreeMap<Language, T>, Found> {
    let words = |language: &Spanned<Language>| {
        let own = own.iter().find(|(key, _)| key.get_ref() == language.get_ref());
        let own = own.map(|(_, texts)| texts.iter().map(|(name, text)| (name.get_ref().as_str(), text.as_str())).collect());
        read(language.get_ref(), &own.unwrap_or_default())
            .map_err(|missing| Fault::MissingWord { language: language.get_ref().clone(), missing }.at(language.span()))
    };
    listed.iter().map(|language| Ok((language.get_ref().clone(), words(language)?))).collect()
}

struct Tongues<'a> {
    languages: &'a [Language],
    default: &'a Language,
}

impl Tongues<'_> {
    fn translated(&self, texts: &Spanned<Texts>) -> Result<Translated, Found> {
        let mut translated = Translated::new();
        for (language, text) in texts.get_ref() {
            if !self.languages.contains(language.get_ref()) {
                return Err(Fault::UnofferedLanguage(language.get_ref().clone()).at(language.span()));
            }
            translated.insert(language.get_ref().clone(), filled(text.clone())?);
        }
        if translated.contains_key(self.default) {
            Ok(translated)
        } else {
            Err(Fault::MissingTranslation(self.default.clone()).at(texts.span()))
        }
    }
}

fn filled(text: Spanned<String>) -> Result<String, Found> {
    if text.get_ref().trim().is_empty() { Err(Fault::EmptyText.at(text.span())) } else { Ok(text.into_inner()) }
}

fn once(names: impl Iterator<Item = (String, Range<usize>)>) -> Result<(), Found> {
    let mut seen = BTreeSet::new();
    for (name, span) in names {
        if !seen.insert(name.clone()) {
            return Err(Fault::Twice(name).at(span));
        }
    }
    Ok(())
}

fn url(text: Spanned<String>) -> Result<String, Found> {
    let rest = text.get_ref().strip_prefix("https://").or_else(|| text.get_ref().strip_prefix("http://"));
    let absolute = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace));
    if absolute { Ok(text.into_inner()) } else { Err(Fault::Url.at(text.span())) }
}
