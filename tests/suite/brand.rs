//! `[brand]`: a logo, an icon, a colour and styles of the site's own.

use crate::fixture::Site;
use snapbox::{assert_data_eq, str};

const HOME: &str = "=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n\nHello.\n";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 1\"/>";

fn branded(brand: &str, files: &str) -> Site {
    Site::new(&format!("{HOME}=== guidepost.toml\ntitle = \"Acme & Co\"\n[brand]\n{brand}\n{files}"))
}

/// What is published as `assets/brand/NAME.*.ENDING`.
fn published(site: &Site, name: &str, ending: &str) -> String {
    let all = site.output("output");
    let is_it = |path: &&String| path.starts_with(&format!("assets/brand/{name}.")) && path.ends_with(ending);
    all.keys().find(is_it).unwrap_or_else(|| panic!("{name} in {:?}", all.keys())).clone()
}

#[test]
fn logo_icon_and_styles_are_published_and_linked() {
    let site = branded(
        "logo = \"brand/logo.svg\"\nicon = \"content/icon.png\"\ncss = [\"brand.css\", \"brand/more.css\"]",
        &format!(
            "=== brand/logo.svg\n{SVG}\n=== content/icon.png\nnot really\n=== brand.css\nbody {{ background: url(brand/logo.svg) }}\n\
             === brand/more.css\na {{ color: red }}\n=== content/guides/a.md\n+++\ndescription = \"A\"\n+++\nA\n"
        ),
    );
    site.build(&[]);
    let page = site.read("output/guides/a/index.html");
    let (logo, icon) = (published(&site, "logo", ".svg"), published(&site, "icon", ".png"));
    let sheets = [published(&site, "brand", ".css"), published(&site, "more", ".css")];
    assert!(
        page.contains(&format!("<img class=\"logo\" src=\"../../{logo}\" alt=\"\">Acme &amp; Co</a>")),
        "{page}"
    );
    assert!(page.contains(&format!("<link rel=\"icon\" type=\"image/png\" href=\"../../{icon}\">")));
    let links: Vec<usize> = std::iter::once("assets/style.".to_owned())
        .chain(sheets)
        .map(|path| page.find(&format!("<link rel=\"stylesheet\" href=\"../../{path}")).expect("linked"))
        .collect();
    assert!(links.is_sorted(), "{links:?}");
}

#[test]
fn a_logo_in_the_place_of_the_title_says_it_and_may_differ_by_page() {
    let site = branded(
        "logo = { light = \"l.svg\", dark = \"d.svg\" }\nlogo_replaces_title = true",
        &format!("=== l.svg\n{SVG}\n=== d.svg\n{SVG}<!-- -->\n"),
    );
    site.build(&[]);
    let page = site.read("output/index.html");
    let (light, dark) = (published(&site, "l", ".svg"), published(&site, "d", ".svg"));
    assert!(page.contains(&format!(
        "<a class=\"brand has-logo\" href=\"./\"><img class=\"logo logo-light\" src=\"{light}\" alt=\"Acme &amp; Co\">\
         <img class=\"logo logo-dark\" src=\"{dark}\" alt=\"Acme &amp; Co\"></a>"
    )));
}

#[test]
fn what_styles_refer_to_is_published_beside_them() {
    let css = "@font-face { src: url('../fonts/My Font.woff2?v=1#iefix') }\n\
               a { background: url( img/x.svg ) } /* url(gone.png) */\nb { mask: url(#m) }\n";
    let site = branded(
        "css = [\"content/brand/brand.css\"]",
        &format!(
            "=== content/brand/brand.css\n{css}=== content/fonts/My Font.woff2\nfont\n=== content/brand/img/x.svg\n{SVG}\n"
        ),
    );
    site.build(&[]);
    let name = |path: String| path.replace("assets/brand/", "");
    let font = name(published(&site, "My Font", ".woff2")).replace(' ', "%20");
    let image = name(published(&site, "x", ".svg"));
    assert_eq!(
        site.read(&format!("output/{}", published(&site, "brand", ".css"))),
        format!(
            "@font-face {{ src: url(\"{font}?v=1#iefix\") }}\na {{ background: url(\"{image}\") }} \
             /* url(gone.png) */\nb {{ mask: url(#m) }}\n"
        )
    );
}

#[test]
fn a_changed_picture_changes_the_name_of_the_style_that_shows_it() {
    let site = branded("css = [\"a.css\"]", &format!("=== a.css\na {{ b: url(x.svg) }}\n=== x.svg\n{SVG}\n"));
    site.build(&[]);
    let before = published(&site, "a", ".css");
    site.add(&format!("=== x.svg\n{SVG}<!-- other -->\n"));
    site.build(&[]);
    assert_ne!(before, published(&site, "a", ".css"));
    assert!(!site.exists(&format!("output/{before}")));
}

