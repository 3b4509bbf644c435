//! What hostile or unlucky input cannot do: reach files outside the site, replace what is not ours, exhaust the machine.

use crate::fixture::{FRAMEWORK, Site};
use snapbox::{assert_data_eq, str};
use std::os::unix::fs::symlink;
use std::process::Command;

const PAGE: &str = "=== content/index.md\n+++\ntitle = \"Home\"\ndescription = \"Home.\"\n+++\nText.\n";

fn problems(files: &str) -> String {
    Site::new(&format!("{PAGE}{files}")).problems()
}

#[test]
fn no_alias_names_a_file_outside_the_output() {
    let site = Site::new(&format!(
        "{PAGE}=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\naliases = [\"x\\n- 0 0 ../../victim\", \"a\\\\b\", \"c/../../d\"]\n+++\n"
    ));
    site.write("victim", b"precious");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, 1);
    site.run(&["build"]);
    assert_eq!(site.read("victim"), "precious");
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[invalid-value]: `x/n- 0 0 ../../victim` is not a path on this site: it holds a line break or another control character
 --> content/a.md:4:12
  |
4 | aliases = ["x/n- 0 0 ../../victim", "a//b", "c/../../d"]
  |            ^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write the old URL's path, such as `/handbook/secrets/`

error[invalid-value]: `a//b` is not a path on this site: it holds a backslash, which is a separator on Windows
 --> content/a.md:4:37
  |
4 | aliases = ["x/n- 0 0 ../../victim", "a//b", "c/../../d"]
  |                                     ^^^^^^
  |
  = help: write the old URL's path, such as `/handbook/secrets/`

error[invalid-value]: `c/../../d` is not a path on this site: it leads out of its folder
 --> content/a.md:4:45
  |
4 | aliases = ["x/n- 0 0 ../../victim", "a//b", "c/../../d"]
  |                                             ^^^^^^^^^^^
  |
  = help: write the old URL's path, such as `/handbook/secrets/`

3 errors: nothing was published

"#]]
    );
}

#[test]
fn no_file_name_names_a_file_outside_the_output() {
    for name in
        ["content/x\n- 0 0 ../victim", "content/x\n- 0 0 ../victim.md", "content/x\n- 0 0 ../y/victim.md"]
    {
        let site = Site::new(PAGE);
        site.write(name, b"+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n");
        site.write("victim", b"precious");
        let ran = site.run(&["build"]);
        assert_eq!(ran.code, 1, "{name:?}");
        assert!(ran.stderr.contains("error[invalid-path]"), "{}", ran.stderr);
        site.run(&["build"]);
        assert_eq!(site.read("victim"), "precious");
    }
}

#[test]
fn a_manifest_that_someone_put_there_removes_nothing_outside() {
    let site = Site::new(PAGE);
    site.build(&[]);
    site.write("victim", b"precious");
    site.write("elsewhere/file.html", b"precious");
    symlink(site.path("elsewhere"), site.path("output/link")).expect("a link");
    let manifest = site.read("output/.guidepost/manifest");
    let absolute = site.path("victim");
    let hostile = format!(
        "{manifest}- 0 0 ../victim\n- 0 0 a/../../victim\n- 0 0 {}\n- 0 0 link/file.html\n- 0 0 link\n",
        absolute.display()
    );
    site.write("output/.guidepost/manifest", hostile.as_bytes());
    site.add("=== content/link/file.html\nOurs.\n");
    for _ in 0..2 {
        site.run(&["build"]);
        assert_eq!(site.read("victim"), "precious");
        assert_eq!(site.read("elsewhere/file.html"), "precious");
    }
}

