//! How scripts of a theme name each other.

/// How the script `from` writes that it imports `to`, quotes included; both are paths below the theme's assets.
pub(super) fn specifier(from: &str, to: &str) -> String {
    let (mut from, mut to) = (from, to);
    while let (Some((a, below_a)), Some((b, below_b))) = (from.split_once('/'), to.split_once('/'))
        && a == b
    {
        (from, to) = (below_a, below_b);
    }
    match from.matches('/').count() {
        0 => format!("\"./{to}\""),
        up => format!("\"{}{to}\"", "../".repeat(up)),
    }
}

#[cfg(test)]
mod tests {
    use super::specifier;

    #[test]
    fn scripts_name_each_other_by_relative_paths() {
        for (from, to, written) in [
            ("a.js", "b.js", "\"./b.js\""),
            ("a.js", "x/b.js", "\"./x/b.js\""),
            ("x/a.js", "b.js", "\"../b.js\""),
            ("x/a.js", "x/b.js", "\"./b.js\""),
            ("x/y/a.js", "x/z/b.js", "\"../z/b.js\""),
        ] {
            assert_eq!(specifier(from, to), written, "{from} {to}");
        }
    }
}
