//! Settings: file, then environment, then flags; what nobody knows is refused.

use server::config::{Config, ConfigError, Layer, LogLevel, env, file};

use crate::support::binary::placet;

fn from_file(text: &str) -> Layer {
    file::parse(text, "placet.toml").unwrap()
}

fn from_env(variables: &[(&str, &str)]) -> Result<env::Environment, ConfigError> {
    env::read(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

#[test]
fn the_environment_wins_over_the_file_and_flags_over_both() {
    let file = from_file("listen = \"127.0.0.1:1\"\ndata = \"file\"\nsites = \"file\"\nlog_level = \"warn\"");
    let environment = from_env(&[("PLACET_LISTEN", "127.0.0.1:2"), ("PLACET_DATA", "environment"), ("HOME", "/")]).unwrap().layer;
    let flags = from_file("listen = \"127.0.0.1:3\"");
    let Config { listen, data, sites, log_level, .. } = flags.over(environment).over(file).settle().unwrap();
    assert_eq!(
        (listen.port(), data.to_str(), sites.as_deref().and_then(|path| path.to_str()), log_level),
        (3, Some("environment"), Some("file"), LogLevel::Warn)
    );
}

#[test]
fn every_setting_can_come_from_each_source() {
    let file = from_file(
        r#"listen = "127.0.0.1:1"
data = "d"
sites = "s"
public_url = "https://school.example/placet/"
demo = "p"
log_format = "json"
log_level = "debug""#,
    );
    let environment = from_env(&[
        ("PLACET_LISTEN", "127.0.0.1:1"),
        ("PLACET_DATA", "d"),
        ("PLACET_SITES", "s"),
        ("PLACET_PUBLIC_URL", "https://school.example/placet/"),
        ("PLACET_DEMO", "p"),
        ("PLACET_LOG_FORMAT", "json"),
        ("PLACET_LOG_LEVEL", "debug"),
        ("PLACET_CONFIG", "c"),
    ])
    .unwrap();
    assert_eq!(environment.layer, file);
    assert_eq!(environment.config.unwrap().to_str(), Some("c"));
}

#[test]
fn an_unknown_key_is_refused_with_its_line_and_the_keys_that_are_known() {
    let error = file::parse("data = \"d\"\n\nlissten = \"127.0.0.1:1\"\n", "placet.toml").unwrap_err();
    insta::assert_snapshot!(error, @"placet.toml:3:1: unknown field `lissten`, expected one of `listen`, `data`, `sites`, `public_url`, `demo`, `log_format`, `log_level`");
    let error = file::parse("data = \"d\"\nlisten = \"everywhere\"\n", "placet.toml").unwrap_err();
    insta::assert_snapshot!(error, @"placet.toml:2:10: invalid socket address syntax");
}

#[test]
fn an_unknown_or_wrong_variable_is_refused() {
    insta::assert_snapshot!(from_env(&[("PLACET_LISSTEN", "x")]).unwrap_err(), @"the environment has PLACET_LISSTEN, which Placet does not know; it knows PLACET_CONFIG, PLACET_LISTEN, PLACET_DATA, PLACET_SITES, PLACET_PUBLIC_URL, PLACET_DEMO, PLACET_LOG_FORMAT, PLACET_LOG_LEVEL");
    insta::assert_snapshot!(from_env(&[("PLACET_LISTEN", "everywhere")]).unwrap_err(), @"PLACET_LISTEN: invalid socket address syntax");
    insta::assert_snapshot!(from_env(&[("PLACET_LOG_LEVEL", "loud")]).unwrap_err(), @"PLACET_LOG_LEVEL: write one of error, warn, info, debug");
    assert!(from_env(&[("PLACET_DIST", "a build's own")]).is_ok());
}

#[test]
fn the_binary_takes_the_three_sources_in_that_order() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("placet.toml");
    std::fs::write(&config, "sites = \"of-the-file\"\n").unwrap();
    let complaint = |variables: &[(&str, &str)], flags: &[&str]| {
        let mut command = placet();
        command.current_dir(folder.path()).args(["serve", "--config"]).arg(&config).args(flags).envs(variables.iter().copied());
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    assert!(complaint(&[], &[]).starts_with("placet: of-the-file: "));
    assert!(complaint(&[("PLACET_SITES", "of-the-environment")], &[]).starts_with("placet: of-the-environment: "));
    assert!(complaint(&[("PLACET_SITES", "of-the-environment")], &["--sites", "of-the-flags"]).starts_with("placet: of-the-flags: "));
    assert!(complaint(&[("PLACET_COLOUR", "red")], &[]).contains("PLACET_COLOUR, which Placet does not know"));
}
