//! Smaller copies of pictures, each in the format of the original.
//!
//! The same picture gives the same bytes on every machine: sums are done in one order and without a processor's own
//! instructions. Nothing that a camera wrote is kept but the colours' profile and which way is up.

use super::Failure;
use super::recipe::{Made, Method, Recipe};
use super::sink::Sink;
use crate::diagnostics::{Code, Diagnostic};
use crate::hash::Hash;
use crate::output_path::OutputPath;
use crate::site::Asset;
use crate::site::handle::SiteRef;
use crate::site::picture::{Format, Smaller};
use crate::source::SourceFile;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{PngDecoder, PngEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, Limits};
use rayon::prelude::*;
use std::borrow::Cow;
use std::io::Cursor;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// How good a JPEG is, of 100.
const QUALITY: u8 = 80;
/// What unpacking a picture may take.
const MOST_MEMORY: u64 = 512 << 20;
/// Pictures of more pixels are unpacked one at a time.
const MANY_PIXELS: usize = 8_000_000;

/// Puts all copies into a sink, or sees that they are there already.
pub fn copies(
    site: SiteRef<'_>,
    known: &(dyn Fn(&OutputPath) -> Option<Made> + Sync),
    sink: &dyn Sink,
) -> Result<Vec<(OutputPath, Made)>, Failure> {
    let pictures: Vec<&Asset> = site.shrunk().collect();
    let made: Vec<_> = pictures.into_par_iter().map(|asset| copies_of(asset, known, sink)).collect();
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for made in made {
        match made {
            Ok(made) => files.extend(made),
            Err(Failure::Template(found)) => problems.extend(found),
            Err(failure) => return Err(failure),
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(Failure::Template(problems)) }
}

fn copies_of(
    asset: &Asset,
    known: &(dyn Fn(&OutputPath) -> Option<Made> + Sync),
    sink: &dyn Sink,
) -> Result<Vec<(OutputPath, Made)>, Failure> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let Some((format, copies)) = &asset.smaller else { return Ok(Vec::new()) };
    let (format, file) = (*format, &asset.file);
    // Unpacked once for all copies, when the first of them has to be made.
    let unpacked: OnceLock<Result<Unpacked, Failure>> = OnceLock::new();
    let is_large = asset.size.is_none_or(|(w, h)| w.saturating_mul(h) > MANY_PIXELS);
    let _turn = is_large.then(|| ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner));
    let follow = |copy: &Smaller| {
        // The name says what it is made of, and how.
        let (path, key) = (copy.permalink.clone(), Hash::of(copy.permalink.as_str().as_bytes()));
        let (width, height) = (copy.width, copy.height);
        let recipe = if sink.is_patient() {
            let file = Arc::clone(file);
            // What is wrong with it, a build says; the preview shows what there is.
            let make = move || {
                let made =
                    Unpacked::of(&file, format).and_then(|picture| picture.resized(width, height, &file));
                made.unwrap_or_else(|_| file.whole().map(Vec::from).unwrap_or_default())
            };
            Recipe { path: path.clone(), key, make: Method::Later(Box::new(make)) }
        } else {
            Recipe::new(path.clone(), key, || {
                let picture = unpacked.get_or_init(|| Unpacked::of(file, format));
                match picture {
                    Ok(picture) => picture.resized(width, height, file),
                    Err(Failure::Template(problems)) => Err(Failure::Template(problems.clone())),
                    Err(Failure::Io(error)) => {
                        Err(Failure::Io(std::io::Error::new(error.kind(), error.to_string())))
                    }
                }
            })
        };
        recipe.follow(known(&path).as_ref(), sink)
    };
    copies.iter().map(follow).collect()
}

/// A picture, its pixels as readers see them.
struct Unpacked {
    pixels: DynamicImage,
    /// What its colours mean.
    profile: Option<Vec<u8>>,
    format: Format,
}

impl Unpacked {
    fn of(file: &SourceFile, format: Format) -> Result<Self, Failure> {
        let bytes = file.whole().map_err(Failure::Io)?;
        let unpacked = match format {
            Format::Jpeg => jpeg(&bytes),
            Format::Png => png(&bytes),
        };
        unpacked.map_err(|why| broken(file, &why))
    }

