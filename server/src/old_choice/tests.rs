//! Cookies as the tools write them. The values of vanilla-cookieconsent, Klaro, Orejime, tarteaucitron
//! and c15t are what their published sources make; the hosted tools' are as they stand in browsers.

use super::*;

fn read(cookie: &str) -> String {
    let choice = OldChoice::read(cookie).unwrap();
    let answers = choice.answers.iter().map(|(name, on)| format!("{}{name}", if *on { "+" } else { "-" }));
    format!("{}: {}", choice.tool, answers.collect::<Vec<_>>().join(" "))
}

#[test]
fn each_tools_cookie_is_read_as_what_was_granted_and_refused() {
    for (cookie, expected) in [
        (
            "cc_cookie=%7B%22categories%22%3A%5B%22necessary%22%2C%22analytics%22%5D%2C%22revision%22%3A0%2C%22data%22%3Anull%2C%22consentTimestamp%22%3A%222025-06-01T09%3A00%3A00.000Z%22%2C%22services%22%3A%7B%22necessary%22%3A%5B%5D%2C%22analytics%22%3A%5B%22ga%22%5D%7D%7D",
            "vanilla-cookieconsent: +analytics +ga +necessary",
        ),
        (
            "cc_cookie=%7B%22level%22%3A%5B%22necessary%22%2C%22targeting%22%5D%2C%22revision%22%3A0%7D",
            "vanilla-cookieconsent: +necessary +targeting",
        ),
        ("klaro=%7B%22matomo%22%3Atrue%2C%22youtube%22%3Afalse%7D", "klaro: +matomo -youtube"),
        ("eu-consent=%7B%22analytics%22%3Atrue%2C%22ads%22%3Afalse%7D", "orejime: -ads +analytics"),
        ("tarteaucitron=!gtag=true!youtube=false!vimeo=wait", "tarteaucitron: +gtag -youtube"),
        (
            "CookieConsent={stamp:%27pX0==%27%2Cnecessary:true%2Cpreferences:false%2Cstatistics:true%2Cmarketing:false%2Cmethod:%27explicit%27%2Cver:1%2Cutc:1717232400000%2Cregion:%27gb%27}",
            "cookiebot: -marketing +necessary -preferences +statistics",
        ),
        (
            "OptanonConsent=isGpcEnabled=0&datestamp=Sun+Jun+01+2025&version=202405.1.0&isIABGlobal=false&groups=C0001%3A1%2CC0002%3A1%2CC0004%3A0&AwaitingReconsent=false",
            "onetrust: +C0001 +C0002 -C0004",
        ),
        (
            "didomi_token=eyJ1c2VyX2lkIjoiMSIsInZlbmRvcnMiOnsiZW5hYmxlZCI6WyJjOnlvdXR1YmUiXX0sInB1cnBvc2VzIjp7ImVuYWJsZWQiOlsiYXVkaWVuY2UiXSwiZGlzYWJsZWQiOlsiYWRzIl19fQ==",
            "didomi: -ads +audience +c:youtube",
        ),
        (
            r#"uc_settings={"services":[{"id":"HkocEodjb7","status":true},{"id":"BJz7qNsdj-7","status":false}]}"#,
            "usercentrics: -BJz7qNsdj-7 +HkocEodjb7",
        ),
        ("cmplz_marketing=deny", "complianz: -marketing"),
        ("c15t=c.necessary:1,c.measurement:1,i.t:1717232400000,i.sid:sub_1", "c15t: +measurement +necessary"),
        (
            "cookieyes-consent=consentid:abc,consent:yes,action:yes,necessary:yes,functional:no,analytics:yes,advertisement:no",
            "cookieyes: -advertisement +analytics -functional +necessary",
        ),
        (
            "_iub_cs-1234567=%7B%22timestamp%22%3A%222025-06-01T09%3A00%3A00.000Z%22%2C%22purposes%22%3A%7B%221%22%3Atrue%2C%224%22%3Afalse%7D%2C%22id%22%3A1234567%7D",
            "iubenda: +1 -4",
        ),
        ("probo_consent=%7B%22v%22%3A1%2C%22action%22%3A%22custom%22%2C%22data%22%3A%7B%22analytics%22%3Atrue%7D%7D", "probo: +analytics"),
        ("cookieconsent_status=dismiss", "osano: -everything"),
    ] {
        assert_eq!(read(cookie), expected);
    }
}

#[test]
fn what_is_no_choice_is_said_to_be_none() {
    for (cookie, expected) in [
        ("cc_cookie", OldChoiceError::Form),
        ("session=1", OldChoiceError::Unknown("session".to_owned())),
        ("cc_cookie=1", OldChoiceError::Unreadable("vanilla-cookieconsent")),
        ("CookieConsent=-1", OldChoiceError::Unreadable("cookiebot")),
        ("CookieConsent=true", OldChoiceError::Unreadable("cookiebot")),
        ("didomi_token=%C3%A4", OldChoiceError::Unreadable("didomi")),
        ("klaro=%", OldChoiceError::Unreadable("klaro")),
        ("cmplz_banner-status=dismissed", OldChoiceError::Unreadable("complianz")),
    ] {
        assert_eq!(OldChoice::read(cookie), Err(expected), "{cookie}");
    }
}
