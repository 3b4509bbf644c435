//! The font of the default theme: published where it is used, and loaded from the site itself.

use crate::fixture::{Site, project};

const HOME: &str = "=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n# Home\n";

/// What is published of it.
fn fonts(site: &Site) -> Vec<String> {
    site.output("output").into_keys().filter(|path| path.ends_with(".woff2")).collect()
}

/// The published style.
fn style(site: &Site) -> String {
    let output = site.output("output");
    let found = output.iter().find(|(path, _)| path.starts_with("assets/style.") && path.ends_with(".css"));
    String::from_utf8(found.expect("a style").1.clone()).expect("text")
}

#[test]
fn the_style_names_the_files_as_they_are_published() {
    let site = Site::new(HOME);
    site.build(&[]);
    let fonts = fonts(&site);
    assert_eq!(fonts.len(), 2, "{fonts:?}");
    for font in &fonts {
        let name = font.trim_start_matches("assets/");
        assert!(style(&site).contains(&format!("url(\"{name}\")")), "{name}");
    }
    let page = site.read("output/index.html");
    assert_eq!(page.matches("rel=\"preload\"").count(), 1, "only what every page needs is preloaded");
    assert!(page.contains("href=\"assets/inter/inter-latin-opsz-normal."), "{page}");
}

#[test]
fn the_font_of_the_readers_system_needs_no_file() {
    let site = Site::new(&format!("{HOME}=== guidepost.toml\n[brand]\nfont = \"system\"\n"));
    site.build(&[]);
    assert!(fonts(&site).is_empty());
    assert!(!style(&site).contains("Inter"), "no rule is left");
    assert!(!site.read("output/index.html").contains("preload"));
}

#[test]
fn a_site_with_a_style_of_its_own_gets_no_font_it_does_not_ask_for() {
    let own = format!("{HOME}=== themes/default/assets/style.css\nbody {{ color: red }}\n");
    let site = Site::new(&own);
    site.build(&[]);
    assert!(fonts(&site).is_empty());
    let asks = "@font-face { font-family: Inter; src: url(inter/inter-latin-opsz-normal.woff2) }\n";
    site.add(&format!("=== themes/default/assets/style.css\n{asks}"));
    site.build(&[]);
    assert_eq!(fonts(&site).len(), 1, "what it names is there");
}

#[test]
fn opened_from_a_disk_only_the_style_loads_it() {
    let site = Site::new(&format!("{HOME}=== guidepost.toml\nurls = \"file\"\n"));
    site.build(&[]);
    assert_eq!(fonts(&site).len(), 2);
    assert!(!site.read("output/index.html").contains("preload"));
}

#[test]
fn another_font_is_a_mistake_with_a_way_out() {
    let problems = Site::new(&format!("{HOME}=== guidepost.toml\n[brand]\nfont = \"intr\"\n")).problems();
    assert!(problems.contains("error[invalid-value]: `intr` is not a choice here"), "{problems}");
    assert!(problems.contains("did you mean `inter`?"), "{problems}");
}

#[test]
fn the_files_are_those_that_the_readme_describes() {
    let folder = project().join("vendor/inter");
    let readme = std::fs::read_to_string(folder.join("README.md")).expect("a README");
    for name in ["inter-latin-opsz-normal.woff2", "inter-latin-ext-opsz-normal.woff2"] {
        let bytes = std::fs::read(folder.join(name)).expect("a font");
        let row = format!("| BLAKE3 of `{name}` | `{}` |", blake3::hash(&bytes).to_hex());
        assert!(readme.contains(&row), "{row}");
    }
    assert!(folder.join("LICENSE").exists());
}
