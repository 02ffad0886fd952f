//! What the server draws: fair, off by default, and safe whatever a policy's texts hold.

use shared::digest::Digest;
use shared::policy::profile::Profile;
use shared::policy::view::PolicyView;
use shared::policy::{Policy, PolicyVersion};
use shared::testing::policy;
use shared::texts::SignalTexts;

use super::{RenderError, Site, dialog, first, layers, loader};

fn view(language: &str) -> PolicyView {
    policy().view(PolicyVersion::FIRST, Digest::from_bytes([0; 32]), &language.parse().unwrap()).unwrap()
}

fn site(view: &PolicyView) -> Site<'_> {
    Site { view, since: PolicyVersion::FIRST, banner: Digest::from_bytes([1; 32]), glue: "a/banner.js", wasm: "a/banner.wasm", parts: &[] }
}

/// The loader's data as JSON: the function that runs the parts is none.
fn without_parts(script: &str) -> String {
    script.replacen("\"x\":(a,g)=>{},", "", 1)
}

/// The start tags of the buttons with that action.
fn buttons<'a>(html: &'a str, action: &str) -> Vec<&'a str> {
    let hook = format!("data-placet-action=\"{action}\"");
    html.split('<')
        .filter(|tag| tag.starts_with("button "))
        .filter_map(|tag| tag.split('>').next())
        .filter(|tag| tag.contains(&hook))
        .collect()
}

#[test]
fn the_first_layer_is_drawn_so() {
    insta::assert_snapshot!(first(&site(&view("en"))).replace("><", ">\n<"));
}

#[test]
fn the_preferences_are_drawn_so() {
    insta::assert_snapshot!(dialog(&site(&view("en"))).replace("><", ">\n<"));
}

#[test]
fn ui_01_ui_02_accept_and_reject_differ_in_their_action_and_words_only() {
    for html in [first(&site(&view("en"))), dialog(&site(&view("cy")))] {
        let (accept, reject) = (buttons(&html, "accept-all"), buttons(&html, "reject-all"));
        assert_eq!((accept.len(), reject.len()), (1, 1), "{html}");
        assert_eq!(accept[0].replace("accept-all", "reject-all").replace("accept_all", "reject_all"), reject[0]);
    }
}

#[test]
fn con_03_no_switch_is_drawn_on_and_what_is_needed_has_none() {
    let html = dialog(&site(&view("en")));
    assert_eq!(html.matches("<input").count(), 4, "two purposes and their two services: {html}");
    assert!(!html.contains("checked"), "{html}");
    assert!(html.contains("always_on (en)"), "{html}");
}

/// A policy whose "media" is advertising.
fn advertising(profile: Option<Profile>) -> PolicyView {
    let mut policy = Policy { profile, ..policy() };
    policy.purposes[2].advertising = true;
    let english = "en".parse().unwrap();
    policy.signal_texts = [(english, SignalTexts::read(|name| Some(format!("{name}: {{advertising}}"))).unwrap())].into();
    policy.view(PolicyVersion::FIRST, Digest::from_bytes([0; 32]), &"en".parse().unwrap()).unwrap()
}

#[test]
fn gpc_05_where_the_signal_counts_the_reason_stands_in_both_layers_and_under_advertising_alone() {
    for profile in [None, Some(Profile::Uk)] {
        let view = advertising(profile);
        let (first, dialog) = (first(&site(&view)), dialog(&site(&view)));
        assert!(first.contains("<p class=\"kept\">signal_keeps_off: Videos"), "{first}");
        assert!(first.contains("data-signal=\"done_accepted_signal: Videos\"") && !first.contains("signal_honoured"), "{first}");
        assert_eq!(dialog.matches("signal_keeps_off: Videos").count(), 1, "{dialog}");
        assert!(dialog.contains("<div id=\"placet-media-signal\">") && !dialog.contains("class=\"over\""), "{dialog}");
    }
}

#[test]
fn us_02_us_03_in_opt_out_states_the_status_and_the_link_are_drawn() {
    let view = advertising(Some(Profile::UsCa));
    let (first, dialog) = (first(&site(&view)), dialog(&site(&view)));
    assert!(first.contains("<p class=\"kept\"><b>signal_honoured: Videos</b>. <!>signal_opted_out: Videos"), "{first}");
    assert!(first.contains("privacy_choices: Videos") && first.contains("class=\"control\""), "{first}");
    assert!(dialog.contains("<p class=\"over\">signal_overruled: Videos"), "{dialog}");
}

#[test]
fn a11y_13_each_layer_says_its_language_and_direction() {
    for language in ["en", "cy"] {
        assert!(first(&site(&view(language))).starts_with(&format!("<div lang=\"{language}\" dir=\"ltr\"")));
    }
}

#[test]
fn texts_of_a_policy_never_become_markup() {
    let mut policy = policy();
    let english = "en".parse().unwrap();
    let hostile = "</h3><script>alert(\"1\")</script>&amp;\u{2028}";
    policy.controller.name = hostile.to_owned();
    policy.services[1].name = hostile.to_owned();
    policy.purposes[1].name.insert("en".parse().unwrap(), hostile.to_owned());
    let view = policy.view(PolicyVersion::FIRST, Digest::from_bytes([0; 32]), &english).unwrap();
    for html in [first(&site(&view)), dialog(&site(&view))] {
        assert!(html.contains("&lt;script&gt;"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }
    let script = without_parts(&loader("__PLACET__", &site(&view)).unwrap());
    assert!(!script.contains('\u{2028}'), "a line separator ends a line in old JavaScript");
    assert!(serde_json::from_str::<serde_json::Value>(&script).is_ok(), "{script}");
}

#[test]
fn the_loaders_data_and_the_layers_are_json() {
    let view = view("cy");
    let data: serde_json::Value = serde_json::from_str(&without_parts(&loader("__PLACET__", &site(&view)).unwrap())).unwrap();
    assert!(data.to_string().contains("riverside"));
    let layers: serde_json::Value = serde_json::from_str(&layers(&site(&view))).unwrap();
    assert_eq!(layers["language"], "cy");
    assert_eq!(layers["html"], first(&site(&view)));
    assert_eq!(layers["preferences"], dialog(&site(&view)));
}

#[test]
fn a_template_of_another_build_is_refused() {
    let view = view("en");
    for template in ["", "x", "__PLACET__ and __PLACET__"] {
        assert_eq!(loader(template, &site(&view)), Err(RenderError::Template), "{template}");
    }
}
