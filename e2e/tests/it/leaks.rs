//! The leak suite: real tracker packages, loaded by tags as a site would write them.
mod package;
mod states;

use anyhow::Result;

#[tokio::test]
async fn try_them() -> Result<()> {
    let only = std::env::var("ONLY").unwrap_or_default();
    for package in package::ALL {
        if !only.is_empty() && !only.split(',').any(|o| o == package.id) { continue; }
        match states::measure(package).await {
            Ok(s) => {
                println!("=== {} {}", package.id, package.version()?);
                for (n, s) in [("before", s.before), ("refused", s.refused), ("refused2", s.refused_reloaded), ("granted", s.granted), ("withdrawn", s.withdrawn), ("withdrawn2", s.withdrawn_reloaded)] {
                    println!("  {n}: {} requests, {} reads", s.requests.len(), s.reads.len());
                    for r in s.requests.iter().take(8) { println!("      {}", &r[..r.len().min(110)]); }
                    for r in s.stored { println!("      {r}"); }
                    if n != "granted" && n != "withdrawn" { for r in s.reads.iter().take(3) { println!("      read {r}"); } }
                }
                println!("  old {:?}", s.old_untouched);
            }
            Err(e) => println!("=== {} FAILED {e:#}", package.id),
        }
    }
    Ok(())
}
