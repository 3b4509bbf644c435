//! `sitemap.xml` (sitemaps.org 0.9) and `robots.txt` (RFC 9309).

use super::is_public;
use crate::site::Site;
use crate::site::pages::PageId;
use crate::view::href::{Links, page_url};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// All public pages with their dates.
pub fn sitemap(site: &Site) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing to memory does not fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let _ = writer
        .create_element("urlset")
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .write_inner_content(|writer| {
            for id in (0..site.pages.len()).map(PageId).filter(|id| is_public(site, *id)) {
                let node = site.page(id);
                let url = page_url(&node.permalink, site.config.urls);
                let Some(url) = Links::new(site, id).absolute(url) else { continue };
                writer.create_element("url").write_inner_content(|writer| {
                    writer.create_element("loc").write_text_content(BytesText::new(&url))?;
                    if let Some(updated) = node.updated {
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
pub fn robots(site: &Site) -> String {
    let sitemap = site.config.base_url.as_ref().map(|base| format!("\nSitemap: {base}sitemap.xml\n"));
    format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default())
}
