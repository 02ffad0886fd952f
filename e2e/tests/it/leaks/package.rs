//! The tracker packages of the leak suite: who they are and what they would find on the device of
//! somebody whom they met before.

use anyhow::Context as _;
use serde_json::Value;

/// One package with a page of its own, `sites/leaks/<id>/`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Package {
    /// The service's id; its hosts are `<id>.example`.
    pub(super) id: &'static str,
    /// The name on npm.
    pub(super) npm: &'static str,
    /// What it would take up, left by an earlier visit: a cookie and an entry of `localStorage`.
    pub(super) old: &'static str,
    /// How many requests it sends at least while the page goes on.
    pub(super) goes_on_to: usize,
}

const fn package(id: &'static str, npm: &'static str, old: &'static str) -> Package {
    Package { id, npm, old, goes_on_to: 4 }
}

pub(super) const ALL: [Package; 15] = [
    package("ahoy", "ahoy.js", "ahoy_visitor"),
    package("amplitude", "@amplitude/analytics-browser", "AMP_demo"),
    package("clarity", "clarity-js", "_clck"),
    Package { goes_on_to: 3, ..package("countly", "countly-sdk-web", "demo/cly_id") },
    package("datadog", "@datadog/browser-rum", "_dd_s_v2"),
    package("elastic", "@elastic/apm-rum", "es_demo"),
    package("keen", "keen-tracking", "keen"),
    Package { goes_on_to: 1, ..package("matomo", "@datapunt/matomo-tracker-js", "_pk_id.1.1fff") },
    package("mixpanel", "mixpanel-browser", "mp_demo_mixpanel"),
    package("openpanel", "@openpanel/web", "op_demo"),
    package("plausible", "@plausible-analytics/tracker", "plausible_demo"),
    package("posthog", "posthog-js", "ph_demo_posthog"),
    package("segment", "@segment/analytics-next", "ajs_anonymous_id"),
    package("sentry", "@sentry/browser", "sentry_demo"),
    package("snowplow", "@snowplow/browser-tracker", "_sp_id.1fff"),
];

impl Package {
    /// The version that the lock files name.
    pub(super) fn version(self) -> anyhow::Result<String> {
        for folder in ["e2e/trackers", "e2e"] {
            let path = e2e::programs::root().join(folder).join("package.json");
            let wanted: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
            if let Some(version) = wanted["dependencies"][self.npm].as_str() {
                return Ok(version.to_owned());
            }
        }
        Err(anyhow::anyhow!("no package.json names it")).context(self.npm)
    }
}
