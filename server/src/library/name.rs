//! Names of cookies and storage keys, in which `*` stands for any characters.

/// Whether every name that `name` may stand for is one that `pattern` may stand for too. Both may
/// hold `*`; in `name` it is a character like any other.
#[must_use]
pub fn covers(pattern: &str, name: &str) -> bool {
    let Some((begin, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut left) = name.strip_prefix(begin) else {
        return false;
    };
    let mut parts: Vec<_> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        let Some((_, after)) = left.split_once(part) else {
            return false;
        };
        left = after;
    }
    left.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters_and_for_none() {
        for (pattern, name) in
            [("_ga", "_ga"), ("_ga_*", "_ga_ABC"), ("_ga_*", "_ga_*"), ("ph_*_posthog", "ph_key_posthog"), ("*", ""), ("a*b*c", "abbc")]
        {
            assert!(covers(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("_ga", "_gat"), ("_ga_*", "_ga"), ("a*a", "a"), ("a*b*c", "acb"), ("ph_*_posthog", "ph_posthog")] {
            assert!(!covers(pattern, name), "{pattern} {name}");
        }
    }
}
