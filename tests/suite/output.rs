//! What is published: the same bytes every time, whole or not at all, and nobody else's files.

use crate::fixture::Site;
use std::time::SystemTime;

const TWO: &str = "=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n[A](a.md)\n=== content/a.md\n+++\ndescription = \"A.\"\n+++\nFirst.\n";

#[test]
fn the_same_input_gives_the_same_bytes() {
    let site = Site::real();
    site.build(&["--output", "one", "--base-url", "https://example.com/"]);
    site.build(&["--output", "two", "--base-url", "https://example.com/", "--jobs", "1"]);
    site.build(&["--output", "three", "--base-url", "https://example.com/", "--jobs", "7"]);
    let one = site.output("one");
    assert!(one.len() > 200);
    assert!(one == site.output("two"), "one thread and many differ");
    assert!(one == site.output("three"), "two runs differ");
    // Another day, the same output.
    let mut late = site.command(&["build", "--output", "four", "--base-url", "https://example.com/"]);
    assert!(late.env("SOURCE_DATE_EPOCH", "1999999999").output().expect("runs").status.success());
    assert!(one == site.output("four"), "the clock shows in the output");
}

#[test]
fn errors_leave_the_last_good_output() {
    let site = Site::new(TWO);
    site.build(&[]);
    let before = site.output("output");
    site.add("=== content/a.md\n[nowhere](b.md)\n");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.ends_with("1 error: nothing was published\n"), "{}", ran.stderr);
    assert!(before == site.output("output"));
    site.add("=== themes/default/templates/page.html\n{{ page.nothing.here }}\n=== content/a.md\nFine.\n");
    assert_eq!(site.run(&["build"]).code, 1);
    assert!(before == site.output("output"), "a template that fails while rendering has changed the output");
    assert!(!site.exists("output/.guidepost/stage"));
}

#[test]
fn unchanged_files_are_not_touched() {
    let site = Site::new(&format!("{TWO}=== guidepost.toml\n[search]\nenabled = false\n"));
    site.build(&[]);
    let time = |path: &str| std::fs::metadata(site.path(path)).and_then(|m| m.modified()).expect("time");
    let old = SystemTime::UNIX_EPOCH;
    for path in ["output/index.html", "output/a/index.html"] {
        let file = std::fs::File::options().write(true).open(site.path(path)).expect("open");
        file.set_modified(old).expect("time set");
    }
    site.add("=== content/a.md\n+++\ndescription = \"A.\"\n+++\nSecond.\n");
    let ran = site.build(&[]);
    assert_eq!(time("output/index.html"), old);
    assert!(time("output/a/index.html") > old);
    assert!(ran.stdout.contains("2 files written"), "{}", ran.stdout); // the page and llms-full.txt
}

#[test]
fn pages_that_are_gone_are_deleted_with_their_folders() {
    let site = Site::new(&format!(
        "{TWO}=== content/deep/er/b.md\n+++\ndescription = \"B.\"\n+++\n[A](../../a.md)\n"
    ));
    site.build(&[]);
    assert!(site.exists("output/deep/er/b/index.html"));
    site.remove("content/deep");
    site.build(&[]);
    assert!(!site.exists("output/deep"));
}

#[test]
fn foreign_files_are_never_overwritten_or_deleted() {
    let site = Site::new(TWO);
    site.write("output/CNAME", b"guidance.example.com");
    site.write("output/a/notes.txt", b"mine");
    site.build(&[]);
    site.remove("content/a.md");
    site.add("=== content/index.md\n+++\ndescription = \"Home.\"\n+++\n");
    site.build(&[]);
    assert_eq!(site.read("output/CNAME"), "guidance.example.com");
    assert_eq!(site.read("output/a/notes.txt"), "mine");
    assert!(!site.exists("output/a/index.html"));

    // A file of ours would take the place of one that is not: nothing is published.
    site.write("output/b/index.html", b"mine");
    let before = site.output("output");
    site.add("=== content/b.md\n+++\ndescription = \"B.\"\n+++\n[Home](index.md)\n");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("error[foreign-file]: Guidepost did not write this"), "{}", ran.stderr);
    assert!(ran.stderr.contains("b/index.html"), "{}", ran.stderr);
    assert!(before == site.output("output"));
}

