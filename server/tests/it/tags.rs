//! `[tags]`: what another tool's names mean on a site, what of it the loader gets, and what the owner
//! reads about it.

use server::site::Site;
use server::site::tags::{Tags, tools};

use crate::support::binary::placet;

const SAMPLE: &str = include_str!("../../demo/demo.toml");

fn tags(lines: &str) -> Tags {
    Site::parse(&"demo".parse().unwrap(), &format!("{SAMPLE}[tags]\n{lines}\n"), "demo.toml").unwrap().gate.tags
}

/// `name = key, …` of one attribute.
fn names(tags: &Tags, attribute: &str) -> Vec<String> {
    let names = &tags.attributes[attribute].names;
    names.iter().map(|(name, keys)| format!("{name} = {}", keys.iter().map(String::as_str).collect::<Vec<_>>().join("+"))).collect()
}

#[test]
fn true_means_the_sites_own_names_and_the_tools_fixed_ones_where_one_purpose_can_be_meant() {
    let names = names(&tags("cookiebot = true"), "data-cookieconsent");
    for expected in ["statistics = analytics", "necessary = needed", "ignore = ", "analytics = analytics", "posthog = analytics/posthog"] {
        assert!(names.iter().any(|name| name == expected), "{expected}: {names:?}");
    }
    assert!(!names.iter().any(|name| name.starts_with("marketing")), "no purpose of the demo site is marketing: {names:?}");
}

#[test]
fn where_two_purposes_could_be_meant_a_fixed_name_means_neither() {
    let more = "[[purposes]]\nid = \"measurement\"\nmode = \"consent\"\nname = { en = \"More\" }\ndescription = { en = \"More\" }\n";
    let site = Site::parse(&"demo".parse().unwrap(), &format!("{SAMPLE}{more}[tags]\ncookiebot = true\n"), "demo.toml").unwrap();
    assert!(!names(&site.gate.tags, "data-cookieconsent").iter().any(|name| name.starts_with("statistics")));
}

#[test]
fn a_table_says_all_but_what_the_tool_itself_does_not_hold() {
    let tags = tags(r#"cookiebot = { statistics = ["analytics", "lesson-videos"] }"#);
    assert_eq!(names(&tags, "data-cookieconsent"), ["ignore = ", "necessary = needed", "statistics = analytics+media/lesson-videos"]);
}

#[test]
fn a_prefix_belongs_to_the_pages_and_may_be_written_or_not() {
    let short = tags(r#"cookieyes = { analytics = "analytics" }"#);
    assert_eq!(short, tags(r#"cookieyes = { cookieyes-analytics = "analytics" }"#));
    assert!(names(&short, "data-cookieyes").contains(&"cookieyes-analytics = analytics".to_owned()));
}

#[test]
fn placets_own_ids_keep_their_meaning_in_the_attributes_that_are_its_own_too() {
    let tags = tags(r#"vanilla-cookieconsent = { media = "analytics", ads = "media" }"#);
    assert_eq!(names(&tags, "data-category"), ["ads = media", "analytics = analytics", "media = analytics", "needed = needed"]);
    assert!(names(&tags, "data-service").contains(&"plausible = analytics/plausible".to_owned()));
    assert_eq!(names(&tags, "data-cookiecategory"), ["ads = media", "media = analytics"]);
}

#[test]
fn two_tools_that_read_one_attribute_differently_must_both_be_content() {
    let tags = tags("klaro = { video = \"media\" }\norejime = { video = \"plausible\" }");
    assert_eq!(names(&tags, "data-name"), ["video = analytics/plausible+media"]);
}

#[test]
fn con_15_the_owner_reads_what_an_old_cookie_says_and_that_it_proves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("demo.toml");
    std::fs::write(&file, format!("{SAMPLE}[tags]\nklaro = {{ matomo = \"analytics\" }}\n")).unwrap();
    let show = |cookie: &str| placet().args(["site", "old-choice"]).arg(&file).args(["--cookie", cookie]).output().unwrap();
    let shown = show("klaro=%7B%22matomo%22%3Atrue%2C%22youtube%22%3Afalse%7D");
    assert!(shown.status.success());
    assert_eq!(
        String::from_utf8(shown.stdout).unwrap(),
        "klaro kept this choice:
  matomo: granted; here analytics
  youtube: refused; here it is not in [tags]
It is what one browser says, not a proof of consent: Placet asks this visitor again.
"
    );
    let refused = show("session=1");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8(refused.stderr).unwrap().starts_with("placet: no tool that is understood keeps a choice in \"session\""));
}

#[test]
fn the_guide_has_a_section_for_every_tool_and_its_samples_are_understood() {
    let guide = include_str!("../../../docs/migrate.md");
    for tool in tools::TOOLS {
        let section = guide.split("\n## ").find(|section| section.contains(&format!("\n{} = ", tool.name)));
        let section = section.unwrap_or_else(|| panic!("docs/migrate.md says nothing of {}", tool.name));
        for attribute in tool.attributes {
            assert!(section.contains(attribute.name), "{}: {}", tool.name, attribute.name);
        }
    }
    let lines = guide.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap().trim_start_matches("[tags]\n"));
    for lines in lines {
        tags(lines);
    }
}
