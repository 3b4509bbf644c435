//! The site's own files and colours over the theme: published under names that change with what they hold.

use super::{Theme, published};
use crate::colour::{Colour, READABLE};
use crate::config::Config;
use crate::config::brand::{LightDark, Picture};
use crate::diagnostics::{Code, Diagnostic};
use crate::hash::Hash;
use crate::output_path::OutputPath;
use crate::source::{SourceFile, brand::beside};
use crate::span::{SourcePath, Spanned};
use crate::stylesheet;
use crate::view::frame::{BrandAssets, Icon, Logo};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The folder of assets that they are published in, all side by side: their names hold their hashes, so none meet.
const FOLDER: &str = "brand";

/// What is escaped in a quoted `url("...")`.
const QUOTED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'?').add(b'\\').add(b'<').add(b'>');

/// Publishes the files of `[brand]` with the theme.
pub(super) fn publish(
    theme: &mut Theme,
    config: &Config,
    files: &[Arc<SourceFile>],
    diagnostics: &mut Vec<Diagnostic>,
) -> BrandAssets {
    let known: BTreeMap<&SourcePath, &Arc<SourceFile>> =
        files.iter().map(|file| (&file.path, file)).collect();
    let mut brand = BrandAssets::default();
    let Some(wanted) = &config.brand else { return brand };
    let mut picture = |picture: &Picture| {
        let file = known.get(&picture.0.value)?;
        let path = theme.publish_file(&name(&file.path), file, diagnostics)?;
        Some((path, imagesize::blob_size(&file.bytes).ok().map(|size| (size.width, size.height))))
    };
    if let Some(logo) = &wanted.logo {
        brand.logo = picture(&logo.light).map(|(light, size)| Logo {
            light,
            dark: logo.dark.as_ref().and_then(&mut picture).map(|(dark, _)| dark),
            size,
            replaces_title: wanted.logo_replaces_title,
        });
    }
    if let Some(icon) = &wanted.icon {
        brand.icon = picture(icon).map(|(href, _)| Icon { media: media(icon.0.value.extension()), href });
    }
    for sheet in &wanted.css {
        let Some(file) = known.get(&sheet.0.value) else { continue };
        let Some(css) = file.text() else { continue };
        let css = stylesheet::rewritten(css, |path| {
            let file = known.get(&beside(&file.path, path)?)?;
            let path = theme.publish_file(&name(&file.path), file, diagnostics)?;
            let (_, beside_it) = path.rsplit_once('/').unwrap_or(("", &path));
            Some(utf8_percent_encode(beside_it, QUOTED).to_string())
        });
        let path = published(&name(&file.path), Hash::of(css.as_bytes()));
        match OutputPath::new(&path) {
            Ok(permalink) => drop(theme.assets.insert(permalink, css.into_bytes())),
            Err(why) => diagnostics.push(why.report(&file.path, &path)),
        }
        brand.styles.push(path);
    }
    brand
}

/// The name of one of them among the theme's assets.
fn name(file: &SourcePath) -> String {
    format!("{FOLDER}/{}", file.file_name())
}

fn media(extension: &str) -> &'static str {
    match extension.to_ascii_lowercase().as_str() {
        "svg" => "image/svg+xml",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        _ => "image/png",
    }
}

/// The accent as rules that stand behind the theme's own, and a warning where the colour cannot be read as it is.
///
/// What is given for one kind of page can rarely be read on the other, so a single colour speaks for the light page,
/// and the dark page's is derived from it. On screens only: paper has the theme's own.
pub(super) fn accent(style: &str, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> String {
    let accent = config.brand.as_ref().and_then(|brand| brand.accent.as_ref());
    let Some(LightDark { light, dark }) = accent else { return String::new() };
    let (light_page, dark_page) = backgrounds(style);
    let on_light = light.value.readable_on(light_page);
    let on_dark = dark.as_ref().unwrap_or(light).value.readable_on(dark_page);
    let pair = format!("accent = {{ light = \"{on_light}\", dark = \"{on_dark}\" }}");
    let mut check = |colour: &Spanned<Colour>, page: Colour, kind: &str, instead: Colour| {
        let contrast = colour.value.contrast(page);
        if contrast < READABLE {
            // Cut and not rounded: 4.49 is not 4.5.
            let ratio = (contrast * 10.0).floor() / 10.0;
            let message = format!(
                "`{}` has a contrast of {ratio}:1 with the {kind} page's background, `{page}`",
                colour.value
            );
            let help = format!(
                "text needs {READABLE}:1 (WCAG 2.2, 1.4.3), so the {kind} page gets `{instead}`; write `{pair}` to say so"
            );
            diagnostics
                .push(Diagnostic::new(Code::LowContrast, &config.file, message).at(colour.span).help(help));
        }
    };
    check(light, light_page, "light", on_light);
    if let Some(dark) = dark {
        check(dark, dark_page, "dark", on_dark);
    }
    format!(
        "@media screen {{\n  :root {{\n    --accent: light-dark({on_light}, {on_dark});\n    --accent-soft: \
         light-dark({}, {});\n  }}\n}}\n",
        tint(on_light, light_page),
        tint(on_dark, dark_page)
    )
}

/// A background with a touch of the accent, on which the accent itself can still be read.
fn tint(accent: Colour, page: Colour) -> Colour {
    let tints = (0..=12_u8).rev().map(|percent| page.mixed(accent, f64::from(percent) / 100.0));
    tints.into_iter().find(|tint| accent.contrast(*tint) >= READABLE).unwrap_or(page)
}

/// The backgrounds of light and dark pages, as the theme's style has them.
fn backgrounds(style: &str) -> (Colour, Colour) {
    let pair = style.split_once("--bg:").and_then(|(_, rest)| {
        let inner = rest.trim_start().strip_prefix("light-dark(")?;
        let (light, dark) = inner.get(..inner.find(')')?)?.split_once(',')?;
        Colour::parse(light.trim()).zip(Colour::parse(dark.trim()))
    });
    pair.unwrap_or((Colour::WHITE, Colour::BLACK))
}
