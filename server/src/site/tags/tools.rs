//! How other consent tools mark what waits, as their documentation and their sources say. Facts only:
//! must not know of any site.

/// One consent tool.
#[derive(Debug, Clone, Copy)]
pub struct Tool {
    /// What the site file calls it.
    pub name: &'static str,
    /// The attributes that say what an element waits for.
    pub attributes: &'static [Attribute],
    /// Attributes that hold the address instead of `data-src`.
    pub urls: &'static [&'static str],
    /// What visitors click to open its preferences, as CSS selectors.
    pub buttons: &'static str,
    /// Names that are the same for every site that uses the tool.
    pub words: &'static [(&'static str, Meaning)],
    /// What names in attributes begin with, where that is not part of the name.
    pub prefix: &'static str,
    /// Whether its scripts keep their type, so that they have to be kept from running.
    pub live: bool,
    /// Whether its names are services that a script asks for (`tarteaucitron.job`).
    pub queue: bool,
}

/// An attribute, and what separates several names in it.
#[derive(Debug, Clone, Copy)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What separates names that must all be granted. A line break where one name is all there is.
    pub separator: &'static str,
}

/// What a tool's fixed name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Runs without consent.
    Necessary,
    /// Counting visits.
    Statistics,
    /// Advertising.
    Marketing,
    /// Remembering what the visitor prefers.
    Preferences,
    /// The element does not wait at all.
    Ignored,
}

impl Meaning {
    /// The ids that a purpose of this meaning usually has.
    #[must_use]
    pub fn usual_ids(self) -> &'static [&'static str] {
        match self {
            Self::Statistics => &["statistics", "analytics", "measurement", "performance"],
            Self::Marketing => &["marketing", "advertising", "advertisement", "ads", "targeting"],
            Self::Preferences => &["preferences", "functional", "functionality", "personalization", "personalisation"],
            Self::Necessary | Self::Ignored => &[],
        }
    }
}

/// All that are understood.
pub const TOOLS: &[Tool] = &[
    Tool {
        attributes: &[one("data-category"), one("data-service"), one("data-cookiecategory")],
        buttons: "[data-cc]",
        ..NONE.called("vanilla-cookieconsent")
    },
    Tool { attributes: &[one("data-name")], buttons: "[onclick*='klaro.show'],[href*='klaro.show']", ..NONE.called("klaro") },
    Tool {
        attributes: &[one("data-purpose"), one("data-name")],
        buttons: "[onclick*='orejime.'],[href*='orejime.'],[onclick*='Orejime.']",
        ..NONE.called("orejime")
    },
    Tool {
        buttons: "[href='#tarteaucitron'],[onclick*='tarteaucitron.'],[href*='tarteaucitron.user']",
        queue: true,
        ..NONE.called("tarteaucitron")
    },
    Tool {
        attributes: &[one("data-osano")],
        live: true,
        buttons: "[onclick*='Osano.cm'],[href*='Osano.cm']",
        words: &[
            ("ESSENTIAL", Meaning::Ignored),
            ("ANALYTICS", Meaning::Statistics),
            ("MARKETING", Meaning::Marketing),
            ("PERSONALIZATION", Meaning::Preferences),
        ],
        ..NONE.called("osano")
    },
    Tool {
        attributes: &[several("data-cookieconsent", ",")],
        live: true,
        urls: &["data-cookieblock-src"],
        buttons: "[onclick*='Cookiebot.'],[href*='Cookiebot.']",
        words: &[
            ("ignore", Meaning::Ignored),
            ("necessary", Meaning::Necessary),
            ("preferences", Meaning::Preferences),
            ("statistics", Meaning::Statistics),
            ("marketing", Meaning::Marketing),
        ],
        ..NONE.called("cookiebot")
    },
    Tool {
        attributes: &[several("class", "-")],
        buttons: ".ot-sdk-show-settings,#ot-sdk-btn,.optanon-toggle-display,[onclick*='OneTrust.'],[onclick*='Optanon.']",
        words: &[
            ("C0001", Meaning::Necessary),
            ("C0002", Meaning::Statistics),
            ("C0003", Meaning::Preferences),
            ("C0004", Meaning::Marketing),
        ],
        ..NONE.called("onetrust")
    },
    Tool {
        attributes: &[one("data-vendor"), one("data-vendor-raw"), several("data-purposes", ",")],
        buttons: "[onclick*='Didomi.'],[href*='Didomi.']",
        ..NONE.called("didomi")
    },
    Tool {
        attributes: &[one("data-usercentrics")],
        buttons: "[onclick*='UC_UI.'],[href*='UC_UI.'],[onclick*='__ucCmp.']",
        ..NONE.called("usercentrics")
    },
    Tool {
        attributes: &[one("data-category"), one("data-service")],
        urls: &["data-src-cmplz", "data-cmplz-src"],
        buttons: ".cmplz-manage-consent,.cmplz-show-banner",
        words: &[
            ("functional", Meaning::Necessary),
            ("preferences", Meaning::Preferences),
            ("statistics", Meaning::Statistics),
            ("marketing", Meaning::Marketing),
        ],
        ..NONE.called("complianz")
    },
    Tool {
        attributes: &[one("data-c15t-category"), one("data-c15t-vendor"), one("data-category"), one("data-vendor")],
        buttons: "[data-c15t-action],[href='#c15t-preferences']",
        words: &[
            ("necessary", Meaning::Necessary),
            ("functionality", Meaning::Preferences),
            ("measurement", Meaning::Statistics),
            ("marketing", Meaning::Marketing),
        ],
        ..NONE.called("c15t")
    },
    Tool {
        attributes: &[one("data-cookieyes")],
        live: true,
        buttons: ".cky-banner-element,[onclick*='revisitCkyConsent']",
        words: &[
            ("necessary", Meaning::Necessary),
            ("functional", Meaning::Preferences),
            ("analytics", Meaning::Statistics),
            ("advertisement", Meaning::Marketing),
        ],
        prefix: "cookieyes-",
        ..NONE.called("cookieyes")
    },
    Tool {
        attributes: &[several("data-iub-purposes", ",")],
        urls: &["data-suppressedsrc"],
        buttons: ".iubenda-cs-preferences-link",
        words: &[("1", Meaning::Necessary), ("2", Meaning::Preferences), ("4", Meaning::Statistics), ("5", Meaning::Marketing)],
        ..NONE.called("iubenda")
    },
    Tool { attributes: &[one("data-cookiecategory")], buttons: "[data-cc]", ..NONE.called("pressidium") },
    Tool { attributes: &[several("data-cookie-consent", ",")], buttons: "probo-settings-link", ..NONE.called("probo") },
];

const NONE: Tool = Tool { name: "", attributes: &[], urls: &[], buttons: "", words: &[], prefix: "", live: false, queue: false };

impl Tool {
    const fn called(self, name: &'static str) -> Self {
        Self { name, ..self }
    }
}

const fn one(name: &'static str) -> Attribute {
    several(name, "\n")
}

const fn several(name: &'static str, separator: &'static str) -> Attribute {
    Attribute { name, separator }
}
