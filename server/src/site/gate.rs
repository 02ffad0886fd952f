//! How a site's page holds what it was not asked to mark: the addresses of each service. Not part of
//! the policy, because it is not what the visitor is shown. Must not know of the loader.

use std::collections::BTreeMap;

use shared::id::ServiceId;

use crate::library::Pattern;
use crate::site::gpc::Gpc;
use crate::site::modes::Modes;
use crate::site::tags::Tags;

/// What the gate of a site knows beside its policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gate {
    /// Where each service is reached: as the site file says, else as the library does.
    pub urls: BTreeMap<ServiceId, Vec<Pattern>>,
    /// What is switched on beside the loader.
    pub modes: Modes,
    /// What the site says of Global Privacy Control.
    pub gpc: Option<Gpc>,
    /// What other consent tools' marks mean here.
    pub tags: Tags,
}