    /// A copy of this size; the original where that takes fewer bytes.
    fn resized(&self, width: u32, height: u32, file: &SourceFile) -> Result<Vec<u8>, Failure> {
        let has_alpha = self.pixels.color().has_alpha();
        let copy = if has_alpha {
            // A clear pixel has a colour too, which must not bleed into its neighbours.
            let mut pixels = self.pixels.to_rgba8();
            pixels.pixels_mut().for_each(|pixel| scale(&mut pixel.0, |c, a| c.saturating_mul(a) / 255));
            let mut pixels = image::imageops::resize(&pixels, width, height, FilterType::CatmullRom);
            pixels.pixels_mut().for_each(|pixel| {
                scale(&mut pixel.0, |c, a| c.saturating_mul(255).checked_div(a).unwrap_or(0).min(255));
            });
            DynamicImage::ImageRgba8(pixels)
        } else {
            self.pixels.resize_exact(width, height, FilterType::CatmullRom)
        };
        let mut bytes = Vec::new();
        let profile = self.profile.clone().unwrap_or_default();
        let encoded = match self.format {
            Format::Jpeg => {
                let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
                let _ = encoder.set_icc_profile(profile);
                copy.write_with_encoder(encoder)
            }
            Format::Png => {
                let mut encoder = PngEncoder::new(&mut bytes);
                if !profile.is_empty() {
                    let _ = encoder.set_icc_profile(profile);
                }
                copy.write_with_encoder(encoder)
            }
        };
        encoded.map_err(|why| broken(file, &why.to_string()))?;
        if bytes.len() as u64 >= file.size {
            return file.whole().map(Vec::from).map_err(Failure::Io);
        }
        Ok(bytes)
    }
}

/// Changes the colours of a pixel by how much of it is seen.
fn scale(pixel: &mut [u8; 4], change: impl Fn(u32, u32) -> u32) {
    let [colours @ .., alpha] = pixel;
    for colour in colours {
        *colour = u8::try_from(change(u32::from(*colour), u32::from(*alpha))).unwrap_or(u8::MAX);
    }
}

fn jpeg(bytes: &[u8]) -> Result<Unpacked, String> {
    let options = DecoderOptions::new_safe();
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|why| why.to_string())?;
    let is_grey = decoder.input_colorspace() == Some(ColorSpace::Luma);
    let wanted = if is_grey { ColorSpace::Luma } else { ColorSpace::RGB };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let pixels = decoder.decode().map_err(|why| why.to_string())?;
    let (width, height) = decoder.dimensions().ok_or("it says no size")?;
    let (width, height) = (width as u32, height as u32);
    let pixels = if is_grey {
        image::GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8)
    } else {
        image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8)
    };
    let mut pixels = pixels.ok_or("it holds fewer pixels than it says")?;
    let turned = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    pixels.apply_orientation(turned.unwrap_or(Orientation::NoTransforms));
    let profile = decoder.icc_profile().filter(|profile| profile.len() <= LARGEST_PROFILE);
    Ok(Unpacked { pixels, profile, format: Format::Jpeg })
}

/// The largest colour profile that is kept, and the most bytes that a PNG may pack one into: those of screens and cameras
/// take a few kilobytes, and zeros can be packed a thousandfold.
const LARGEST_PROFILE: usize = 1 << 20;
const LARGEST_PACKED_PROFILE: usize = 64 << 10;

/// A PNG without a colour profile that is none: chunks before the pixels are looked through (PNG 5.3).
fn without_vast_profile(bytes: &[u8]) -> Cow<'_, [u8]> {
    const SIGNATURE: usize = 8;
    const AROUND_DATA: usize = 12;
    let mut at = SIGNATURE;
    while let Some((length, kind)) = bytes.get(at..).and_then(|rest| Some((rest.get(..4)?, rest.get(4..8)?)))
    {
        let length =
            length.iter().fold(0_usize, |n, byte| n.saturating_mul(256).saturating_add(usize::from(*byte)));
        let end = at.saturating_add(length).saturating_add(AROUND_DATA);
        match kind {
            b"iCCP" if length > LARGEST_PACKED_PROFILE => {
                let (before, after) = (bytes.get(..at), bytes.get(end..));
                return [before.unwrap_or_default(), after.unwrap_or_default()].concat().into();
            }
            b"IDAT" => break,
            _ => at = end,
        }
    }
    bytes.into()
}

fn png(bytes: &[u8]) -> Result<Unpacked, String> {
    let bytes = without_vast_profile(bytes);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut decoder = PngDecoder::with_limits(Cursor::new(&*bytes), limits).map_err(|why| why.to_string())?;
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| profile.len() <= LARGEST_PROFILE);
    let pixels = DynamicImage::from_decoder(decoder).map_err(|why| why.to_string())?;
    // No screen shows sixteen bits.
    let pixels = match pixels {
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(pixels.to_luma8()),
        DynamicImage::ImageRgb16(_) => DynamicImage::ImageRgb8(pixels.to_rgb8()),
        DynamicImage::ImageLumaA16(_) | DynamicImage::ImageRgba16(_) => {
            DynamicImage::ImageRgba8(pixels.to_rgba8())
        }
        other => other,
    };
    Ok(Unpacked { pixels, profile, format: Format::Png })
}

fn broken(file: &SourceFile, why: &str) -> Failure {
    let why: String = why.lines().next().unwrap_or_default().chars().take(200).collect();
    let message = format!("this picture cannot be read: {why}");
    Failure::Template(vec![
        Diagnostic::new(Code::BrokenImage, &file.path, message)
            .help("save it anew; it has to be read to make the copies that `[images]` asks for"),
    ])
}
