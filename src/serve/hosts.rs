//! The names under which the preview answers: a page of another site must not read it by pointing its own name at
//! this machine (DNS rebinding).

use std::net::{IpAddr, SocketAddr};

/// Which values of the header `Host` are answered.
#[derive(Clone, Debug)]
pub struct Hosts {
    names: Vec<String>,
    any_address: bool,
}

impl Hosts {
    /// Loopback names, the bound address, and the name given by `--host`.
    pub fn new(given: Option<&str>, local: SocketAddr) -> Self {
        let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
        names.push(match local.ip() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        });
        names.extend(given.map(str::to_lowercase));
        // Bound to all addresses, it is reached by each of them; an address cannot be rebound as a name can.
        Self { names, any_address: local.ip().is_unspecified() }
    }

    /// Is a request with this header meant for the preview?
    pub fn allow(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) && !name.is_empty() => name,
            _ => host,
        };
        let name = name.to_ascii_lowercase();
        let loopback =
            without_brackets(&name).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || self.any_address);
        loopback || name.ends_with(".localhost") || self.names.contains(&name)
    }
}

/// An IPv6 address out of the brackets in which URLs have it; anything else as it is.
pub fn without_brackets(host: &str) -> &str {
    host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host)
}
