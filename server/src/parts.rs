//! Which parts of the loader a site gets, and what each works on: nobody pays for what they do not
//! use. Must not know how a part does its work (`widget/loader/parts/`).

use widget::render::Part;

use crate::assets::Assets;

/// What every page may need: other elements than scripts, the order of things, the page's own calls.
const ALWAYS: [&str; 3] = ["elements", "order", "page"];

/// The parts of a site's loader, in the order in which they run.
#[must_use]
pub fn parts(assets: &Assets) -> Vec<Part<'static>> {
    ALWAYS.iter().filter_map(|name| part(assets, name, "0".to_owned())).collect()
}

fn part(assets: &Assets, name: &str, data: String) -> Option<Part<'static>> {
    let (_, code) = assets.parts.iter().find(|(known, _)| *known == name)?;
    Some(Part { code, data })
}
