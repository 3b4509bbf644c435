//! What has to hold for any bytes, for the fuzzer and for `cargo test`, which replays `corpus/`.

use guidepost::config::{Config, Overrides};
use guidepost::content::address::Address;
use guidepost::content::code::excerpt::Part;
use guidepost::content::data_table::DataTable;
use guidepost::content::document::Document;
use guidepost::content::markdown::{self, MarkdownOptions, Origin};
use guidepost::content::prose::Prose;
use guidepost::content::slug::{is_id, slug};
use guidepost::content::{Content, Memo, parse_all};
use guidepost::diagnostics::{Problems, Severity};
use guidepost::publish::Publisher;
use guidepost::render;
use guidepost::site::Site;
use guidepost::site::handle::SiteRef;
use guidepost::source::{Source, SourceFile};
use guidepost::span::SourcePath;
use guidepost::texts::Texts;
use guidepost::theme::Theme;
use guidepost::view::{self, frame::ThemeAssets};
use html5gum::{Token, Tokenizer};
use std::sync::{Arc, LazyLock};

/// Files of Markdown of every kind.
pub fn front_matter(bytes: &[u8]) {
    show(
        Config::read("", &Overrides::default()).0,
        &[
            ("content/a.md", bytes),
            ("content/playbooks/p.md", bytes),
            ("content/frameworks/f/stages/one.md", bytes),
        ],
    );
}

/// Addresses: what is printed reads back as the same.
pub fn address(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(address) = Address::parse(text) {
        assert_eq!(Address::parse(&address.to_string()), Ok(address), "{text:?}");
    }
    let slug = slug(text);
    assert!(slug.is_empty() || is_id(&slug) || slug.chars().any(char::is_uppercase), "{slug:?}");
}

/// Markdown: slots are where they can be, and only harmless HTML comes out.
pub fn markdown(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let mut problems = Problems::new(&SourcePath::new("a.md"));
    let options = MarkdownOptions { smart_punctuation: true, math: true, ..MarkdownOptions::default() };
    let prose = markdown::prose(text, Origin::At(0), &options, &mut problems);
    for slot in &prose.slots {
        assert!(prose.html.is_char_boundary(slot.at as usize), "a slot within a character");
    }
    for heading in prose.headings.iter().filter(|heading| heading.level > 0) {
        assert!(prose.section(&heading.id).is_some(), "a heading without a section");
    }
    harmless(&prose);
    let _ = prose.unwrapped();
}

/// A fence with the first line behind its language, and a part of a file by that name: one as long as its code.
pub fn code(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let (says, code) = text.split_once('\n').unwrap_or((text, ""));
    for language in ["rust", "console", "pycon", "csv", ""] {
        markdown(format!("````{language} {says}\n{code}\n````\n").as_bytes());
    }
    if let Ok(part) = Part::parse(Some(says)).of(code) {
        assert!(part.text.lines().count() <= code.lines().count(), "{part:?}");
    }
}

/// A table of data: every row of it has a place in the text, and what is wrong with it too.
pub fn table(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    for separator in [None, Some(';'), Some('\t')] {
        match DataTable::read(text, separator) {
            Ok(table) => harmless(&Prose { html: table.html(Some(text)), ..Prose::default() }),
            Err(wrong) => {
                assert!(!wrong.is_empty());
                for place in wrong.into_iter().map(|wrong| wrong.place) {
                    assert!(text.get(place.clone()).is_some(), "{place:?} in {text:?}");
                }
            }
        }
    }
}

fn harmless(prose: &Prose) {
    const NEVER: [&str; 14] = [
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "base",
        "meta",
        "link",
        "form",
        "image",
        "use",
        "foreignobject",
        "animate",
        "template",
    ];
    for Ok(token) in Tokenizer::new(&prose.html) {
        let Token::StartTag(tag) = token else { continue };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        assert!(!NEVER.contains(&name.as_str()), "<{name}> in {}", prose.html);
        for key in tag.attributes.keys() {
            let key = String::from_utf8_lossy(key);
            assert!(!key.starts_with("on") && key != "style" && key != "srcdoc", "{key}= in {}", prose.html);
        }
    }
}

