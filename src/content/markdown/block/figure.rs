//! Figures: a picture, a diagram, a table or code with a caption, and a number that texts can refer to.

use super::directive::Directive;
use crate::content::markdown::events::Events;
use crate::content::markdown::writer::Writer;

impl Writer<'_> {
    pub(super) fn figure(&mut self, directive: &mut Directive<'_>, inner: &Events<'_>) {
        let id = directive.id(self.problems);
        directive.finish(&["#id"], self.problems);
        if inner.is_empty() {
            self.invalid_block(
                directive.span,
                "this figure is empty".to_owned(),
                "put a picture, a table or code between the fences",
            );
        }
        let number = self.ids.next_figure();
        let at = self.out.html.len();
        let (id, span) = match id {
            Some(id) => (self.own_id(&id), id.span),
            None => (self.ids.unique(&format!("figure-{number}")), directive.span),
        };
        self.push("<figure class=\"figure\"");
        let place = self.place(&id, at, span);
        self.push(">\n");
        let outer = std::mem::replace(&mut self.in_figure, true);
        self.inside(inner);
        self.in_figure = outer;
        self.push("<figcaption><span class=\"figure-number\">");
        self.phrase("figure", Some(("number", &number.to_string())));
        self.push("</span>");
        let mut caption = String::new();
        if let Some(label) = directive.label.take() {
            self.push(" ");
            caption = self.label(label);
        }
        self.push("</figcaption>\n</figure>\n");
        if let Some(place) = self.out.headings.get_mut(place) {
            place.text = caption;
            place.figure = Some(number);
        }
    }
}
