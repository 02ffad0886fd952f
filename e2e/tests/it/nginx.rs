//! What the documentation says of nginx, in a real one: the policy follows the cookie, and is the strictest
//! where Placet does not answer.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};
use e2e::programs;
use e2e::server::{Placet, SiteFile};
use e2e::wait::until;
use tempfile::TempDir;

const ORIGIN: &str = "http://riverside.example";

/// An nginx with this configuration inside `http`.
struct Nginx {
    child: Child,
    address: String,
    _folder: TempDir,
}

impl Nginx {
    async fn start(http: impl FnOnce(&str) -> String) -> Result<Self> {
        let folder = TempDir::with_prefix("placet-nginx-")?;
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.to_string();
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| {
                format!(
                    "{name}_temp_path {name};
"
                )
            })
            .concat();
        let http = http(&address);
        let text = format!(
            "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{http}\n}}\n"
        );
        let file = folder.path().join("nginx.conf");
        std::fs::write(&file, text)?;
        let mut command = Command::new(if Path::new("/usr/sbin/nginx").exists() { "/usr/sbin/nginx" } else { "nginx" });
        let child =
            command.arg("-p").arg(folder.path()).arg("-c").arg(&file).stderr(Stdio::null()).spawn().context("nginx-light is needed")?;
        let nginx = Self { child, address, _folder: folder };
        until("nginx", async || Ok(nginx.policy("").await.ok())).await?;
        Ok(nginx)
    }

    /// The policy of a page for a request with that cookie.
    async fn policy(&self, cookie: &str) -> Result<String> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        let answer = client.get(format!("http://{}/", self.address)).header("cookie", cookie).send().await?;
        anyhow::ensure!(answer.status().is_success(), "the page is answered with {}", answer.status());
        let policy = answer.headers().get("content-security-policy").context("no policy")?;
        Ok(policy.to_str()?.to_owned())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn site() -> Result<SiteFile> {
    SiteFile::demo(&[ORIGIN])?.replacing("urls = []", "urls = [\"posthog.com\"]")
}

fn pages() -> String {
    programs::root().join("e2e/sites/plain").display().to_string()
}

/// The configuration that the documentation shows.
fn documented() -> Result<String> {
    let text = std::fs::read_to_string(programs::root().join("docs/modes.md"))?;
    let block = text.split("<!-- nginx -->\n```nginx\n").nth(1).and_then(|rest| rest.split("```").next());
    Ok(block.context("docs/modes.md shows no nginx")?.to_owned())
}

fn csp(placet: &Placet, arguments: &[&str]) -> Result<String> {
    let folder = TempDir::new()?;
    let file = folder.path().join("demo.toml");
    std::fs::write(&file, site()?.text())?;
    let output =
        Command::new(programs::server()?).args(["site", "csp"]).arg(&file).args(["--own", &placet.origin()]).args(arguments).output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

#[expect(clippy::disallowed_methods, reason = "a choice of today, for a server with the machine's clock")]
fn today() -> Result<u64> {
    Ok(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs() / 86_400)
}

#[tokio::test]
async fn the_documented_subrequest_gives_each_page_its_visitors_policy_and_the_strictest_while_placet_is_down() -> Result<()> {
    let mut placet = Placet::builder().site(site()?).start()?;
    let strictest = csp(&placet, &["--format", "header"])?.trim().to_owned();
    let text = documented()?
        .replace("\"default-src 'self' 'unsafe-inline'\"", &format!("\"{strictest}\""))
        .replace("http://127.0.0.1:8080/s/riverside/csp", &format!("{}/s/demo/csp", placet.origin()))
        .replace("/var/www/riverside", &pages());
    let nginx = Nginx::start(|address| text.replace("server {", &format!("server {{\n    listen {address};"))).await?;
    let state = format!("placet=1.1.{}.1", today()?);
    let granted = format!("a=b; {state}");
    let open = nginx.policy(&granted).await?;
    assert!(open.contains(" posthog.com:*"), "{open}");
    assert!(!nginx.policy("").await?.contains("posthog.com"));
    assert!(!nginx.policy(&format!("__Host-{state}")).await?.contains("posthog.com"), "the page came over plain http");
    placet.stop()?;
    assert_eq!(nginx.policy(&granted).await?, strictest);
    Ok(())
}

#[tokio::test]
async fn the_map_without_a_subrequest_says_what_the_endpoint_says() -> Result<()> {
    let placet = Placet::builder().site(site()?).start()?;
    let map = csp(&placet, &["--format", "nginx", "--version", "1"])?;
    let root = pages();
    let nginx = Nginx::start(|address| {
        format!("{map}server {{ listen {address}; location / {{ root {root}; add_header Content-Security-Policy $placet_csp always; }} }}")
    })
    .await?;
    let client = reqwest::Client::builder().no_proxy().build()?;
    let day = today()?;
    for state in
        ["0", "1", "2", "3", "7", "00"].map(|mask| format!("1.1.{day}.{mask}")).into_iter().chain([format!("1.2.{day}.3"), "%".to_owned()])
    {
        let cookie = format!("a=b; placet={state}; c=d");
        let said = client.get(format!("{}/s/demo/csp", placet.origin())).header("cookie", &cookie).send().await?;
        let said = said
            .headers()
            .get("placet-csp")
            .context("no policy")?
            .to_str()?
            .replace(&placet.origin().replace("127.0.0.1", "localhost"), "");
        let same =
            |text: &str| text.split_whitespace().filter(|word| !word.contains("localhost")).map(ToOwned::to_owned).collect::<Vec<_>>();
        assert_eq!(same(&nginx.policy(&cookie).await?), same(&said), "{state}");
    }
    let exception = format!("placet=1.1.{day}.1.1");
    assert!(!nginx.policy(&exception).await?.contains("posthog.com"));
    Ok(())
}