#[test]
fn a_file_may_become_a_deep_folder_and_back() {
    let site = Site::new(PAGE);
    let shapes: [&[&str]; 3] = [&["handbook"], &["handbook/deep/er/a.txt"], &["handbook/deep"]];
    for (from, to) in [(0, 1), (1, 2), (2, 1), (1, 0), (0, 2), (2, 0)] {
        for shape in [from, to] {
            let _ = std::fs::remove_dir_all(site.path("content/handbook"));
            let _ = std::fs::remove_file(site.path("content/handbook"));
            shapes[shape].iter().for_each(|file| site.write(&format!("content/{file}"), file.as_bytes()));
            site.build(&[]);
            for file in shapes[shape] {
                assert_eq!(site.read(&format!("output/{file}")), *file, "{from} to {to}");
            }
        }
    }
    site.remove("content/handbook");
    site.add("=== content/handbook/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n");
    site.build(&[]);
    assert!(site.exists("output/handbook/a/index.html"));
}

#[test]
fn an_authors_robots_and_llms_win() {
    let site = Site::new(&format!("{PAGE}=== content/robots.txt\nmine\n=== content/llms.txt\nmine too\n"));
    site.build(&["--base-url", "https://example.com/"]);
    assert_eq!(site.read("output/robots.txt"), "mine\n");
    assert_eq!(site.read("output/llms.txt"), "mine too\n");
}

