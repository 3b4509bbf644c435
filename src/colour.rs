//! Colours, how well two of them can be told apart, and the nearest one that can be read.

use std::fmt;

/// The least contrast of text that anyone can read (WCAG 2.2, success criterion 1.4.3).
pub const READABLE: f64 = 4.5;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Colour([u8; 3]);

impl Colour {
    /// The lightest one.
    pub const WHITE: Self = Self([255; 3]);
    /// The darkest one.
    pub const BLACK: Self = Self([0; 3]);

    /// Reads `#0b6e69` or `#0be`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .strip_prefix('#')?
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()?;
        match *digits.as_slice() {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r1, r2, g1, g2, b1, b2] => Some(Self([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2])),
            _ => None,
        }
    }

    /// The contrast with another colour, from 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// This colour with a share of another, from 0 to 1, as CSS's `color-mix(in srgb, ...)` makes it.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mix =
            |i: usize| byte((f64::from(self.0[i]) * (1.0 - share) + f64::from(other.0[i]) * share) / 255.0);
        Self([mix(0), mix(1), mix(2)])
    }

    /// This colour where it can be read on a background and in boxes on it; else the nearest of its hue that can be
    /// read well, lighter on a dark background and darker on a light one.
    #[must_use]
    pub fn readable_on(self, background: Self) -> Self {
        /// Enough that it can also be read in a box with a touch of another colour, where contrasts are a tenth less.
        const ENOUGH: f64 = 5.0;
        /// Enough for a box with a touch of itself.
        const WELL: f64 = 5.5;
        const STEPS: u32 = 200;
        if self.contrast(background) >= ENOUGH {
            return self;
        }
        let (lightness, a, b) = self.oklab();
        let end = if background.luminance() > 0.18 { 0.0 } else { 1.0 };
        (1..=STEPS)
            .map(|step| f64::from(step) / f64::from(STEPS))
            .map(|t| Self::within(lightness + (end - lightness) * t, a, b))
            .find(|colour| colour.contrast(background) >= WELL)
            .unwrap_or(if end == 0.0 { Self::BLACK } else { Self::WHITE })
    }

    /// <https://bottosson.github.io/posts/oklab/>
    fn oklab(self) -> (f64, f64, f64) {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        (
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        )
    }

    /// The colour of that lightness and hue, as strong as sRGB has it.
    fn within(lightness: f64, a: f64, b: f64) -> Self {
        let strengths = (0..=20).rev().map(|strength| f64::from(strength) / 20.0);
        let mut tried = strengths.map(|s| linear_of(lightness, a * s, b * s));
        let fits = |channels: &[f64; 3]| channels.iter().all(|c| (-0.000_5..=1.000_5).contains(c));
        let channels = tried.find(fits).unwrap_or_else(|| linear_of(lightness, 0.0, 0.0));
        Self(
            channels
                .map(|c| byte(if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 })),
        )
    }
}

/// From Oklab to linear sRGB; outside 0 to 1 where sRGB has no such colour.
fn linear_of(lightness: f64, a: f64, b: f64) -> [f64; 3] {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // it is between 0 and 255 by then
fn byte(channel: f64) -> u8 {
    (channel * 255.0).round().clamp(0.0, 255.0) as u8
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, READABLE};
    use proptest::prelude::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap_or(Colour::BLACK)
    }

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!(colour("#0b6e69").to_string(), "#0b6e69");
        assert_eq!(colour("#0Be").to_string(), "#00bbee");
        for wrong in ["", "#", "#12", "#1234", "0b6e69", "#0b6e6g", "#é1234", "teal", "#0b6e69ff"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((colour("#fff").contrast(colour("#000")) - 21.0).abs() < 1e-9);
        // The lightest grey that can be read on white, and the next one.
        assert!(colour("#767676").contrast(Colour::WHITE) >= READABLE);
        assert!(colour("#777777").contrast(Colour::WHITE) < READABLE);
    }

    #[test]
    fn a_colour_that_can_be_read_stays_and_another_keeps_its_hue() {
        assert_eq!(colour("#8b0000").readable_on(Colour::WHITE), colour("#8b0000"));
        assert_eq!(colour("#ffcc00").readable_on(Colour::WHITE).to_string(), "#806500");
        assert_eq!(colour("#8b0000").readable_on(colour("#12161c")).to_string(), "#e76656");
    }

    proptest! {
        #[test]
        fn every_colour_has_one_that_can_be_read(rgb: [u8; 3], grey: u8) {
            let background = Colour([grey; 3]);
            // In the middle of the greys, only black or white can.
            let best = Colour::WHITE.contrast(background).max(Colour::BLACK.contrast(background));
            prop_assert!(Colour(rgb).readable_on(background).contrast(background) >= READABLE.min(best));
        }
    }
}