/// `framework.toml`, and after a line `---` a dimension's file, and after another one a glossary.
pub fn framework(bytes: &[u8]) {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(5).position(|w| w == b"\n---\n") {
        parts.push(&rest[..at]);
        rest = &rest[at + 5..];
    }
    parts.push(rest);
    let part = |i: usize| parts.get(i).copied().unwrap_or_default();
    show(
        Config::read("", &Overrides::default()).0,
        &[
            ("content/frameworks/f/framework.toml", part(0)),
            ("content/frameworks/f/d.toml", part(1)),
            ("content/glossary.toml", part(2)),
            ("content/index.md", b"[[f]] [[f/d]] ![[f]] ![[f/d]]"),
        ],
    );
}

/// `guidepost.toml`, and a site that has it.
pub fn configuration(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let (config, mut problems) = Config::read(text, &Overrides::default());
    config.apply_checks(&mut problems);
    show(config, &[("content/index.md", b"# Home\n\n[[a]]"), ("content/a.md", b"# A\n\n`code` \"quoted\"")]);
}

/// The list of published files: whatever it says, nothing outside the output folder goes.
pub fn manifest(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("a/output");
    let victims = [folder.path().join("victim"), folder.path().join("a/victim")];
    std::fs::create_dir_all(output.join(".guidepost")).expect("folders");
    for victim in &victims {
        std::fs::write(victim, "precious").expect("a victim");
    }
    for head in [&b""[..], b"guidepost manifest 1\n"] {
        std::fs::write(output.join(".guidepost/manifest"), [head, bytes].concat()).expect("a manifest");
        if let Ok(publisher) = Publisher::open(&output, &folder.path().join("records")) {
            let _ = publisher.commit(|_| true);
        }
        assert!(victims.iter().all(|victim| victim.exists()), "a file outside the output is gone");
    }
}

/// The memo: what can be read from it can be shown.
pub fn memo(bytes: &[u8]) {
    let _ = postcard::from_bytes::<render::recipe::Memo>(bytes);
    let Ok(page) = postcard::from_bytes::<Document>(bytes) else { return };
    let file = source("content/a.md", b"# A\n\nText.");
    let config = Config::read("", &Overrides::default()).0;
    let mut memo = Memo::default();
    parse_all(std::slice::from_ref(&file), &config.markdown_options(), &mut memo);
    let Some((path, key, _)) = memo.pages().next() else { return };
    let mut spoilt = Memo::default();
    spoilt.insert(path.clone(), key, page);
    let content = parse_all(std::slice::from_ref(&file), &config.markdown_options(), &mut spoilt);
    show_content(config, content, vec![file]);
}

fn source(path: &str, bytes: &[u8]) -> Arc<SourceFile> {
    Arc::new(SourceFile::new(SourcePath::new(path), bytes.to_vec()))
}

/// Puts a site of these files together and makes every page's view.
fn show(config: Config, files: &[(&str, &[u8])]) {
    let mut files: Vec<_> = files.iter().map(|(path, bytes)| source(path, bytes)).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let content = parse_all(&files, &config.markdown_options(), &mut Memo::default());
    show_content(config, content, files);
}

fn show_content(config: Config, content: Content, files: Vec<Arc<SourceFile>>) {
    // The theme is the same for all.
    static ASSETS: LazyLock<ThemeAssets> = LazyLock::new(|| {
        Theme::load(&Config::read("", &Overrides::default()).0, &[], &[], &mut Vec::new()).names
    });
    let mut problems = content.diagnostics.clone();
    let mut source = Source::default();
    source.content = files;
    let (site, more) = Site::build(config, Texts::english().clone(), content, &source);
    problems.extend(more);
    // What has errors is never shown.
    if problems.iter().any(|d| d.severity == Severity::Error) {
        return;
    }
    for page in SiteRef::unwatched(&site).pages() {
        let _ = view::view(&ASSETS, page);
    }
}
