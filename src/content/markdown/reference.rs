//! A link's destination, read.

use crate::content::address::Address;
use crate::content::prose::Reference;
use crate::diagnostics::Code;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::sync::Arc;

/// Reads a link's destination. The error is a code and a sentence.
pub fn reference(destination: &str) -> Result<Reference, (Code, String)> {
    let destination = destination.trim();
    if let Some(anchor) = destination.strip_prefix('#') {
        return Ok(Reference::Anchor(Arc::from(&*percent_decode_str(anchor).decode_utf8_lossy())));
    }
    if destination.starts_with("//") {
        return Ok(Reference::External(encoded(destination)));
    }
    if let Some((scheme, _)) = destination.split_once(':')
        && !scheme.is_empty()
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" | "tel" | "sms" | "ftp" | "geo" | "xmpp" | "matrix" => {
                Ok(Reference::External(encoded(destination)))
            }
            "term" => Address::parse(destination)
                .map(Reference::Address)
                .map_err(|why| (Code::InvalidAddress, format!("`{destination}` is not an address: {why}"))),
            scheme => Err((Code::UnsafeLink, format!("links with the scheme `{scheme}:` are not published"))),
        };
    }
    if destination.is_empty() {
        return Err((Code::BrokenLink, "this link leads nowhere".to_owned()));
    }
    let (path, anchor) = destination.split_once('#').map_or((destination, None), |(p, a)| (p, Some(a)));
    let path = path.split_once('?').map_or(path, |(p, _)| p);
    Ok(Reference::Path {
        path: percent_decode_str(path).decode_utf8_lossy().into_owned(),
        anchor: anchor
            .filter(|a| !a.is_empty())
            .map(|a| Arc::from(&*percent_decode_str(a).decode_utf8_lossy())),
    })
}

/// What no URL holds as it is (RFC 3986, 2).
const FOREIGN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// As [`FOREIGN`], where brackets do not hold the number of a host (RFC 3986, 3.2.2).
const FOREIGN_IN_PATH: &AsciiSet = &FOREIGN.add(b'[').add(b']');

/// The URL of another site with what no URL holds percent-encoded; what is encoded already stays. The letters of a
/// host's name stay too: they are no bytes but a name of its own (RFC 5891), which browsers know how to read.
fn encoded(url: &str) -> String {
    let host_ends = url.split_once("//").map_or(0, |(scheme, rest)| {
        scheme.len() + "//".len() + rest.find(['/', '?', '#']).unwrap_or(rest.len())
    });
    let (host, path) = url.split_at_checked(host_ends).unwrap_or(("", url));
    let mut out = String::with_capacity(url.len());
    let mut sign = [0; 4];
    for c in host.chars() {
        match &*c.encode_utf8(&mut sign) {
            c if c.is_ascii() => out.extend(utf8_percent_encode(c, FOREIGN)),
            letter => out.push_str(letter),
        }
    }
    out.extend(utf8_percent_encode(path, FOREIGN_IN_PATH));
    out
}
