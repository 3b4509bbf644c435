//! Themes and templates.

use super::{HOME, check, page};
use snapbox::{assert_data_eq, str};

#[test]
fn unknown_template() {
    assert_data_eq!(
        page("+++\ndescription = \"A\"\ntemplate = \"pgae.html\"\n+++\n"),
        str![[r#"
error[unknown-template]: there is no template `pgae.html`
 --> content/a.md:3:12
  |
3 | template = "pgae.html"
  |            ^^^^^^^^^^^
  |
  = help: did you mean `page.html`? templates are: 404.html, aspect.html, assessment.html, base.html, comparison.html, comparisons.html, components.html, dimension.html, drawer.html, framework.html, glossary.html, group.html, header.html, home.html, matrix.html, page.html, pictures.html, playbook.html, print.html, search.html, section.html, stage.html, taxon.html, taxonomy.html


"#]]
    );
}

#[test]
fn unknown_theme() {
    assert_data_eq!(
        check(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n=== guidepost.toml\ntheme = \"defualt\"\n[markdown.highlight]\nlight = \"OneHalfLigth\"\n"
        )),
        str![[r#"
error[unknown-theme]: there is no theme `defualt`
 --> guidepost.toml:1:9
  |
1 | theme = "defualt"
  |         ^^^^^^^^^
  |
  = help: did you mean `default`? themes are: default

error[unknown-theme]: there is no highlight palette `OneHalfLigth`
 --> guidepost.toml:3:9
  |
3 | light = "OneHalfLigth"
  |         ^^^^^^^^^^^^^^
  |
  = help: did you mean `OneHalfLight`?


"#]]
    );
}

#[test]
fn template_error() {
    assert_data_eq!(
        check(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n=== themes/default/templates/page.html\n<p>{{{{ page.nothing }}}}</p>\n{{% if %}}\n"
        )),
        str![[r#"
error[template-error]: Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
 --> themes/default/templates/page.html:2:7
  |
2 | {% if %}
  |       ^^
  |
  = help: templates are Tera 2: https://keats.github.io/tera/; what each page gets is told in src/view/


"#]]
    );
}

#[test]
fn template_error_while_rendering() {
    assert_data_eq!(
        check(&format!(
            "{HOME}=== content/a.md\n+++\ndescription = \"A\"\n+++\n=== themes/default/templates/page.html\n<h1>{{{{ frame.title }}}}</h1>\n<p>{{{{ page.nothing.more }}}}</p>\n"
        )),
        str![[r#"
error[template-error]: Field `nothing` is not defined. Available fields: blocks, extra, faq, meta, takeaways (while rendering a/index.html)
 --> themes/default/templates/page.html:2:12
  |
2 | <p>{{ page.nothing.more }}</p>
  |            ^^^^^^^
  |
  = help: templates are Tera 2: https://keats.github.io/tera/; what each page gets is told in src/view/


"#]]
    );
}
