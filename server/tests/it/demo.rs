//! The demo page's routes, with the real binary: its folder and nothing else, and a collector.

use std::fs;

use crate::support::binary::Running;

#[test]
fn the_demo_serves_its_folder_and_nothing_outside_it() {
    let outer = tempfile::tempdir().unwrap();
    let demo = outer.path().join("demo");
    fs::create_dir_all(demo.join("inner")).unwrap();
    fs::write(demo.join("index.html"), "<title>the demo</title>").unwrap();
    fs::write(demo.join("inner/a.js"), "1").unwrap();
    fs::write(outer.path().join("secret.txt"), "not yours").unwrap();
    std::os::unix::fs::symlink(outer.path().join("secret.txt"), demo.join("link.txt")).unwrap();
    let running = Running::start(&demo, &[]);
    let get = |path: &str| running.request(&format!("GET {path} HTTP/1.1"), "").unwrap();
    assert!(get("/").contains("<title>the demo</title>"));
    assert!(get("/demo/inner/a.js").contains("content-type: text/javascript"));
    for path in [
        "/demo/../secret.txt",
        "/demo/%2e%2e/secret.txt",
        "/demo/inner/../../secret.txt",
        "/demo//etc/passwd",
        "/demo/link.txt",
        "/demo/inner",
    ] {
        let answer = get(path);
        assert!(answer.starts_with("HTTP/1.1 404 ") && !answer.contains("not yours"), "{path}: {answer}");
    }
    let embed = get("/demo/embed");
    assert!(embed.contains("content-security-policy: frame-ancestors 'self'") && embed.contains("<title>Lesson video</title>"));
}

#[test]
fn the_collector_remembers_paths_and_times_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(folder.path(), &[]);
    for method in ["GET", "POST", "PUT", "HEAD", "OPTIONS"] {
        let head = format!("{method} /demo/collect/{method}/e?who=sentinel-query HTTP/1.1\nuser-agent: sentinel-agent");
        assert!(running.request(&head, "sentinel-body").unwrap().starts_with("HTTP/1.1 204 "), "{method}");
    }
    let listed = running.request("GET /demo/collect HTTP/1.1", "").unwrap();
    let list: serde_json::Value = serde_json::from_str(listed.split_once("\r\n\r\n").unwrap().1).unwrap();
    let paths: Vec<_> = list.as_array().unwrap().iter().map(|entry| entry["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["OPTIONS/e", "HEAD/e", "PUT/e", "POST/e", "GET/e"]);
    assert_eq!(list[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["path", "time"]);
    assert!(!listed.contains("sentinel"));
}
