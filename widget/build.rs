//! Takes comments and spare blanks out of the style sheets, so that they can be written for people.
//! Must not change what they mean: it knows only blanks and comments, and `style/` keeps to the
//! few forms for which that is enough (a blank after every colon of a declaration, none in a selector's).

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=style");
    let out = env::var("OUT_DIR")?;
    for name in ["first.css", "preferences.css"] {
        let source = fs::read_to_string(Path::new("style").join(name))?;
        fs::write(Path::new(&out).join(name), small(&source))?;
    }
    Ok(())
}

fn small(source: &str) -> String {
    let mut rest = source;
    let mut bare = String::new();
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let one_line = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    let pairs = [(" {", "{"), ("{ ", "{"), (" }", "}"), ("} ", "}"), ("; ", ";"), (": ", ":"), (", ", ","), (";}", "}"), (" > ", ">")];
    pairs.iter().fold(one_line, |text, (wide, narrow)| text.replace(wide, narrow))
}