#[test]
fn other_files_of_ours_are_not_replaced() {
    let files = "=== guidepost.toml\nbase_url = \"https://example.com/\"\n=== content/sitemap.xml\nx\n=== content/feed.xml\nx\n=== content/llms-full.txt\nx\n=== content/pagefind/pagefind.js\nx\n=== content/404.html\nx\n=== content/Search/index.html\nx\n";
    assert_data_eq!(
        problems(files),
        str![[r#"
error[duplicate-url]: `content/404.html` and the page `Page not found` would both be published at `/404.html`
--> content/404.html
 = help: rename one of them, or give it another `slug`, `id` or tag

error[duplicate-url]: `content/Search/index.html` and the page `Search` would both be published at `/Search/` on a disk that takes their names for one
--> content/Search/index.html
 = help: rename one of them, or give it another `slug`, `id` or tag

error[duplicate-url]: `content/feed.xml` and Guidepost's own `feed.xml` would both be published at `/feed.xml`
--> content/feed.xml
 = help: rename one of them, or give it another `slug`, `id` or tag

error[duplicate-url]: `content/llms-full.txt` and Guidepost's own `llms-full.txt` would both be published at `/llms-full.txt`
--> content/llms-full.txt
 = help: rename one of them, or give it another `slug`, `id` or tag

error[duplicate-url]: `content/pagefind/pagefind.js` would be published into `/pagefind/`, where the search index lies
--> content/pagefind/pagefind.js
 = help: move it to another folder

error[duplicate-url]: `content/sitemap.xml` and Guidepost's own `sitemap.xml` would both be published at `/sitemap.xml`
--> content/sitemap.xml
 = help: rename one of them, or give it another `slug`, `id` or tag


"#]]
    );
}

#[test]
#[allow(clippy::unicode_not_nfc)] // that is the point
fn names_that_a_disk_takes_for_one() {
    assert_data_eq!(
        problems(
            "=== content/x/a.txt\na\n=== content/X\nb\n=== content/cafe\u{301}.txt\na\n=== content/caf\u{e9}.txt\nb\n"
        ),
        str![[r#"
error[duplicate-url]: `content/X` would be published at `/X`, where `content/x/a.txt` needs a folder
--> content/X
 = help: rename one of them, or give it another `slug`

error[duplicate-url]: `content/café.txt` and `content/café.txt` would both be published at `/café.txt` on a disk that takes their names for one
--> content/café.txt
 = help: rename one of them, or give it another `slug`, `id` or tag


"#]]
    );
}

#[test]
fn embeds_that_double_with_every_page_are_refused() {
    let mut files = String::new();
    for n in 0..31 {
        let next = if n == 30 { "The end.".to_owned() } else { format!("![[p{0}]]\n\n![[p{0}]]", n + 1) };
        files.push_str(&format!(
            "=== content/p{n}.md\n+++\ntitle = \"P{n}\"\ndescription = \"P\"\n+++\n{next}\n"
        ));
    }
    assert_data_eq!(
        problems(&files),
        str![[r#"
error[embed-limit]: texts are embedded within each other 9 deep; 8 is the most
 --> content/p21.md:7:1
  |
7 | ![[p22]]
  | ^^^^^^^^
  |
  = help: the chain is p21 -> p22 -> p23 -> p24 -> (2 more) -> p27 -> p28 -> p29 -> p30; make some of them links


"#]]
    );
}

#[test]
fn a_page_that_embeds_very_much_is_refused() {
    let embeds = "![[big]]\n\n".repeat(1001);
    let text = problems(&format!(
        "=== content/big.md\n+++\ntitle = \"Big\"\ndescription = \"B\"\n+++\nText.\n=== content/all.md\n+++\ntitle = \"All\"\ndescription = \"A\"\n+++\n{embeds}"
    ));
    assert!(
        text.contains("this page comes to 1001 embeds, those within them included; 1000 is the most"),
        "{text}"
    );
    let words = "word ".repeat(100_000);
    let text = problems(&format!(
        "=== content/big.md\n+++\ntitle = \"Big\"\ndescription = \"B\"\n+++\n{words}\n=== content/all.md\n+++\ntitle = \"All\"\ndescription = \"A\"\n+++\n{}",
        "![[big]]\n\n".repeat(12)
    ));
    assert!(text.contains("this page embeds 5 MiB of text; 4 is the most"), "{text}");
}

#[test]
fn embeds_as_deep_as_they_may_be_are_rendered() {
    let mut files = PAGE.to_owned();
    for n in 0..9 {
        let next = if n == 8 { "The end.".to_owned() } else { format!("![[p{}]]", n + 1) };
        files.push_str(&format!(
            "=== content/p{n}.md\n+++\ntitle = \"P{n}\"\ndescription = \"P\"\n+++\n{next}\n"
        ));
    }
    let site = Site::new(&files);
    site.build(&[]);
    assert!(site.read("output/p0/index.html").contains("The end."));
}

#[test]
fn long_chains_of_dependencies_and_embeds_are_walked() {
    let mut aspects =
        String::from("=== content/frameworks/f/safety.toml\ntitle = \"Safety\"\nintro = \"Safe.\"\n");
    for n in 0..5000 {
        let next = (n + 1) % 5000;
        aspects.push_str(&format!(
            "[[aspects]]\ntitle = \"A{n}\"\ndescription = \"A\"\nsparse = true\nat.one = {{ text = \"Do {n}\", depends_on = [\"safety/a{next}@one\"] }}\n"
        ));
    }
    let text = Site::new(&format!("{FRAMEWORK}{aspects}")).problems();
    assert!(text.starts_with("error[dependency-cycle]: this dependency leads back to itself"), "{text}");
    assert!(text.contains("(4993 more)"), "{text}");

    let mut files = String::new();
    for n in 0..1000 {
        let next = if n == 999 { "The end.".to_owned() } else { format!("![[p{}]]", n + 1) };
        files.push_str(&format!(
            "=== content/p{n}.md\n+++\ntitle = \"P{n}\"\ndescription = \"P\"\n+++\n{next}\n"
        ));
    }
    let text = problems(&files);
    assert_eq!(text.matches("error[").count(), 1, "{text}");
    assert!(text.contains("error[embed-limit]"), "{text}");
}

#[test]
fn very_many_stages_are_compared_with_their_neighbours() {
    let stages: String = (0..30).map(|n| format!("[[stages]]\ntitle = \"S{n}\"\n")).collect();
    let site = Site::new(&format!(
        "{PAGE}=== content/frameworks/f/framework.toml\ntitle = \"Many\"\nsummary = \"Many.\"\ndimensions = [\"d\"]\n{stages}=== content/frameworks/f/d.toml\ntitle = \"D\"\nintro = \"D.\"\n[[aspects]]\ntitle = \"A\"\ndescription = \"A\"\nsparse = true\nat.s0 = \"x\"\n"
    ));
    site.build(&[]);
    let made = std::fs::read_dir(site.path("output/frameworks/f")).expect("folder").flatten();
    assert_eq!(made.filter(|e| e.file_name().to_string_lossy().contains("-vs-")).count(), 30);
    assert!(site.exists("output/frameworks/f/s0-vs-s29/index.html"));
    assert!(site.read("output/frameworks/f/compare/index.html").contains("too many stages"));
    site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n[[@s0..s5]]\n");
    let text = site.problems();
    assert!(text.contains("`@s0..s5` has no page of its own") && text.contains("more than 20"), "{text}");
}

#[test]
fn a_configuration_that_cannot_be_read_stops_the_build() {
    for (make, said) in [
        ((|site: &Site| site.write("guidepost.toml", b"title = \"Caf\xe9\"\n")) as fn(&Site), "invalid-utf8"),
        (|site| site.write("guidepost.toml/x", b""), "this cannot be read: it is a folder"),
        (|site| symlink("nowhere", site.path("guidepost.toml")).expect("a link"), "this cannot be read"),
    ] {
        let site = Site::new(PAGE);
        make(&site);
        let ran = site.run(&["build"]);
        assert_eq!(ran.code, 1, "{said}");
        assert!(ran.stderr.contains(said) && ran.stderr.contains("guidepost.toml"), "{}", ran.stderr);
        assert!(!site.exists("output"));
    }
}

#[test]
fn links_out_of_the_site_are_followed_only_by_name() {
    let site = Site::new(PAGE);
    site.write("../outside-of-site", b"");
    std::fs::remove_file(site.path("../outside-of-site")).expect("tidy");
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("secret.txt"), "secret").expect("a file");
    symlink("/etc/passwd", site.path("content/users.txt")).expect("a link");
    symlink(outside.path(), site.path("content/shared")).expect("a link");
    site.write(".hidden/token", b"secret");
    symlink("../.hidden/token", site.path("content/token.txt")).expect("a link");
    symlink("index.md", site.path("content/again.md")).expect("a link");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code, 1);
    for link in ["content/shared", "content/token.txt", "content/users.txt"] {
        assert!(ran.stderr.contains(&format!("--> {link}")), "{}", ran.stderr);
    }
    assert_eq!(ran.stderr.matches("this link leads out of the site").count(), 3, "{}", ran.stderr);
    assert!(!site.exists("output"));

    site.remove("content/users.txt");
    site.remove("content/token.txt");
    let folder = outside.path().display().to_string();
    site.write("guidepost.toml", format!("[content]\nfollow_links = [\"{folder}\"]\n").as_bytes());
    site.build(&[]);
    assert_eq!(site.read("output/shared/secret.txt"), "secret");
}

#[test]
fn only_regular_files_are_read() {
    for name in ["content/pipe.md", "content/pipe.bin", "guidepost.toml"] {
        let site = Site::new(PAGE);
        nix::unistd::mkfifo(&site.path(name), nix::sys::stat::Mode::S_IRWXU).expect("a pipe");
        let ran = site.run(&["check"]);
        assert_eq!(ran.code, 1, "{name}");
        assert!(ran.stderr.contains("it is not a regular file"), "{}", ran.stderr);
    }
}

#[test]
fn no_name_is_read_as_a_scheme() {
    let site = Site::new(PAGE);
    let text = b"+++\ndescription = \"D\"\n+++\n# A\n";
    site.write("content/javascript:alert(1)<!--.md", text);
    site.write("content/faq: pricing.md", text);
    site.write("content/data:text.bin", b"x");
    site.add("=== content/all.md\n+++\ntitle = \"All\"\ndescription = \"A\"\naliases = [\"old.html\"]\n+++\n[A](<./faq: pricing.md>) [B](./data:text.bin)\n");
    site.build(&[]);
    for (path, bytes) in site.output("output").iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = scraper::Html::parse_document(&String::from_utf8_lossy(bytes));
        let links = scraper::Selector::parse("[href]").expect("selector");
        for link in page.select(&links).filter_map(|l| l.value().attr("href")) {
            let scheme = link.split(['/', '#', '?']).next().is_some_and(|first| first.contains(':'));
            assert!(!scheme, "{path}: {link}");
        }
    }
    let home = site.read("output/index.html");
    assert!(home.contains("href=\"./javascript:alert(1)%3C!--/\""), "{home}");
    assert!(home.contains("href=\"./faq:%20pricing/\""), "{home}");
}

#[test]
fn an_edit_url_is_a_web_address() {
    let text = problems("=== guidepost.toml\nedit_url = \"javascript:alert('{path}')\"\n");
    assert!(text.contains("error[invalid-value]: `edit_url` is not the URL of a web site"), "{text}");
}

#[test]
fn a_language_is_a_language_tag() {
    for language in ["de/../../pwn", "", "e", "english language", "../x"] {
        let text = problems(&format!("=== guidepost.toml\nlanguage = \"{language}\"\n"));
        assert!(text.contains("is not a language tag (BCP 47)"), "{language}: {text}");
    }
    for language in ["en", "pt-BR", "zh-Hans", "tlh", "de-AT-1996"] {
        let site = Site::new(&format!("{PAGE}=== guidepost.toml\nlanguage = \"{language}\"\n"));
        site.build(&[]);
        assert!(site.read("output/index.html").contains(&format!("<html lang=\"{language}\"")), "{language}");
    }
}

#[test]
fn no_cell_is_a_formula_in_a_spreadsheet() {
    let dimension = "=== content/frameworks/f/safety.toml\ntitle = \"=cmd|' /C calc'!A0\"\nintro = \"S.\"\n[[aspects]]\ntitle = \"+1\"\ndescription = \"A\"\nat.one = \"@SUM(A1)\"\nat.two = \"-2+3\"\n[[aspects]]\ntitle = \"Plain\"\ndescription = \"A\"\nat.one = \"1-2\"\nat.two = \"a=b\"\n";
    let site = Site::new(&format!("{PAGE}{FRAMEWORK}{dimension}"));
    site.build(&[]);
    assert_data_eq!(
        site.read("output/frameworks/f/safety/index.csv"),
        str![[r#"
Dimension,Aspect,Aspect tags,Stage,Activity,Text,Must,Effort,Impact,Tags,Details,Links,Depends on,Questions
'=cmd|' /C calc'!A0,'+1,,One,sum-a1,'@SUM(A1),,,,,,,,
'=cmd|' /C calc'!A0,'+1,,Two,2-3,'-2+3,,,,,,,,
'=cmd|' /C calc'!A0,Plain,,One,1-2,1-2,,,,,,,,
'=cmd|' /C calc'!A0,Plain,,Two,a-b,a=b,,,,,,,,

"#]]
    );
}

#[test]
fn git_runs_nothing_that_a_repository_names() {
    let site = Site::new(PAGE);
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"])
            .args(arguments)
            .current_dir(site.path("."))
            .output()
            .expect("git runs");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    // A tree that is missing would be fetched from the promisor, whose transport is a program.
    let tree = git(&["rev-parse", "HEAD^{tree}"]);
    std::fs::remove_file(site.path(&format!(".git/objects/{}/{}", &tree[..2], &tree[2..])))
        .expect("an object");
    let pwned = site.path("pwned");
    let run = format!("touch {}", pwned.display());
    git(&["config", "core.repositoryformatversion", "1"]);
    git(&["config", "extensions.partialClone", "origin"]);
    git(&["config", "remote.origin.promisor", "true"]);
    git(&["config", "remote.origin.url", &format!("ext::sh -c {}", run.replace(' ', "% "))]);
    git(&["config", "protocol.ext.allow", "always"]);
    git(&["config", "core.fsmonitor", &run]);
    git(&["config", "core.pager", &run]);
    git(&["config", "diff.external", &run]);
    git(&["config", "gpg.program", &run]);
    git(&["config", "log.showSignature", "true"]);
    site.build(&[]);
    assert!(!pwned.exists());
}

#[test]
fn our_own_files_are_known_when_the_records_are_lost() {
    let site = Site::new(&format!("{PAGE}{FRAMEWORK}"));
    site.build(&["--base-url", "https://example.com/"]);
    site.add("=== content/index.md\n+++\ntitle = \"Home\"\ndescription = \"Home again.\"\n+++\nOther.\n");
    let cells = site.read("content/frameworks/f/safety.toml").replace("Locked", "Bolted");
    site.write("content/frameworks/f/safety.toml", cells.as_bytes());
    site.remove("output/.guidepost");
    site.build(&["--base-url", "https://example.com/"]);
    assert!(site.read("output/index.html").contains("Other."));
    // With the second record gone too, the files tell it themselves.
    site.add("=== content/index.md\n+++\ntitle = \"Home\"\ndescription = \"Home once more.\"\n+++\nMore.\n");
    site.remove("output/.guidepost");
    site.remove(".guidepost");
    site.build(&["--base-url", "https://example.com/"]);
    assert!(site.read("output/index.html").contains("More."));
    // A file that is not ours stays what it is.
    site.write("output/index.html", b"mine");
    site.remove("output/.guidepost");
    site.remove(".guidepost");
    let ran = site.run(&["build"]);
    assert!(
        ran.stderr.contains("error[foreign-file]") && site.read("output/index.html") == "mine",
        "{}",
        ran.stderr
    );
}

#[test]
fn folders_that_hold_other_things_are_no_output() {
    let site = Site::new(PAGE);
    std::fs::create_dir_all(site.path(".git")).expect("a folder");
    let home = site.path("home");
    std::fs::create_dir_all(&home).expect("a folder");
    let root = site.path(".").canonicalize().expect("a path");
    let above = root.parent().expect("a folder").to_owned();
    let outputs = [
        "/",
        "/etc/guidepost",
        "/usr",
        "/home/someone",
        ".",
        "content",
        "content/x",
        ".git",
        ".git/x",
        "../",
    ];
    let mut outputs: Vec<String> = outputs.map(str::to_owned).to_vec();
    outputs.extend([home.display().to_string(), above.display().to_string()]);
    for output in outputs {
        let ran = site.command(&["build", "--output", &output]).env("HOME", &home).output().expect("runs");
        assert_eq!(ran.status.code(), Some(2), "{output}: {}", String::from_utf8_lossy(&ran.stderr));
    }
    site.write("guidepost.toml", b"output = \".git\"\n");
    assert_eq!(site.run(&["build"]).code, 2);
    let temporary = site.path("tmp");
    std::fs::create_dir_all(&temporary).expect("a folder");
    let ran = site.command(&["build", "--output", "tmp"]).env("TMPDIR", &temporary).output().expect("runs");
    assert_eq!(ran.status.code(), Some(2), "the folder for temporary files");
}

#[test]
fn what_was_written_aside_goes_when_a_build_fails() {
    let site = Site::new(PAGE);
    site.build(&[]);
    site.write("output/a/index.html", b"mine");
    site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"A\"\n+++\n");
    assert_eq!(site.run(&["build"]).code, 1);
    assert!(!site.exists("output/.guidepost/stage"));
}

#[test]
fn a_folder_that_may_not_be_written_to_is_told_before_the_first_move() {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    if !nix::unistd::Uid::effective().is_root() {
        return; // someone else's files need root to be made
    }
    let site = Site::new(&format!(
        "{PAGE}=== content/a/x.md\n+++\ntitle = \"X\"\ndescription = \"X\"\n+++\nFirst.\n=== content/b/y.md\n+++\ntitle = \"Y\"\ndescription = \"Y\"\n+++\nFirst.\n"
    ));
    let nobody = 65534;
    let program = site.path("guidepost");
    std::fs::copy(env!("CARGO_BIN_EXE_guidepost"), &program).expect("a copy");
    let build = || {
        let mut command = Command::new(&program);
        let command = command.current_dir(site.path(".")).args(["build"]).env("HOME", site.path("."));
        command.uid(nobody).gid(nobody).output().expect("runs")
    };
    for file in crate::fixture::files(&site.path(".")).iter().flat_map(|f| f.ancestors()) {
        if file.starts_with(site.path(".")) {
            chown(file, Some(nobody), Some(nobody)).expect("an owner");
        }
    }
    assert!(build().status.success());
    let before = site.output("output");
    for page in ["a/x", "b/y"] {
        let text = site.read(&format!("content/{page}.md")).replace("First", "Second");
        site.write(&format!("content/{page}.md"), text.as_bytes());
    }
    std::fs::set_permissions(site.path("output/b/y"), PermissionsExt::from_mode(0o555)).expect("permissions");
    let ran = build();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(3), "{said}");
    assert!(
        said.contains("output/b/y: Permission denied") && said.contains("the output folder is as it was"),
        "{said}"
    );
    assert!(before == site.output("output"));
}

#[test]
fn a_large_file_is_copied_and_not_held_in_memory() {
    let size: u64 = 400 << 20;
    let site = Site::new(PAGE);
    let video = std::fs::File::create(site.path("content/talk.mp4")).expect("a file");
    video.set_len(size).expect("a length");
    let mut build = site.command(&["build"]).stdout(std::process::Stdio::null()).spawn().expect("runs");
    // The kernel keeps the largest size that a process ever had; the last reading before its end is close to it.
    let mut peak = 0;
    let status = loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", build.id())).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|l| l.trim().strip_suffix(" kB")).and_then(|n| n.parse::<u64>().ok());
        peak = peak.max(kilobytes.unwrap_or(0));
        if let Some(status) = build.try_wait().expect("a process") {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    assert!(status.success());
    assert_eq!(std::fs::metadata(site.path("output/talk.mp4")).expect("published").len(), size);
    assert!(peak > 0 && peak < 300 << 10, "{peak} kB at the most");
}

#[test]
fn the_preview_looks_at_files_itself_when_the_system_tells_of_no_changes() {
    let site = Site::new(PAGE);
    let script = "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$0\" serve --port 0";
    let mut serve = Command::new("unshare")
        .args(["--user", "--map-root-user", "sh", "-c", script, env!("CARGO_BIN_EXE_guidepost")])
        .current_dir(site.path("."))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("util-linux is there");
    let mut said = String::new();
    let stdout = serve.stdout.take().expect("a pipe");
    for line in std::io::BufRead::lines(std::io::BufReader::new(stdout)).map_while(Result::ok) {
        said.push_str(&line);
        if line.starts_with("Serving") {
            break;
        }
    }
    serve.kill().expect("ended");
    let output = serve.wait_with_output().expect("ended");
    let warned = String::from_utf8_lossy(&output.stderr);
    // Where no namespaces of users are to be had, the system cannot be made to run out of anything.
    if !warned.starts_with("unshare:") {
        assert!(said.contains("Serving"), "{warned}");
        assert!(warned.contains("the system cannot tell of changes"), "{warned}");
    }
}

#[test]
fn a_page_that_embeds_very_many_tables_is_refused() {
    let tables = "![[safety]]\n\n".repeat(1001);
    let text = problems(&format!(
        "{FRAMEWORK}=== content/all.md\n+++\ntitle = \"All\"\ndescription = \"A\"\n+++\n{tables}"
    ));
    assert!(text.contains("this page comes to 1001 embeds"), "{text}");
}