#[test]
fn the_accent_is_made_readable_on_both_kinds_of_page() {
    let accent = |written: &str| {
        let site = branded(&format!("accent = {written}"), "");
        site.build(&[]);
        let all = site.output("output");
        let (_, style) = all.iter().find(|(path, _)| path.starts_with("assets/style.")).expect("a style");
        let style = String::from_utf8_lossy(style).into_owned();
        let (_, rules) = style.split_once("@media screen {").expect("the accent's rules");
        rules.split("}\n").next().unwrap_or_default().trim().to_owned()
    };
    // As it is on light pages, lighter on dark ones.
    assert_data_eq!(
        accent("\"#8b0000\""),
        str![[r#"
:root {
    --accent: light-dark(#8b0000, #e76656);
    --accent-soft: light-dark(#f1e0e0, #2c2023);
"#]]
    );
    // As it is where it can be read.
    assert_data_eq!(
        accent("{ light = \"#7a5c00\", dark = \"#fc0\" }"),
        str![[r#"
:root {
    --accent: light-dark(#7a5c00, #ffcc00);
    --accent-soft: light-dark(#efebe0, #2e2c19);
"#]]
    );
}

#[test]
fn every_key_is_checked() {
    let site = branded(
        "logo = \"../logo.svg\"\nicon = \"icon.txt\"\naccent = \"teal\"\ncss = [\"brand.txt\"]\nlogos = 1",
        "",
    );
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[invalid-value]: `../logo.svg` is no path within the site's folder
 --> guidepost.toml:3:8
  |
3 | logo = "../logo.svg"
  |        ^^^^^^^^^^^^^
  |
  = help: name a file by its path from there, such as `brand/logo.svg`

error[invalid-value]: `icon.txt` is not a picture that browsers show
 --> guidepost.toml:4:8
  |
4 | icon = "icon.txt"
  |        ^^^^^^^^^^
  |
  = help: its name ends in one of these: svg, png, ico, webp, avif, jpg, jpeg, gif

error[invalid-value]: `teal` is not a colour
 --> guidepost.toml:5:10
  |
5 | accent = "teal"
  |          ^^^^^^
  |
  = help: write it as `#0b6e69`

error[invalid-value]: `brand.txt` is not a stylesheet
 --> guidepost.toml:6:8
  |
6 | css = ["brand.txt"]
  |        ^^^^^^^^^^^
  |
  = help: its name ends in one of these: css

error[unknown-key]: `logos` is not a key of [brand]
 --> guidepost.toml:7:1
  |
7 | logos = 1
  | ^^^^^ unknown key
  |
  = help: did you mean `logo`? keys are: logo, logo_replaces_title, icon, accent, font, css


"#]]
    );
    let site =
        branded("logo = { light = \"a.svg\" }\naccent = { light = 1, dark = \"#fff\", grey = \"#777\" }", "");
    assert_data_eq!(
        site.problems(),
        str![[r##"
error[missing-key]: this pair has no `dark`
 --> guidepost.toml:3:8
  |
3 | logo = { light = "a.svg" }
  |        ^
  |
  = help: add `dark = ...`

error[wrong-type]: expected a colour, found a whole number
 --> guidepost.toml:4:20
  |
4 | accent = { light = 1, dark = "#fff", grey = "#777" }
  |                    ^ not a colour

error[unknown-key]: `grey` is not a key of this pair
 --> guidepost.toml:4:38
  |
4 | accent = { light = 1, dark = "#fff", grey = "#777" }
  |                                      ^^^^ unknown key
  |
  = help: keys are: light, dark


"##]]
    );
}

#[test]
fn files_that_are_not_there_are_told_with_their_place() {
    let site = branded(
        "logo = \"brand/lgoo.svg\"\ncss = [\"brand.css\", \"brandy/more.css\"]",
        &format!(
            "=== brand/logo.svg\n{SVG}\n=== brand.css\n@import 'x.css';\na {{\n  background: url(\"brand/logo.png\");\n  \
             mask: url(https://cdn.example.com/x.svg);\n  cursor: url(../../etc/passwd);\n}}\n"
        ),
    );
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[invalid-value]: stylesheets of a site do not import others
 --> brand.css:1:9
  |
1 | @import 'x.css';
  |         ^^^^^^^
  |
  = help: name each in `css` of `[brand]`, in the order they are to hold

error[broken-link]: there is no file `brand/logo.png`
 --> brand.css:3:15
  |
3 |   background: url("brand/logo.png");
  |               ^^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `brand/logo.svg`? files there are: brand/logo.svg

error[broken-link]: `https://cdn.example.com/x.svg` is no file of the site, and pages ask for nothing else
 --> brand.css:4:9
  |
4 |   mask: url(https://cdn.example.com/x.svg);
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put the file into the site's folder, and name it by its path from this stylesheet

error[broken-link]: `../../etc/passwd` leads out of the site's folder
 --> brand.css:5:11
  |
5 |   cursor: url(../../etc/passwd);
  |           ^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put the file into the site's folder

error[broken-image]: there is no file `brand/lgoo.svg`
 --> guidepost.toml:3:8
  |
3 | logo = "brand/lgoo.svg"
  |        ^^^^^^^^^^^^^^^^
  |
  = help: did you mean `brand/logo.svg`? files there are: brand/logo.svg

error[broken-link]: there is no file `brandy/more.css`
 --> guidepost.toml:4:21
  |
4 | css = ["brand.css", "brandy/more.css"]
  |                     ^^^^^^^^^^^^^^^^^
  |
  = help: there are no files there


"#]]
    );
}

#[test]
fn nothing_outside_the_site_is_published_by_a_link() {
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("secret.css"), "secret").expect("written");
    let site = branded("css = [\"brand.css\"]", "");
    std::os::unix::fs::symlink(outside.path().join("secret.css"), site.path("brand.css")).expect("a link");
    let problems = site.problems();
    assert!(problems.contains("error[unreadable]: this link leads out of the site"), "{problems}");
}
