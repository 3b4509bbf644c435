//! Pictures, videos and sounds. What a file of theirs is, and where it lies, is left open in a slot.

use super::attributes::Attributes;
use super::events::{Events, plain_text};
use super::foreign;
use super::reference::reference;
use super::writer::Writer;
use crate::content::html::escaped;
use crate::content::prose::{Media, Reference, Size, SlotKind};
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Span;
use pulldown_cmark::LinkType;

const VIDEO: [&str; 5] = ["mp4", "webm", "mov", "m4v", "ogv"];
const AUDIO: [&str; 7] = ["mp3", "m4a", "ogg", "oga", "opus", "wav", "flac"];
/// What a picture or a video can say of itself.
const ATTRIBUTES: [&str; 2] = ["width", "height"];
/// The largest picture that a page can ask for, in pixels.
const LARGEST: u32 = 10_000;

/// Does a destination name a video or a sound?
pub fn is_media(destination: &str) -> bool {
    is_one_of(destination, &VIDEO) || is_one_of(destination, &AUDIO)
}

fn is_one_of(destination: &str, extensions: &[&str]) -> bool {
    let path = destination.split(['#', '?']).next().unwrap_or_default();
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

impl Writer<'_> {
    pub(super) fn image(
        &mut self,
        kind: LinkType,
        (destination, title): (&str, &str),
        attributes: Attributes,
        inner: &Events<'_>,
        span: Span,
    ) {
        if matches!(kind, LinkType::WikiLink { .. }) {
            if self.foreign_picture(destination, span) {
                return;
            }
            let message = "an embed stands in a paragraph of its own";
            self.problems.add(
                Diagnostic::new(Code::InvalidEmbed, self.problems.file(), message)
                    .at(span)
                    .help("put an empty line before and after it"),
            );
            return;
        }
        let alt = plain_text(inner);
        if is_media(destination) {
            return self.media(destination, &alt, attributes, span, false);
        }
        if alt.is_empty() {
            self.problems.add(
                Diagnostic::new(Code::MissingAlt, self.problems.file(), "this image has no alternative text")
                    .at(span)
                    .help(
                        "say between the brackets what it shows: `![The three layers of a cache](cache.png)`",
                    ),
            );
        }
        let size = self.size(attributes, "a picture");
        let Some(found) = self.picture(destination, &alt, span) else { return };
        let zooms = self.in_figure && !self.in_link;
        if zooms {
            self.push("<a class=\"zoom\"");
            self.slot(SlotKind::FullImage(found.clone()), span);
            self.push(" aria-label=\"");
            self.phrase("full-size", Some(("picture", &alt)));
            self.push("\">");
        }
        if let Reference::External(url) = &found {
            self.push(&format!("<img src=\"{}\"", escaped(url)));
            for (name, pixels) in [("width", size.width), ("height", size.height)] {
                self.push(&pixels.map(|n| format!(" {name}=\"{n}\"")).unwrap_or_default());
            }
        } else {
            self.push("<img");
            self.slot(SlotKind::Image(found, size), span);
        }
        self.push(&format!(" alt=\"{}\"", escaped(&alt)));
        if !title.is_empty() {
            self.push(&format!(" title=\"{}\"", escaped(title)));
        }
        self.push(" loading=\"lazy\" decoding=\"async\">");
        if zooms {
            self.push("</a>");
        }
    }

    /// Reports `![[picture.png]]`, by which Obsidian shows a picture.
    pub(super) fn foreign_picture(&mut self, destination: &str, span: Span) -> bool {
        let is_picture = foreign::is_picture(destination);
        if is_picture {
            let message = format!("`![[{destination}]]` is notation of Obsidian");
            self.problems.add(
                Diagnostic::new(Code::ForeignNotation, self.problems.file(), message)
                    .at(span)
                    .help(format!("write `![what it shows]({destination})`")),
            );
            self.push(&escaped(destination));
        }
        is_picture
    }

    /// A video or a sound; its caption is what stands between the brackets.
    pub(super) fn media(
        &mut self,
        destination: &str,
        caption: &str,
        attributes: Attributes,
        span: Span,
        is_block: bool,
    ) {
        let is_audio = is_one_of(destination, &AUDIO);
        let what = if is_audio { "sound" } else { "video" };
        if caption.is_empty() {
            self.problems.add(
                Diagnostic::new(
                    Code::MissingAlt,
                    self.problems.file(),
                    format!("this {what} has no caption"),
                )
                .at(span)
                .help(format!("say between the brackets what it is: `![How to sign in]({destination})`")),
            );
        }
        let size = if is_audio {
            attributes.finish("a sound", &[], self.problems);
            Size::default()
        } else {
            self.size(attributes, "a video")
        };
        match self.picture(destination, caption, span) {
            Some(Reference::External(_)) => {
                let message = format!("this {what} lies on another site");
                self.problems.add(
                    Diagnostic::new(Code::BrokenImage, self.problems.file(), message)
                        .at(span)
                        .help("put a copy beside the page, or link to it without the `!`"),
                );
            }
            Some(file) => {
                self.count(caption);
                let caption = caption.to_owned();
                self.slot(SlotKind::Media(Media { file, caption, is_audio, is_block, size }), span);
            }
            None => {}
        }
    }

    /// Where a picture lies; reported when it may not lie there.
    fn picture(&mut self, destination: &str, alt: &str, span: Span) -> Option<Reference> {
        match reference(destination) {
            Ok(Reference::External(url)) if !is_media(destination) && !self.options.may_show(&url) => {
                self.remote_picture(&url, alt, span);
                None
            }
            Ok(reference) => Some(reference),
            Err((code, message)) => {
                self.problems.add(
                    Diagnostic::new(code, self.problems.file(), message)
                        .at(span)
                        .help("name an image beside the page"),
                );
                None
            }
        }
    }

    /// A picture of a host that the site has not named. Where that is only a warning, readers can still follow it.
    fn remote_picture(&mut self, url: &str, alt: &str, span: Span) {
        let origin = url::Url::parse(url).ok().filter(|url| url.scheme() == "https");
        let origin = origin.map(|url| url.origin().ascii_serialization());
        let name = origin.map_or(String::new(), |origin| {
            format!(", or name its host in guidepost.toml: `[markdown]` `remote_images = [\"{origin}\"]`")
        });
        self.problems.add(
            Diagnostic::new(Code::BrokenImage, self.problems.file(), "this image lies on another site")
                .at(span)
                .help(format!(
                    "put a copy beside the page: a published page asks no third party for anything{name}"
                ))
                .lowered(),
        );
        let text = if alt.is_empty() { url } else { alt };
        if self.in_link {
            self.push(&escaped(text));
        } else {
            self.push(&format!("<a class=\"external\" href=\"{}\">{}</a>", escaped(url), escaped(text)));
        }
    }

    /// The size that attributes give.
    fn size(&mut self, mut attributes: Attributes, whose: &str) -> Size {
        let [width, height] = ATTRIBUTES.map(|key| {
            let written = attributes.value(key, self.problems)?;
            let pixels = written.value.parse().ok().filter(|pixels| (1..=LARGEST).contains(pixels));
            if pixels.is_none() {
                let message = format!("`{}` is no {key} of {whose}", written.value);
                self.problems.add(
                    Diagnostic::new(Code::InvalidAttribute, self.problems.file(), message)
                        .at(written.span)
                        .help(format!("write it in pixels, from 1 to {LARGEST}, such as `{key}=320`")),
                );
            }
            pixels
        });
        attributes.finish(whose, &ATTRIBUTES, self.problems);
        Size { width, height }
    }
}
