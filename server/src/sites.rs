//! The sites that a running server serves: their origins, every policy version they published, and
//! the loader and layers of each language, made when first asked for.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use shared::digest::Digest;
use shared::id::{Language, SiteId};
use shared::policy::view::PolicyView;
use shared::policy::{Policy, PolicyVersion};
use tokio::sync::OnceCell;
use widget::render::{self, Part, RenderError};

use crate::assets::Assets;
use crate::http::content::Content;
use crate::parts;
use crate::publish::{Published, PublishedPolicy};
use crate::site::origin::Origin;
use crate::site::{Gate, ListedOrigin};

/// Every site, by id.
#[derive(Debug, Clone, Default)]
pub struct Sites(Arc<HashMap<String, Arc<LiveSite>>>);

impl Sites {
    /// The site of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Arc<LiveSite>> {
        self.0.get(id).map(Arc::clone)
    }
}

impl FromIterator<LiveSite> for Sites {
    fn from_iter<I: IntoIterator<Item = LiveSite>>(sites: I) -> Self {
        Self(Arc::new(sites.into_iter().map(|site| (site.id.to_string(), Arc::new(site))).collect()))
    }
}

/// One site as it is served.
#[derive(Debug)]
pub struct LiveSite {
    /// The site's id.
    pub id: SiteId,
    /// Whose pages may record.
    pub origins: Vec<Origin>,
    /// How its page holds what is not marked.
    pub gate: Gate,
    versions: BTreeMap<PolicyVersion, PublishedPolicy>,
    current: PolicyVersion,
    since: PolicyVersion,
    pages: HashMap<(PolicyVersion, Language), Page>,
}

#[derive(Debug, Default)]
struct Page {
    loader: OnceCell<Content>,
    layers: OnceCell<Content>,
}

/// Why a site's script or layers could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The renderer refused.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The policy has no text in its own default language, which publishing refuses.
    #[error("the policy has no text in language \"{0}\"")]
    Language(Language),
    /// The thread that made it ended.
    #[error("the page was not finished: {0}")]
    Unfinished(#[from] tokio::task::JoinError),
}

impl LiveSite {
    /// A site whose `"self"` means `own`.
    #[must_use]
    pub fn new(id: SiteId, listed: &[ListedOrigin], own: &[Origin], published: Published, gate: Gate) -> Self {
        let origins = listed.iter().flat_map(|origin| match origin {
            ListedOrigin::Own => own.to_vec(),
            ListedOrigin::Named(origin) => vec![origin.clone()],
        });
        let Published { versions, current, since } = published;
        let pages = versions.iter().flat_map(|(version, published)| {
            let languages = published.policy.languages.iter();
            languages.map(|language| ((*version, language.clone()), Page::default()))
        });
        Self { id, origins: origins.collect(), gate, pages: pages.collect(), versions, current, since }
    }

    /// A version that the site published; the current one for `None`.
    #[must_use]
    pub fn version(&self, version: Option<PolicyVersion>) -> Option<(PolicyVersion, &PublishedPolicy)> {
        let version = version.unwrap_or(self.current);
        self.versions.get(&version).map(|published| (version, published))
    }

    /// The policy that visitors are shown now.
    #[must_use]
    pub fn policy(&self) -> Option<&Policy> {
        self.versions.get(&self.current).map(|published| &published.policy)
    }

    /// The loader in one of the current policy's languages.
    pub async fn loader(&self, assets: &Arc<Assets>, language: &Language) -> Result<Content, PageError> {
        let make = |job: &Job| Ok(Content::compress("text/javascript; charset=utf-8", job.loader()?.into_bytes()));
        self.page(assets, self.current, language, |page| &page.loader, make).await
    }

    /// The layers as JSON in one of that version's languages. A loader that a browser kept asks for
    /// its own version, so that what is shown and what is recorded are one.
    pub async fn layers(&self, assets: &Arc<Assets>, version: PolicyVersion, language: &Language) -> Result<Content, PageError> {
        let make = |job: &Job| Ok(Content::compress("application/json", job.layers().into_bytes()));
        self.page(assets, version, language, |page| &page.layers, make).await
    }

    async fn page(
        &self,
        assets: &Arc<Assets>,
        version: PolicyVersion,
        language: &Language,
        cell: fn(&Page) -> &OnceCell<Content>,
        make: fn(&Job) -> Result<Content, RenderError>,
    ) -> Result<Content, PageError> {
        let page = self.pages.get(&(version, language.clone())).ok_or_else(|| PageError::Language(language.clone()))?;
        let content = cell(page).get_or_try_init(|| async {
            let view = self.view(version, language).ok_or_else(|| PageError::Language(language.clone()))?;
            let parts = parts::parts(assets, &view, &self.gate);
            let job = Job { assets: Arc::clone(assets), view, since: self.since, parts };
            Ok::<_, PageError>(tokio::task::spawn_blocking(move || make(&job)).await??)
        });
        Ok(content.await?.clone())
    }

    /// A published policy in one language.
    #[must_use]
    pub fn view(&self, version: PolicyVersion, language: &Language) -> Option<PolicyView> {
        let published = self.versions.get(&version)?;
        published.policy.view(version, published.hash, language)
    }
}

/// All that rendering needs, so that it can be done on another thread.
struct Job {
    assets: Arc<Assets>,
    view: PolicyView,
    since: PolicyVersion,
    parts: Vec<Part<'static>>,
}

impl Job {
    fn loader(&self) -> Result<String, RenderError> {
        render::loader(self.assets.loader, &self.site())
    }

    fn layers(&self) -> String {
        render::layers(&self.site())
    }

    fn site(&self) -> render::Site<'_> {
        let banner: Digest = self.assets.build;
        let Assets { glue, wasm, .. } = &*self.assets;
        render::Site { view: &self.view, since: self.since, banner, glue, wasm, parts: &self.parts }
    }
}
