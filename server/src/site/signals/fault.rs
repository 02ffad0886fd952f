//! What can be wrong with `[signals]`, each with a sentence that says what to write instead.

use shared::policy::signals::Tool;

/// One thing that is wrong in `[signals]`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignalsFault {
    /// A tool has no such type of consent.
    #[error("{tool} has no type \"{found}\"; its types are: {}", tool.types().join(", "))]
    Type {
        /// The tool.
        tool: Tool,
        /// What was written.
        found: String,
    },
    /// A purpose alone says too little.
    #[error(
        "{0} has several types of consent: write {0} = {{ purpose = [\"type\"] }} with the ids of your purposes; the types are: {types}",
        types = .0.types().join(", ")
    )]
    SeveralTypes(Tool),
    /// Neither a purpose nor a service under one.
    #[error("there is no \"{0}\": name the id of one of [[purposes]], or purpose/service")]
    Subject(String),
    /// Google's tags before the choice, where that needs consent.
    #[error(
        "profile \"{0}\" does not allow google_advanced: Google's tags would load before the visitor chose, and loading them is already access to the device; leave it out and mark the tags, so that they wait"
    )]
    Advanced(&'static str),
    /// The same without a profile.
    #[error(
        "google_advanced lets Google's tags load before the visitor chose, which needs a profile whose law allows that: write profile = \"us-ca\" or another one, or leave it out"
    )]
    AdvancedWithoutProfile,
    /// Nobody could see why.
    #[error("write who decided that Google's tags load before the choice, when and why: it is published with the policy")]
    AdvancedUnexplained,
    /// There is nothing to be advanced.
    #[error("google_advanced goes with google = {{ … }}")]
    AdvancedAlone,
    /// Not a region.
    #[error("a region is an ISO 3166-2 code, for example \"GB\" or \"US-CA\"")]
    Region,
    /// A granted default where nobody has opted in.
    #[error(
        "\"{0}\" needs consent first, so that nothing can be granted there from the start: only regions of the US can have granted defaults"
    )]
    RegionGranted(String),
}
