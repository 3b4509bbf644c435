//! A link's destination, read.

use crate::content::address::Address;
use crate::content::prose::Reference;
use crate::diagnostics::Code;
use percent_encoding::percent_decode_str;
use std::sync::Arc;

/// Reads a link's destination. The error is a code and a sentence.
pub fn reference(destination: &str) -> Result<Reference, (Code, String)> {
    let destination = destination.trim();
    if let Some(anchor) = destination.strip_prefix('#') {
        return Ok(Reference::Anchor(Arc::from(&*percent_decode_str(anchor).decode_utf8_lossy())));
    }
    if destination.starts_with("//") {
        return Ok(Reference::External(destination.to_owned()));
    }
    if let Some((scheme, _)) = destination.split_once(':')
        && !scheme.is_empty()
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" | "tel" | "sms" | "ftp" | "geo" | "xmpp" | "matrix" => {
                Ok(Reference::External(destination.to_owned()))
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
