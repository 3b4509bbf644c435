//! Videos and sounds: a player, what lies beside its file, and a way to get the file where it cannot be played.

use super::context::PageContext;
use crate::content::html::escaped;
use crate::content::prose::Media;
use crate::output_path::OutputPath;
use crate::site::Asset;
use crate::site::pages::Destination;
use crate::span::SourcePath;

/// How wide the default theme sets texts, in pixels: `--measure`.
const WIDEST: u32 = 704;

/// What a poster can be, best first.
const POSTERS: [&str; 4] = ["webp", "jpg", "jpeg", "png"];

impl PageContext<'_> {
    /// Writes a player.
    pub(super) fn media(&self, media: &Media, file: &SourcePath, html: &mut String) {
        let found = self.site().destination(&media.file, file, self.page().id());
        let Ok(Destination::Asset(key)) = found else { return };
        let asset = self.site().asset(key).content();
        let url = |asset: &Asset| escaped(&self.links().path(asset.permalink.as_str()));
        let path = asset.permalink.as_str();
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let beside: Vec<&Asset> = self.site().assets_beside(&format!("{stem}.")).collect();
        let element = if media.is_audio { "audio" } else { "video" };
        let download = self.phrase(if media.is_audio { "download-sound" } else { "download-video" }, &[]);
        let download = format!("<a href=\"{}\" download>{}</a>", url(asset), escaped(&download));

        if media.is_block {
            html.push_str("<figure class=\"media\">\n");
        }
        html.push_str(&format!("<{element} controls preload=\"metadata\" src=\"{}\"", url(asset)));
        if !media.is_audio {
            let poster = POSTERS.iter().find_map(|extension| {
                let name = format!("{stem}.{extension}");
                beside.iter().find(|asset| asset.permalink.as_str().eq_ignore_ascii_case(&name))
            });
            if let Some(poster) = poster {
                html.push_str(&format!(" poster=\"{}\"", url(poster)));
            }
            media.size.of(poster.and_then(|poster| poster.size)).write(html);
        }
        if !media.caption.is_empty() {
            html.push_str(&format!(" aria-label=\"{}\"", escaped(&media.caption)));
        }
        html.push('>');
        for track in &beside {
            self.track(stem, track, html);
        }
        html.push_str(&download);
        html.push_str(&format!("</{element}>"));
        if media.is_block {
            html.push_str(&format!(
                "\n<figcaption>{} <span class=\"media-download\">{download}</span></figcaption>\n</figure>\n",
                escaped(&media.caption)
            ));
        }
    }

    /// Writes the smaller copies of a picture, and how wide it is shown, so that a browser can choose.
    pub(super) fn smaller(&self, asset: &Asset, width: Option<u32>, html: &mut String) {
        let (Some((_, copies)), Some((own, _)), Some(width)) = (&asset.smaller, asset.size, width) else {
            return;
        };
        let url = |path: &OutputPath| escaped(&self.links().path(path.as_str()));
        html.push_str(" srcset=\"");
        for copy in copies {
            html.push_str(&format!("{} {}w, ", url(&copy.permalink), copy.width));
        }
        let shown = width.min(WIDEST);
        html.push_str(&format!(
            "{} {own}w\" sizes=\"(max-width: {shown}px) 100vw, {shown}px\"",
            url(&asset.permalink)
        ));
    }

    /// Writes a track of captions: `demo.vtt` in the site's language, `demo.de.vtt` in another.
    fn track(&self, stem: &str, track: &Asset, html: &mut String) {
        let name = track.permalink.as_str();
        let Some(middle) = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(".vtt")) else { return };
        let own = &*self.site().config().language;
        let language = middle.strip_prefix('.').unwrap_or(own);
        if icu_locale_core::Locale::try_from_str(language).is_err() {
            return;
        }
        let default = if language == own { " default" } else { "" };
        let label = self.phrase("captions-in", &[("language", &language)]);
        html.push_str(&format!(
            "<track kind=\"captions\" src=\"{}\" srclang=\"{}\" label=\"{}\"{default}>",
            escaped(&self.links().path(name)),
            escaped(language),
            escaped(&label)
        ));
    }
}
