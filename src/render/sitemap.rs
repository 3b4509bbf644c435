//! `sitemap.xml` (sitemaps.org 0.9) and `robots.txt` (RFC 9309).

use crate::site::handle::SiteRef;
use crate::view::href::absolute_url;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// All public pages with their dates.
pub fn sitemap(site: SiteRef<'_>) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing to memory does not fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let _ = writer
        .create_element("urlset")
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .write_inner_content(|writer| {
            for page in site.pages().filter(|page| page.is_public()) {
                let Some(url) = absolute_url(page) else { continue };
                writer.create_element("url").write_inner_content(|writer| {
                    writer.create_element("loc").write_text_content(BytesText::new(&url))?;
                    if let Some(updated) = page.updated {
                        writer
                            .create_element("lastmod")
                            .write_text_content(BytesText::new(&updated.to_string()))?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        });
    let mut text = super::xml(&String::from_utf8_lossy(&writer.into_inner()));
    text.push('\n');
    text.into_bytes()
}

/// All may read all; the sitemap, when there is one, says what there is.
pub fn robots(site: SiteRef<'_>) -> Vec<u8> {
    let base = site.config().base_url.as_ref();
    let sitemap = base.map(|base| format!("\nSitemap: {base}sitemap.xml\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{sitemap}").into_bytes()
}