#[test]
fn a_file_may_become_a_folder_and_back() {
    let site = Site::new(TWO);
    site.write("content/thing", b"a file");
    site.build(&[]);
    site.remove("content/thing");
    site.write("content/thing/inner.txt", b"in a folder");
    site.build(&[]);
    assert_eq!(site.read("output/thing/inner.txt"), "in a folder");
    site.remove("content/thing");
    site.write("content/thing", b"a file again");
    site.build(&[]);
    assert_eq!(site.read("output/thing"), "a file again");
}

#[test]
fn folders_that_a_killed_build_emptied_are_not_in_the_way() {
    let site = Site::new(TWO);
    site.write("content/thing/deep/inner.txt", b"in a folder");
    site.write("content/gone/inner.txt", b"in a folder");
    site.build(&[]);
    // A build that was killed after it took the last file, and before it took the folders.
    site.remove("output/thing/deep/inner.txt");
    site.remove("output/gone/inner.txt");
    site.remove("content/thing");
    site.remove("content/gone");
    site.write("content/thing", b"a file");
    site.build(&[]);
    assert_eq!(site.read("output/thing"), "a file");
    assert!(!site.exists("output/gone"), "an empty folder is left");
}

#[test]
fn a_build_that_was_killed_is_finished_by_the_next() {
    let site = Site::new(TWO);
    site.build(&[]);
    // What a build leaves that was killed between two moves: a stage, and pages of which some are new.
    site.write("output/.guidepost/stage/7", b"half");
    site.write("output/a/index.html", b"<p>half");
    site.build(&[]);
    assert!(site.read("output/a/index.html").contains("First."));
    assert!(!site.exists("output/.guidepost/stage"));
}

#[test]
fn no_page_runs_a_script_or_carries_a_style() {
    let site = Site::real();
    site.build(&["--base-url", "https://example.com/"]);
    for (name, bytes) in site.output("output").iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = scraper::Html::parse_document(&String::from_utf8_lossy(bytes));
        let all = scraper::Selector::parse("*").expect("selector");
        for element in page.select(&all) {
            let e = element.value();
            assert!(e.attr("style").is_none(), "{name}: a style attribute");
            assert!(!e.attrs().any(|(key, _)| key.starts_with("on")), "{name}: an event handler");
            assert_ne!(e.name(), "style", "{name}");
            if e.name() == "script" && e.attr("src").is_none() {
                assert_eq!(e.attr("type"), Some("application/ld+json"), "{name}: an inline script");
                let data: String = element.text().collect();
                serde_json::from_str::<serde_json::Value>(&data).unwrap_or_else(|e| panic!("{name}: {e}"));
            }
            for attribute in ["src", "srcset", "poster", "data"] {
                assert!(!e.attr(attribute).is_some_and(|v| v.contains("//")), "{name}: asks a third party");
            }
        }
    }
}

#[test]
fn feed_and_sitemap_are_xml_with_absolute_urls() {
    let site = Site::new(&format!(
        "{TWO}=== content/guides/b.md\n+++\ntitle = \"B & <C>\"\ndescription = \"D\"\ndate = 2025-02-03\nupdated = 2025-03-04\nauthors = [\"Ada\"]\n+++\n[A](../a.md)\n"
    ));
    site.build(&["--base-url", "https://example.com/sub"]);
    let feed = site.read("output/feed.xml");
    for part in [
        "<title>B &amp; &lt;C&gt;</title>",
        "https://example.com/sub/guides/b/",
        "<updated>2025-03-04T00:00:00+00:00</updated>",
        "<name>Ada</name>",
    ] {
        assert!(feed.contains(part), "{part} is not in {feed}");
    }
    let sitemap = site.read("output/sitemap.xml");
    assert!(
        sitemap.contains("<loc>https://example.com/sub/guides/b/</loc>\n  <lastmod>2025-03-04</lastmod>"),
        "{sitemap}"
    );
    assert!(!sitemap.contains("404"));
    assert!(site.read("output/robots.txt").contains("Sitemap: https://example.com/sub/sitemap.xml"));
    let page = site.read("output/guides/b/index.html");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.com/sub/guides/b/\">"), "{page}");
    assert!(page.contains("\"@type\":\"BreadcrumbList\""), "{page}");

    // Without a base URL there is nothing absolute to say.
    site.build(&[]);
    assert!(!site.exists("output/feed.xml") && !site.exists("output/sitemap.xml"));
}

