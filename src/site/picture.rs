//! Pictures as files: how large readers see them, and the smaller copies that are published beside them.

use super::Site;
use super::keys::AssetKey;
use crate::diagnostics::{Code, Diagnostic};
use crate::output_path::OutputPath;
use crate::source::SourceFile;
use imagesize::ImageType;
use std::collections::BTreeSet;

/// The formats of which copies are made, each in its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // named after what they are
pub enum Format {
    Jpeg,
    Png,
}

/// A smaller copy of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Smaller {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Where it is published.
    pub permalink: OutputPath,
}

/// Pictures of more pixels are not unpacked: forty million of them are 160 MiB of memory.
const MOST_PIXELS: u64 = 40_000_000;
/// Neither are larger files.
const LARGEST: u64 = 64 << 20;
/// Changes when copies are made in another way, which then have other names.
const MANNER: u8 = 1;

/// Width and height of a picture as readers see it, when its header says so.
pub fn size(bytes: &[u8]) -> Option<(usize, usize)> {
    let size = imagesize::blob_size(bytes).ok()?;
    // A camera held upright writes the picture as its sensor lies, and says so.
    let is_turned = matches!(orientation(bytes), Some(5..=8));
    Some(if is_turned { (size.height, size.width) } else { (size.width, size.height) })
}

/// The format of a picture of which copies can be made: what its name says and it is.
fn format(file: &SourceFile) -> Option<Format> {
    let bytes = &file.bytes;
    match (imagesize::image_type(bytes).ok()?, file.path.extension().to_ascii_lowercase().as_str()) {
        (ImageType::Jpeg, "jpg" | "jpeg") => Some(Format::Jpeg),
        // An animated one stays as it is.
        (ImageType::Png, "png") if memchr::memmem::find(bytes, b"acTL").is_none() => Some(Format::Png),
        _ => None,
    }
}

/// The copies of a picture that are narrower than itself.
pub fn smaller(
    file: &SourceFile,
    permalink: &OutputPath,
    size: Option<(usize, usize)>,
    widths: &[u32],
) -> Option<(Format, Vec<Smaller>)> {
    let (own_width, own_height) = size?;
    let (own_width, own_height) = (u32::try_from(own_width).ok()?, u32::try_from(own_height).ok()?);
    let format = format(file)?;
    let path = permalink.as_str();
    let (stem, extension) = path.rsplit_once('.')?;
    let copy = |width: u32| {
        let height = u64::from(width).saturating_mul(u64::from(own_height));
        let height = height.saturating_add(u64::from(own_width) / 2).checked_div(u64::from(own_width))?;
        let name = file.hash.with(&(width, MANNER)).short(10);
        let permalink = OutputPath::new(&format!("{stem}.{width}.{name}.{extension}")).ok()?;
        Some(Smaller { width, height: u32::try_from(height.max(1)).ok()?, permalink })
    };
    let copies: Vec<Smaller> =
        widths.iter().filter(|width| **width < own_width).filter_map(|width| copy(*width)).collect();
    (!copies.is_empty()).then_some((format, copies))
}

/// Reports pictures that are too large to be unpacked, and makes no copies of them.
pub fn refuse(site: &mut Site, shown: &BTreeSet<AssetKey>, diagnostics: &mut Vec<Diagnostic>) {
    for key in shown {
        let Some(asset) = site.assets.get_mut(key.asset).filter(|asset| asset.smaller.is_some()) else {
            continue;
        };
        let pixels = asset.size.map_or(0, |(w, h)| (w as u64).saturating_mul(h as u64));
        if pixels <= MOST_PIXELS && asset.file.size <= LARGEST {
            continue;
        }
        let message = format!(
            "this picture has {} million pixels and {} MiB; copies are made of pictures up to {} million and {} MiB",
            pixels.div_ceil(1_000_000),
            asset.file.size.div_ceil(1 << 20),
            MOST_PIXELS / 1_000_000,
            LARGEST >> 20
        );
        diagnostics.push(
            Diagnostic::new(Code::TooLarge, &asset.file.path, message)
                .help("make it smaller: no screen shows so many pixels"),
        );
        asset.smaller = None;
    }
}

/// How a JPEG is to be turned, from 1 to 8 (Exif 2.32, 4.6.4).
fn orientation(bytes: &[u8]) -> Option<u16> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let (head, after) = rest.split_first_chunk::<4>()?;
        let [0xff, marker, high, low] = *head else { return None };
        let length = usize::from(u16::from_be_bytes([high, low])).checked_sub(2)?;
        let segment = after.get(..length)?;
        match marker {
            0xe1 if segment.starts_with(b"Exif\0\0") => return orientation_of_exif(segment.get(6..)?),
            // The picture itself begins.
            0xda | 0xd9 => return None,
            _ => rest = after.get(length..)?,
        }
    }
}

fn orientation_of_exif(exif: &[u8]) -> Option<u16> {
    let little = match exif.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let pair = |at: usize| {
        let bytes = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let four: [u8; 4] = exif.get(4..8)?.try_into().ok()?;
    let first =
        usize::try_from(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) }).ok()?;
    (0..usize::from(pair(first)?)).find_map(|entry| {
        let at = first.checked_add(2)?.checked_add(entry.checked_mul(12)?)?;
        if pair(at)? == 0x0112 { pair(at.checked_add(8)?) } else { None }
    })
}
