//! The banner's words: one closed list of names, so that no layer can use a word that no policy
//! holds and every layer uses the same ones (UI-15). Must not know any language.

macro_rules! texts {
    ($(#[$about:meta])* $texts:ident { $($(#[$meta:meta])* $name:ident,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
        pub struct $texts {
            $($(#[$meta])* pub $name: String,)+
        }

        impl $texts {
            /// Every name, in the order of the list.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// Asks `read` for each word by its name; the first name that it does not know is the error.
            pub fn read(mut read: impl FnMut(&'static str) -> Option<String>) -> Result<Self, &'static str> {
                Ok(Self { $($name: read(stringify!($name)).ok_or(stringify!($name))?,)+ })
            }

            /// Every word, in the order of [`Self::NAMES`].
            #[must_use]
            pub fn words(&self) -> Vec<&str> {
                vec![$(&self.$name),+]
            }

            /// Puts values in the place of `{placeholders}`.
            #[must_use]
            pub fn filled(&self, values: &[(&str, &str)]) -> Self {
                let fill = |text: &str| values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
                Self { $($name: fill(&self.$name),)+ }
            }
        }
    };
}

texts! {
    /// The banner's words in one language.
    Texts {
        /// Names the banner to assistive technology.
        label,
        /// The first layer's heading.
        title,
        /// What and why, in two sentences. May hold `{controller}`, `{purposes}`, `{validity_days}`.
        intro,
        /// Grants every purpose that is shown.
        accept_all,
        /// Grants none.
        reject_all,
        /// Opens the preferences.
        choose,
        /// The preferences' heading.
        preferences_title,
        /// How the preferences work and that a choice can be changed.
        preferences_intro,
        /// Saves exactly what the switches show.
        save,
        /// Leaves the preferences without a choice.
        close,
        /// Beside a purpose that needs no consent.
        always_on,
        /// A switch's state.
        on,
        /// A switch's state.
        off,
        /// Heading of the services under a purpose; may hold `{count}`.
        services,
        /// Before the recipient's name.
        recipient,
        /// Before the country.
        country,
        /// Before what is stored on the device.
        storage,
        /// A service that stores nothing.
        stores_nothing,
        /// How long something is stored; holds `{days}`.
        days,
        /// Stored until the browser is closed.
        session,
        /// Link to the recipient's own privacy notice.
        policy_link,
        /// Link to the controller's privacy notice.
        notice_link,
        /// The kind of storage: a cookie.
        cookie,
        /// The kind of storage: a `localStorage` key.
        local_storage,
        /// The kind of storage: a `sessionStorage` key.
        session_storage,
        /// The kind of storage: an `IndexedDB` database.
        indexed_db,
        /// The kind of storage: a cache.
        cache,
        /// The reopen control's own words.
        reopen,
        /// The reopen control's state: nothing optional is allowed.
        state_none,
        /// The reopen control's state: some purposes are allowed.
        state_some,
        /// The reopen control's state: everything is allowed.
        state_all,
        /// Takes back every grant, in one click.
        withdraw,
        /// Announced after Accept all.
        done_accepted,
        /// Announced after Reject all.
        done_rejected,
        /// Announced after Save.
        done_saved,
        /// Announced after a withdrawal.
        done_withdrawn,
        /// Shown while the record has not reached the server.
        pending,
        /// Heading of the visitor's own receipt.
        receipt,
        /// Saves the receipt as a file.
        receipt_download,
        /// Said where a person who refused would look for a receipt.
        nothing_kept,
    }
}

texts! {
    /// The words about a browser's own signal, in one language: only in policies with a purpose that it
    /// speaks of. Each may hold `{advertising}`, the names of those purposes.
    SignalTexts {
        /// Why a purpose stays off: the browser sends Global Privacy Control.
        signal_keeps_off,
        /// The status of an opt-out that the browser's signal asked for (US-02).
        signal_honoured,
        /// What is off after that, and that it can be allowed.
        signal_opted_out,
        /// What was allowed here although the browser's signal denies it (GPC-08).
        signal_overruled,
        /// Announced after Accept all where the signal keeps something off.
        done_accepted_signal,
        /// The reopen control's own words where the law gives an opt-out (US-03).
        privacy_choices,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_names_the_first_missing_word() {
        assert_eq!(Texts::read(|name| (name != "save").then(String::new)), Err("save"));
    }

    #[test]
    fn filling_replaces_every_placeholder() {
        let texts = Texts::read(|name| Some(format!("{name}: {{a}} {{a}} {{b}}"))).unwrap();
        assert_eq!(texts.filled(&[("{a}", "1")]).save, "save: 1 1 {b}");
        assert_eq!(texts.words().len(), Texts::NAMES.len());
    }
}
