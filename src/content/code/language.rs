//! The labels that people write on code, and the grammar each stands for.

use std::borrow::Cow;

/// Labels that no grammar has for its name, with one that has. What a grammar's own name or a file's extension says, such
/// as `rust` or `yml`, is not repeated here.
pub const ALIASES: &[(&str, &str)] = &[
    ("apache", "htaccess"),
    ("apacheconf", "htaccess"),
    ("arduino", "cpp"),
    ("astro", "html"),
    ("avro", "json"),
    ("batch", "bat"),
    ("batchfile", "bat"),
    ("bun", "ts"),
    ("compose", "yaml"),
    ("containerfile", "dockerfile"),
    ("csharp", "cs"),
    ("cuda", "cpp"),
    ("delphi", "pascal"),
    ("deno", "ts"),
    ("docker", "dockerfile"),
    ("docker-compose", "yaml"),
    ("dos", "bat"),
    ("ecmascript", "js"),
    ("editorconfig", "ini"),
    ("elisp", "lisp"),
    ("emacs-lisp", "lisp"),
    ("fortran", "f90"),
    ("fs", "f#"),
    ("fsharp", "f#"),
    ("golang", "go"),
    ("gotemplate", "twig"),
    ("handlebars", "twig"),
    ("hbs", "twig"),
    ("helm", "yaml"),
    ("hlsl", "glsl"),
    ("html5", "html"),
    ("ipython", "py"),
    ("json5", "js"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("k8s", "yaml"),
    ("ksh", "sh"),
    ("kubernetes", "yaml"),
    ("liquid", "twig"),
    ("mdx", "md"),
    ("mustache", "twig"),
    ("mysql", "sql"),
    ("ndjson", "json"),
    ("nginxconf", "nginx"),
    ("node", "js"),
    ("nodejs", "js"),
    ("nunjucks", "jinja2"),
    ("objc", "objective-c"),
    ("objective-cpp", "objective-c++"),
    ("objectivec", "objective-c"),
    ("octave", "matlab"),
    ("openapi", "yaml"),
    ("pgsql", "sql"),
    ("plist", "xml"),
    ("plsql", "sql"),
    ("postcss", "css"),
    ("postgres", "sql"),
    ("postgresql", "sql"),
    ("proto3", "proto"),
    ("psql", "sql"),
    ("pwsh", "ps1"),
    ("python2", "py"),
    ("python3", "py"),
    ("regex", "re"),
    ("regexp", "re"),
    ("rmd", "md"),
    ("rscript", "r"),
    ("scheme", "scm"),
    ("shell", "sh"),
    ("shellscript", "sh"),
    ("sqlite", "sql"),
    ("ssh-config", "ssh_config"),
    ("starlark", "bzl"),
    ("systemd", "ini"),
    ("tsql", "sql"),
    ("vb", "asp"),
    ("vbnet", "asp"),
    ("vbscript", "asp"),
    ("viml", "vim"),
    ("vimscript", "vim"),
    ("visualbasic", "asp"),
    ("wasm", "lisp"),
    ("wat", "lisp"),
];

/// The label that a grammar knows.
pub fn canonical(label: &str) -> Cow<'_, str> {
    if label.len() > 20 {
        return label.into();
    }
    let folded = label.to_ascii_lowercase();
    match ALIASES.binary_search_by(|(alias, _)| (*alias).cmp(&folded)) {
        Ok(at) => ALIASES.get(at).map_or(label, |(_, known)| *known).into(),
        Err(_) => label.into(),
    }
}

/// Does this label say that the code stays plain?
pub fn is_plain(label: &str) -> bool {
    matches!(label, "" | "text" | "txt" | "plain" | "plaintext" | "none")
}

#[cfg(test)]
mod tests {
    use super::{ALIASES, canonical};
    use crate::content::highlight;

    #[test]
    fn every_alias_is_found_and_stands_for_a_grammar() {
        assert!(ALIASES.is_sorted());
        for (alias, name) in ALIASES {
            assert_eq!(canonical(&alias.to_uppercase()), *name);
            assert!(highlight::knows(alias), "{alias}");
        }
    }

    #[test]
    fn labels_in_use_are_known() {
        for label in [
            "bash",
            "c",
            "c++",
            "c#",
            "cmake",
            "css",
            "diff",
            "elixir",
            "go",
            "graphql",
            "hcl",
            "html",
            "http",
            "ini",
            "java",
            "javascript",
            "json",
            "jsx",
            "kotlin",
            "lua",
            "make",
            "makefile",
            "markdown",
            "nix",
            "php",
            "powershell",
            "protobuf",
            "python",
            "r",
            "ruby",
            "rust",
            "scala",
            "scss",
            "sh",
            "sql",
            "svelte",
            "swift",
            "terraform",
            "toml",
            "ts",
            "tsx",
            "typescript",
            "vue",
            "xml",
            "yaml",
            "zig",
            "zsh",
        ] {
            assert!(highlight::knows(label), "{label}");
        }
    }
}
