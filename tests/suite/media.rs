//! Pictures, videos and sounds in texts.

use crate::fixture::Site;
use crate::links::png;
use snapbox::{assert_data_eq, str};

fn site(markdown: &str) -> Site {
    Site::new(&format!(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](a.md)\n=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n{markdown}\n"
    ))
}

fn article(site: &Site) -> String {
    site.build(&["--strict"]);
    let page = site.read("output/a/index.html");
    let start = page.find("<div class=\"prose\">").expect("prose") + "<div class=\"prose\">".len();
    let end = page[start..].find("\n</article>").expect("end of the article");
    page[start..start + end].trim_end().trim_end_matches("</div>").to_owned() + "\n"
}

#[test]
fn videos_have_what_lies_beside_them() {
    let site = site(
        "![How to *sign in*](demo.mp4)\n\nIn line ![A clip](bare.webm){width=320 height=180} there.\n\n![Hum & buzz](hum.mp3)\n\n\
         - ![Wide](demo.mp4){width=640}",
    );
    for path in ["demo.mp4", "bare.webm", "hum.mp3", "demo.vtt", "demo.de.vtt", "demo.not-a-language.vtt", "demonstration.jpg"] {
        site.write(&format!("content/{path}"), b"x");
    }
    site.write("content/demo.png", &png(1280, 720));
    assert_data_eq!(article(&site), str![]);
}

#[test]
fn pictures_have_the_size_they_are_given() {
    let site = site(
        "![a](p.png){width=320} ![b](p.png){height=30}, ![c](p.png){width=10 height=10} ![d](p.png)\n\n\
         [![e](p.png){width=100}](index.md) ![f][p]{width=50}{x}\n\n| t |\n| - |\n| ![g](p.png){width=20} \"so\" |\n\n[p]: p.png",
    );
    site.write("content/p.png", &png(640, 480));
    assert_data_eq!(article(&site), str![]);
}

#[test]
fn wrong_sizes_and_files_are_told() {
    let site = site(
        "![a](p.png){width=wide} ![b](p.png){width=0 hight=3} ![c](p.png){width=3% height} ![d](p.png){width=*3* a}\n\n\
         ![](p.mp4)\n\n![e](gone.mp4)\n\n![f](https://example.com/x.mp4)\n\n![g](hum.mp3){width=3}",
    );
    site.write("content/p.png", &png(640, 480));
    site.write("content/p.mp4", b"x");
    site.write("content/hum.mp3", b"x");
    assert_data_eq!(site.problems(), str![]);
}

#[test]
fn pictures_on_other_hosts_have_to_be_named() {
    let site = site("![a](https://images.example.com/a.png){width=320 height=200}");
    assert_data_eq!(site.problems(), str![]);
    site.add("=== guidepost.toml\n[markdown]\nremote_images = [\"https://images.example.com\"]\n");
    assert_data_eq!(article(&site), str![]);
    let said = site.build(&[]).stdout;
    assert!(said.ends_with("Pictures on other hosts: the policy needs `img-src 'self' https://images.example.com`\n"), "{said}");
    assert_eq!(site.build(&["--quiet"]).stdout, "");
    site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n![b](http://images.example.com/a.png) ![c](//images.example.com/a.png) ![d](https://images.example.com.evil.com/a.png)\n");
    assert_data_eq!(site.problems(), str![]);
}
