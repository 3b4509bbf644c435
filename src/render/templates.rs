//! Pages through Tera templates.
//!
//! Templates get interface texts by a function, `text(key="...")`. Components do not see a page's context, so the words
//! of a framework cannot come from there: there is one set of templates for each vocabulary, alike but for that function.

use crate::content::html::escape;
use crate::diagnostics::{Code, Diagnostic, suggest};
use crate::site::handle::PageRef;
use crate::span::{SourcePath, Span};
use crate::texts::{Part, Texts};
use crate::theme::Theme;
use crate::view::View;
use std::collections::BTreeMap;
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

/// A theme's templates, parsed.
pub struct Templates {
    /// One for each vocabulary of the site, by its number.
    sets: Vec<Tera>,
    files: BTreeMap<String, SourcePath>,
}

impl Templates {
    /// Parses them; every one that fails is reported. They speak as the embedded texts do.
    pub fn parse(theme: &Theme) -> Result<Self, Vec<Diagnostic>> {
        let mut tera = Tera::new();
        tera.register_function("text", speaker(Texts::english().clone()));
        let files: BTreeMap<String, SourcePath> =
            theme.templates.iter().map(|(name, (file, _))| (name.clone(), file.clone())).collect();
        let texts = theme.templates.iter().map(|(name, (_, text))| (name.as_str(), text.as_str()));
        let Err(error) = tera.add_raw_templates(texts) else { return Ok(Self { sets: vec![tera], files }) };
        // The parser stops at the first; trying each alone finds the others that are wrong in themselves.
        let mut problems: Vec<Diagnostic> = theme
            .templates
            .iter()
            .filter_map(|(name, (_, text))| {
                let error = Tera::new().add_raw_template(name, text).err()?;
                matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| problem(&error, name, &files))
            })
            .collect();
        if problems.is_empty() {
            problems.push(problem(&error, "", &files));
        }
        Err(problems)
    }

    /// Lets them speak in the vocabularies of a site.
    pub fn speak(&mut self, vocabularies: &[Texts]) {
        let Some(parsed) = self.sets.first() else { return };
        let set = |texts: &Texts| {
            let mut tera = parsed.clone();
            tera.register_function("text", speaker(texts.clone()));
            tera
        };
        self.sets = vocabularies.iter().map(set).collect();
    }

    /// Renders a page.
    pub fn render(&self, view: &View, page: PageRef<'_>) -> Result<String, Diagnostic> {
        let set = self.sets.get(page.vocabulary().number());
        let Some(tera) = set.filter(|tera| tera.contains_template(&view.template)) else {
            return Err(self.unknown(&view.template, page));
        };
        let failed = |error: &tera::Error| problem(error, &view.template, &self.files);
        let mut context = Context::new();
        context.insert("frame", &view.frame);
        context.insert_value("page", view.page.to_value().map_err(|error| failed(&error))?);
        tera.render(&view.template, &context).map_err(|error| failed(&error))
    }

    fn unknown(&self, template: &str, page: PageRef<'_>) -> Diagnostic {
        let file = page.document().map_or(&page.site().config().file, |d| &d.file);
        let message = format!("there is no template `{template}`");
        let help = suggest(template, "templates", self.files.keys().map(String::as_str));
        let problem = Diagnostic::new(Code::UnknownTemplate, file, message).help(help);
        match page.document().and_then(|d| d.front_matter.template.as_ref()) {
            Some(written) => problem.at(written.span),
            None => problem,
        }
    }
}

/// The function `text(key="...", name=value)`: an interface text with its placeholders filled in. It gives HTML back, in
/// which values are escaped that are not HTML already, such as what a component makes; `n` decides the plural form.
fn speaker(texts: Texts) -> impl Fn(Kwargs, &State<'_>) -> TeraResult<Value> + Send + Sync + 'static {
    move |given, _| {
        let key: String = given.must_get("key")?;
        let value = |name: &str| {
            let found = given.iter().find(|(other, _)| other.as_str() == Some(name));
            found.map(|(_, value)| value).filter(|value| !value.is_undefined() && !value.is_none())
        };
        let n = value("n").and_then(Value::as_u64);
        let written = texts.write(&key, n, &mut |part, html| {
            let value = match part {
                Part::Words(words) => {
                    escape(words, html);
                    return true;
                }
                Part::Value(name) => value(name),
            };
            let Some(value) = value else { return false };
            match value.as_str().filter(|_| value.is_safe()) {
                Some(ready) => html.push_str(ready),
                None => escape(&value.to_string(), html),
            }
            true
        });
        written.map(|html| Value::safe_string(&html)).map_err(tera::Error::message)
    }
}

/// What Tera says, with the place in the template where it knows it.
fn problem(error: &tera::Error, template: &str, files: &BTreeMap<String, SourcePath>) -> Diagnostic {
    let file_of = |name: &str| files.get(name).cloned().unwrap_or_else(|| SourcePath::new("themes"));
    let help =
        "templates are Tera 2: https://keats.github.io/tera/; what each page gets is told in src/view/";
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let name = if files.contains_key(report.filename()) { report.filename() } else { template };
            Diagnostic::new(Code::TemplateError, &file_of(name), report.message().to_owned())
                .at(Span::new(range.start, range.end))
                .help(help)
        }
        _ => {
            let mut text = error.to_string();
            let mut source = std::error::Error::source(error);
            while let Some(inner) = source {
                text.push_str(&format!("; {inner}"));
                source = inner.source();
            }
            let named =
                files.keys().filter(|name| text.contains(name.as_str())).max_by_key(|name| name.len());
            let name = named.map_or(template, String::as_str);
            Diagnostic::new(Code::TemplateError, &file_of(name), text.trim().to_owned()).help(help)
        }
    }
}
