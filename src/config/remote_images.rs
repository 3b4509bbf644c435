//! `remote_images`: the hosts whose pictures pages may show.

use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::span::Spanned;
use url::Url;

/// Reports hosts that are not written as a browser compares them.
pub fn check(written: &[Spanned<String>], problems: &mut Problems) {
    for origin in written {
        let https = origin.value.replacen("http://", "https://", 1);
        let url = Url::parse(&https).ok().filter(|url| url.scheme() == "https" && url.has_host());
        let plain = url.map(|url| url.origin().ascii_serialization());
        if plain.as_ref() == Some(&origin.value) {
            continue;
        }
        let help = plain.unwrap_or_else(|| "https://images.example.com".to_owned());
        let message = format!("`{}` is not a host as a browser compares it", origin.value);
        problems.add(
            Diagnostic::new(Code::InvalidValue, problems.file(), message)
                .at(origin.span)
                .help(format!("write it as `{help}`")),
        );
    }
}
