//! The tag where it does not belong: added late by a script, as a module, imported by one.

use anyhow::{Result, ensure};
use e2e::stage::Stage;
use e2e::wait::until;

use super::{asks_and_releases, holds};

#[tokio::test]
async fn a_tag_that_a_tag_manager_adds_after_load_asks_and_releases() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("tag-manager/").await?;
    asks_and_releases(&stage, &browser).await?;
    browser.banner_is_there().await?;
    browser.quit().await
}

#[tokio::test]
async fn con_15_a_loader_that_runs_as_a_module_and_so_from_nowhere_stays_silent_with_everything_denied() -> Result<()> {
    let stage = Stage::new().await?;
    for page in ["as-module/", "imported/"] {
        let browser = stage.visit(page).await?;
        if page == "imported/" {
            let imported = "return window.imported === true;";
            until("the module that imports the loader", async || Ok(browser.run::<bool>(imported).await?.then_some(()))).await?;
        }
        holds(&stage, &browser).await?;
        ensure!(browser.placet_element("*").await?.is_none());
        browser.no_page_errors().await?;
        browser.quit().await?;
    }
    Ok(())
}
