//! Accept and Reject are equal: in style, size and place, in every theme, language and width (UI-02).

use anyhow::Result;
use e2e::stage::Stage;
use serde_json::Value;

/// Both buttons' computed style without what their words and their place decide, and their sizes.
const COMPARE: &str = "
    const root = document.querySelector('placet-root').shadowRoot.querySelector(arguments[0]);
    const own = ['inline-size', 'block-size', 'width', 'height', 'perspective-origin', 'transform-origin'];
    const measure = (action) => {
      const button = root.querySelector(`[data-placet-action=${action}]`);
      const box = button.getBoundingClientRect();
      const style = Object.fromEntries([...getComputedStyle(button)].filter((name) => !own.includes(name)).map((name) => [name, getComputedStyle(button)[name]]));
      const hidden = box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth;
      const seen = root.getRootNode().elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return { style, width: box.width, height: box.height, hidden, covered: seen !== button, tag: button.localName, type: button.type, tabindex: button.tabIndex };
    };
    const [accept, reject] = [measure('accept-all'), measure('reject-all')];
    const styles = Object.keys(accept.style).filter((name) => accept.style[name] !== reject.style[name]).map((name) => [name, accept.style[name], reject.style[name]]);
    delete accept.style;
    delete reject.style;
    return { accept, reject, styles };";

#[tokio::test]
async fn ui_02_accept_and_reject_look_the_same_in_every_theme_language_and_width() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    for page in ["long/", "cy/"] {
        for (width, height) in [(1280, 800), (768, 1024), (320, 568)] {
            for dark in [false, true] {
                browser.look(width, height, dark).await?;
                browser.open(&stage.host.page(page)).await?;
                browser.asked().await?;
                equal(&browser.run_with(COMPARE, vec!["section".into()]).await?, &format!("first layer, {page} {width} dark={dark}"));
                browser.choose().await?;
                equal(
                    &browser.run_with(COMPARE, vec!["[data-placet-preferences]".into()]).await?,
                    &format!("preferences, {page} {width} dark={dark}"),
                );
            }
        }
    }
    browser.quit().await
}

fn equal(found: &Value, what: &str) {
    assert_eq!(found["styles"], serde_json::json!([]), "{what}");
    for side in ["width", "height"] {
        let of = |name: &str| found[name][side].as_f64().unwrap_or_default();
        // The browser lays out in 64ths of a pixel, so a row of three can differ by that much.
        assert!((of("accept") - of("reject")).abs() < 0.05, "{what}: {side} {found}");
    }
    for same in ["hidden", "covered", "tag", "type", "tabindex"] {
        assert_eq!(found["accept"][same], found["reject"][same], "{what}: {same}");
    }
    assert_eq!(found["accept"]["hidden"], false, "{what}: below the fold");
    assert_eq!(found["accept"]["covered"], false, "{what}: something lies over it");
    let side = |name: &str| found["accept"][name].as_f64().unwrap_or_default();
    assert!(side("width") >= 44.0 && side("height") >= 44.0, "{what}: A11Y-05 {found}");
}

#[tokio::test]
async fn sec_10_the_pages_own_styles_reach_neither_button() -> Result<()> {
    let stage = Stage::new().await?;
    let browser = stage.visit("long/").await?;
    browser.asked().await?;
    let before: Value = browser.run_with(COMPARE, vec!["section".into()]).await?;
    browser
        .run::<Value>(
            "const style = document.createElement('style');
            style.textContent = `button, [data-placet-action=reject-all] { display: none !important; color: red !important; font-size: 3px !important; }
              html, body, placet-root { font-size: 5px !important; letter-spacing: 9px !important; color: transparent !important; visibility: hidden !important; direction: rtl; }
              placet-root { opacity: 0 !important; display: none !important; transform: scale(.1) !important; }`;
            document.body.append(style);
            return null;",
        )
        .await?;
    let after: Value = browser.run_with(COMPARE, vec!["section".into()]).await?;
    equal(&after, "hostile styles");
    assert_eq!(after["accept"]["width"], before["accept"]["width"]);
    browser.quit().await
}
