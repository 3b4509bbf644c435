//! Numbers as people write them: `1,234.50`, `1.234,50 €`, `-3 %`.

/// What decimals begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

impl Decimal {
    /// Are all cells numbers of this style, or empty? One at least has to be a number.
    pub fn is_of<'a>(self, cells: impl Iterator<Item = &'a str>) -> bool {
        let mut some = false;
        for cell in cells.filter(|cell| !matches!(*cell, "" | "-" | "–" | "—")) {
            if self.read(cell).is_none() {
                return false;
            }
            some = true;
        }
        some
    }

    /// A number as a program writes it. What has a zero before its first digit, such as a postcode, is none.
    pub fn read(self, cell: &str) -> Option<String> {
        if cell.len() > 40 {
            return None;
        }
        let is_unit = |c: char| matches!(c, '€' | '$' | '£' | '¥' | '%') || c.is_whitespace();
        let (sign, rest) = sign(cell.trim_start_matches(is_unit));
        let (sign, rest) =
            if sign.is_empty() { (sign, rest) } else { (sign, rest.trim_start_matches(is_unit)) };
        let rest = rest.trim_end_matches(is_unit);
        let (decimal, group) = match self {
            Self::Point => ('.', ','),
            Self::Comma => (',', '.'),
        };
        let (whole, part) =
            rest.split_once(decimal).map_or((rest, None), |(whole, part)| (whole, Some(part)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if part.is_some_and(|part| !digits(part)) {
            return None;
        }
        let is_group = |c: char| c == group || matches!(c, '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}');
        let mut groups = whole.split(is_group);
        let first = groups.next()?;
        if !digits(first) || (first.len() > 1 && first.starts_with('0')) {
            return None;
        }
        let mut number = format!("{sign}{first}");
        for group in groups {
            if !digits(group) || group.len() != 3 || first.len() > 3 {
                return None;
            }
            number.push_str(group);
        }
        if let Some(part) = part {
            number.push('.');
            number.push_str(part);
        }
        Some(number)
    }
}

fn sign(text: &str) -> (&'static str, &str) {
    match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal::{Comma, Point};

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (cell, point, comma) in [
            ("12", Some("12"), Some("12")),
            ("1,234.50", Some("1234.50"), None),
            ("1.234,50 €", None, Some("1234.50")),
            ("$ -3", Some("-3"), Some("-3")),
            ("-$3.5", Some("-3.5"), None),
            ("12 %", Some("12"), Some("12")),
            ("1 234 567", Some("1234567"), Some("1234567")),
            ("0.5", Some("0.5"), None),
            ("01234", None, None),
            ("2026-01-01", None, None),
            ("1.2.3", None, None),
            ("12,34", None, Some("12.34")),
            ("", None, None),
            ("n/a", None, None),
        ] {
            assert_eq!(Point.read(cell).as_deref(), point, "{cell}");
            assert_eq!(Comma.read(cell).as_deref(), comma, "{cell}");
        }
        assert!(Point.is_of(["1", "", "–"].into_iter()) && !Point.is_of(["", "-"].into_iter()));
    }
}