#[test]
fn a_theme_overrides_file_by_file() {
    let site = Site::new(&format!(
        "{TWO}=== guidepost.toml\ntheme = \"ours\"\n[extra]\nmotto = \"Onward\"\n=== themes/ours/templates/page.html\n{{% extends \"base.html\" %}}{{% block content %}}<h1>{{{{ frame.title }}}}, {{{{ frame.site.extra.motto }}}}</h1>{{% endblock %}}\n=== themes/ours/assets/logo.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"
    ));
    site.build(&[]);
    let page = site.read("output/a/index.html");
    assert!(page.contains("<h1>A, Onward</h1>") && page.contains("class=\"site-header\""), "{page}");
    assert!(site.output("output").keys().any(|p| p.starts_with("assets/logo.") && p.ends_with(".svg")));
}

#[test]
fn scripts_of_the_theme_carry_no_comments_and_a_sites_own_stay_as_they_are() {
    let own = "// Ours.\nconst text = `\n// not a comment\n`;\n";
    let site = Site::new(&format!("{TWO}=== themes/default/assets/own.js\n{own}"));
    site.build(&[]);
    for (path, bytes) in site.output("output").iter().filter(|(path, _)| path.ends_with(".js")) {
        let text = String::from_utf8_lossy(bytes);
        if path.starts_with("assets/own.") {
            assert_eq!(text, own);
        } else if path.starts_with("assets/") {
            let comment = text.lines().find(|line| line.trim_start().starts_with("//"));
            assert_eq!(comment, None, "{path}");
            assert!(!text.contains("\n * ") && !text.contains("@typedef"), "{path}");
        }
    }
    let page = site.output("output").into_iter().find(|(path, _)| path.starts_with("assets/page."));
    let page = String::from_utf8(page.expect("a script").1).expect("UTF-8");
    // What stands behind a comment in its line is code.
    let code =
        "export function words(place) {\nif (!place) return \"\";\nconst copied = (place.cloneNode(true));\n";
    assert!(page.contains(code), "{page}");
}

#[test]
fn a_site_replaces_the_style_or_one_part_of_it() {
    let style = |files: &str| {
        let site = Site::new(&format!("{TWO}{files}"));
        site.build(&[]);
        let all = site.output("output");
        let mut found =
            all.iter().filter(|(path, _)| path.ends_with(".css") && !path.starts_with("pagefind/"));
        let (path, bytes) = found.next().expect("a style");
        assert!(path.starts_with("assets/style.") && found.next().is_none(), "{path}");
        String::from_utf8_lossy(bytes).into_owned()
    };
    let (tokens, header) = (":root {", "backdrop-filter:");
    let whole = style("=== themes/default/assets/style.css\nbody { color: teal }\n");
    assert!(whole.contains("teal") && !whole.contains(tokens) && !whole.contains(header), "{whole}");
    let part = style("=== themes/default/assets/style/20-header.css\nheader { color: teal }\n");
    assert!(part.contains("teal") && part.contains(tokens) && !part.contains(header));
    let more = style("=== themes/default/assets/style/91-more.css\nheader { color: teal }\n");
    let places = [tokens, header, "@media print", "teal"].map(|what| more.find(what).expect(what));
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_large_file_of_a_theme_is_published_whole() {
    let site = Site::new(TWO);
    let large = vec![7; 3 << 20];
    site.write("themes/default/assets/film.mp4", &large);
    site.build(&[]);
    let all = site.output("output");
    let film = all.iter().find(|(path, _)| path.starts_with("assets/film.")).map(|(_, bytes)| bytes);
    assert_eq!(film, Some(&large));
}
