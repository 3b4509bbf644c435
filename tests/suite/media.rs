//! Pictures, videos and sounds in texts.

use crate::fixture::Site;
use crate::links::png;
use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use snapbox::{assert_data_eq, str};
use std::io::Cursor;

fn site(markdown: &str) -> Site {
    Site::new(&format!(
        "=== content/index.md\n+++\ndescription = \"H\"\n+++\n[A](a.md)\n=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n{markdown}\n"
    ))
}

fn article(site: &Site) -> String {
    site.build(&["--strict"]);
    let page = site.read("output/a/index.html");
    let start = page.find("<div class=\"prose\">").expect("prose") + "<div class=\"prose\">".len();
    let end = page[start..].find("\n</article>").expect("end of the article");
    page[start..start + end].trim_end().trim_end_matches("</div>").to_owned() + "\n"
}

#[test]
fn videos_have_what_lies_beside_them() {
    let site = site(
        "![How to *sign in*](demo.mp4)\n\nIn line ![A clip](bare.webm){width=320 height=180} there.\n\n![Hum & buzz](hum.mp3)\n\n\
         - ![Wide](demo.mp4){width=640}",
    );
    for path in [
        "demo.mp4",
        "bare.webm",
        "hum.mp3",
        "demo.vtt",
        "demo.de.vtt",
        "demo.part-1.vtt",
        "demonstration.jpg",
    ] {
        site.write(&format!("content/{path}"), b"x");
    }
    site.write("content/demo.png", &png(1280, 720));
    assert_data_eq!(
        article(&site),
        str![[r#"
<figure class="media">
<video controls preload="metadata" src="../demo.mp4" poster="../demo.png" width="1280" height="720" aria-label="How to sign in"><track kind="captions" src="../demo.de.vtt" srclang="de" label="Captions (de)"><track kind="captions" src="../demo.vtt" srclang="en" label="Captions (en)" default><a href="../demo.mp4" download>Download the video</a></video>
<figcaption>How to sign in <span class="media-download"><a href="../demo.mp4" download>Download the video</a></span></figcaption>
</figure>
<p>In line <video controls preload="metadata" src="../bare.webm" width="320" height="180" aria-label="A clip"><a href="../bare.webm" download>Download the video</a></video> there.</p>
<figure class="media">
<audio controls preload="metadata" src="../hum.mp3" aria-label="Hum &amp; buzz"><a href="../hum.mp3" download>Download the sound</a></audio>
<figcaption>Hum &amp; buzz <span class="media-download"><a href="../hum.mp3" download>Download the sound</a></span></figcaption>
</figure>
<ul>
<li><video controls preload="metadata" src="../demo.mp4" poster="../demo.png" width="640" height="360" aria-label="Wide"><track kind="captions" src="../demo.de.vtt" srclang="de" label="Captions (de)"><track kind="captions" src="../demo.vtt" srclang="en" label="Captions (en)" default><a href="../demo.mp4" download>Download the video</a></video></li>
</ul>


"#]]
    );
}

#[test]
fn pictures_have_the_size_they_are_given() {
    let site = site(
        "![a](p.png){width=320} ![b](p.png){height=30}, ![c](p.png){width=10 height=10} ![d](p.png)\n\n\
         [![e](p.png){width=100}](index.md) ![f][p]{width=50}{x}\n\n| t |\n| - |\n| ![g](p.png){width=20} \"so\" |\n\n[p]: p.png",
    );
    site.write("content/p.png", &png(640, 480));
    assert_data_eq!(
        article(&site),
        str![[r#"
<p><img src="../p.png" width="320" height="240" alt="a" loading="lazy" decoding="async"> <img src="../p.png" width="40" height="30" alt="b" loading="lazy" decoding="async">, <img src="../p.png" width="10" height="10" alt="c" loading="lazy" decoding="async"> <img src="../p.png" width="640" height="480" alt="d" loading="lazy" decoding="async"></p>
<p><a href="../"><img src="../p.png" width="100" height="75" alt="e" loading="lazy" decoding="async"></a> <img src="../p.png" width="50" height="38" alt="f" loading="lazy" decoding="async">{x}</p>
<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>
<thead>
<tr><th scope="col">t</th></tr>
</thead>
<tbody>
<tr><td><img src="../p.png" width="20" height="15" alt="g" loading="lazy" decoding="async"> &quot;so&quot;</td></tr>
</tbody>
</table></div>


"#]]
    );
}

/// Attributes are looked for behind every picture, but not to the end of a line without one.
#[test]
fn a_line_of_open_braces_is_text() {
    let site = site(&"![a](p.png){".repeat(20_000));
    site.write("content/p.png", &png(640, 480));
    assert_eq!(article(&site).matches("<img").count(), 20_000);
}

#[test]
fn wrong_sizes_and_files_are_told() {
    let site = site(
        "![a](p.png){width=wide} ![b](p.png){width=0 hight=3} ![c](p.png){width=3% height} ![d](p.png){width=*3* a}\n\n\
         ![](p.mp4)\n\n![e](gone.mp4)\n\n![f](https://example.com/x.mp4)\n\n![g](hum.mp3){width=3}",
    );
    site.write("content/p.png", &png(640, 480));
    site.write("content/p.mp4", b"x");
    site.write("content/hum.mp3", b"x");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[invalid-attribute]: `wide` is no width of a picture
 --> content/a.md:5:19
  |
5 | ![a](p.png){width=wide} ![b](p.png){width=0 hight=3} ![c](p.png){width=3% height} ![d](p.png){width=*3* a}
  |                   ^^^^
  |
  = help: write it in pixels, from 1 to 10000, such as `width=320`

error[invalid-attribute]: `0` is no width of a picture
 --> content/a.md:5:43
  |
5 | ![a](p.png){width=wide} ![b](p.png){width=0 hight=3} ![c](p.png){width=3% height} ![d](p.png){width=*3* a}
  |                                           ^
  |
  = help: write it in pixels, from 1 to 10000, such as `width=320`

error[unknown-attribute]: `hight` is no attribute of a picture
 --> content/a.md:5:45
  |
5 | ![a](p.png){width=wide} ![b](p.png){width=0 hight=3} ![c](p.png){width=3% height} ![d](p.png){width=*3* a}
  |                                             ^^^^^^^
  |
  = help: did you mean `height`? attributes are: width, height

error[invalid-attribute]: `3%` is no width of a picture
 --> content/a.md:5:72
  |
5 | ![a](p.png){width=wide} ![b](p.png){width=0 hight=3} ![c](p.png){width=3% height} ![d](p.png){width=*3* a}
  |                                                                        ^^
  |
  = help: write it in pixels, from 1 to 10000, such as `width=320`

error[invalid-attribute]: `height` has no value
 --> content/a.md:5:75
  |
5 | ![a](p.png){width=wide} ![b](p.png){width=0 hight=3} ![c](p.png){width=3% height} ![d](p.png){width=*3* a}
  |                                                                           ^^^^^^
  |
  = help: write `height=value` or `height="some words"`

error[invalid-attribute]: `*3*` is no width of a picture
 --> content/a.md:5:101
  |
5 | ![a](p.png){width=wide} ![b](p.png){width=0 hight=3} ![c](p.png){width=3% height} ![d](p.png){width=*3* a}
  |                                                                                                     ^^^
  |
  = help: write it in pixels, from 1 to 10000, such as `width=320`

error[unknown-attribute]: `a` is no attribute of a picture
 --> content/a.md:5:105
  |
5 | ![a](p.png){width=wide} ![b](p.png){width=0 hight=3} ![c](p.png){width=3% height} ![d](p.png){width=*3* a}
  |                                                                                                         ^
  |
  = help: attributes are: width, height

error[broken-image]: there is no `content/gone.mp4`
 --> content/a.md:9:1
  |
9 | ![e](gone.mp4)
  | ^^^^^^^^^^^^^^
  |
  = help: did you mean `p.mp4`?

error[broken-image]: this video lies on another site
  --> content/a.md:11:1
   |
11 | ![f](https://example.com/x.mp4)
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: put a copy beside the page, or link to it without the `!`

error[unknown-attribute]: `width` is no attribute of a sound
  --> content/a.md:13:15
   |
13 | ![g](hum.mp3){width=3}
   |               ^^^^^^^
   |
   = help: leave it out: a sound has none


"#]]
    );
}

#[test]
fn pictures_on_other_hosts_have_to_be_named() {
    let site = site("![a](https://images.example.com/a.png){width=320 height=200}");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[broken-image]: this image lies on another site
 --> content/a.md:5:1
  |
5 | ![a](https://images.example.com/a.png){width=320 height=200}
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put a copy beside the page: a published page asks no third party for anything, or name its host in guidepost.toml: `[markdown]` `remote_images = ["https://images.example.com"]`


"#]]
    );
    site.add("=== guidepost.toml\n[markdown]\nremote_images = [\"https://images.example.com\"]\n");
    assert_data_eq!(
        article(&site),
        str![[r#"
<p><img src="https://images.example.com/a.png" width="320" height="200" alt="a" loading="lazy" decoding="async"></p>


"#]]
    );
    let said = site.build(&[]).stdout;
    assert!(
        said.ends_with(
            "Pictures on other hosts: the policy needs `img-src 'self' https://images.example.com`\n"
        ),
        "{said}"
    );
    assert_eq!(site.build(&["--quiet"]).stdout, "");
    site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n![b](http://images.example.com/a.png) ![c](//images.example.com/a.png) ![d](https://images.example.com.evil.com/a.png)\n");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[broken-image]: this image lies on another site
 --> content/a.md:5:1
  |
5 | ![b](http://images.example.com/a.png) ![c](//images.example.com/a.png) ![d](https://images.example.com.evil.com/a.png)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put a copy beside the page: a published page asks no third party for anything

error[broken-image]: this image lies on another site
 --> content/a.md:5:39
  |
5 | ![b](http://images.example.com/a.png) ![c](//images.example.com/a.png) ![d](https://images.example.com.evil.com/a.png)
  |                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put a copy beside the page: a published page asks no third party for anything

error[broken-image]: this image lies on another site
 --> content/a.md:5:72
  |
5 | ![b](http://images.example.com/a.png) ![c](//images.example.com/a.png) ![d](https://images.example.com.evil.com/a.png)
  |                                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put a copy beside the page: a published page asks no third party for anything, or name its host in guidepost.toml: `[markdown]` `remote_images = ["https://images.example.com.evil.com"]`


"#]]
    );
}

/// A picture with soft and hard edges, as a file.
fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, if x / 16 % 2 == 0 { 30 } else { 220 }])
    });
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A JPEG that says that it lies on its side (6: turned to the right to be seen) and where it was taken.
fn on_its_side(width: u32, height: u32) -> Vec<u8> {
    let plain = picture(width, height, ImageFormat::Jpeg);
    let mut exif =
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 52.5".to_vec();
    exif.resize(80, 0);
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(u16::try_from(exif.len() + 2).expect("short").to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

const SMALLER: &str = "=== guidepost.toml\n[images]\nwidths = [480, 96, 4000, 480]\n";

fn copies(site: &Site) -> Vec<(String, u32, u32)> {
    let copies = site
        .output("output")
        .into_iter()
        .filter(|(path, _)| path.contains(".96.") || path.contains(".480.") || path.contains(".4000."));
    let size = |(path, bytes): (String, Vec<u8>)| {
        let picture = image::load_from_memory(&bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
        (path, picture.width(), picture.height())
    };
    copies.map(size).collect()
}

#[test]
fn large_pictures_have_smaller_copies_in_their_own_format() {
    let site = site(
        "![a](p.png) ![b](photo.jpg){width=200} ![c](small.png) ![d](side.jpg) ![e](e.webp) ![f](clear.png)\n\n[not shown](linked.png)",
    );
    site.add(SMALLER);
    site.write("content/p.png", &picture(1200, 800, ImageFormat::Png));
    site.write("content/photo.jpg", &picture(900, 600, ImageFormat::Jpeg));
    site.write("content/small.png", &picture(90, 60, ImageFormat::Png));
    site.write("content/linked.png", &picture(1200, 800, ImageFormat::Png));
    site.write("content/side.jpg", &on_its_side(600, 400));
    site.write("content/e.webp", &picture(1200, 800, ImageFormat::Png));
    let clear =
        RgbaImage::from_fn(
            200,
            100,
            |x, _| if x < 100 { Rgba([255, 0, 0, 255]) } else { Rgba([0, 255, 0, 0]) },
        );
    let mut bytes = Cursor::new(Vec::new());
    clear.write_to(&mut bytes, ImageFormat::Png).expect("a picture");
    site.write("content/clear.png", bytes.get_ref());
    assert_data_eq!(
        article(&site),
        str![[r#"
<p><img src="../p.png" srcset="../p.96.6c9e83642d.png 96w, ../p.480.57e35d9ac6.png 480w, ../p.png 1200w" sizes="(max-width: 704px) 100vw, 704px" width="1200" height="800" alt="a" loading="lazy" decoding="async"> <img src="../photo.jpg" srcset="../photo.96.73bf99613a.jpg 96w, ../photo.480.8aaa8e42e5.jpg 480w, ../photo.jpg 900w" sizes="(max-width: 200px) 100vw, 200px" width="200" height="133" alt="b" loading="lazy" decoding="async"> <img src="../small.png" width="90" height="60" alt="c" loading="lazy" decoding="async"> <img src="../side.jpg" srcset="../side.96.282d031745.jpg 96w, ../side.jpg 400w" sizes="(max-width: 400px) 100vw, 400px" width="400" height="600" alt="d" loading="lazy" decoding="async"> <img src="../e.webp" width="1200" height="800" alt="e" loading="lazy" decoding="async"> <img src="../clear.png" srcset="../clear.96.bedc0248c2.png 96w, ../clear.png 200w" sizes="(max-width: 200px) 100vw, 200px" width="200" height="100" alt="f" loading="lazy" decoding="async"></p>
<p><a href="../linked.png">not shown</a></p>


"#]]
    );
    assert_data_eq!(
        copies(&site).into_iter().map(|(path, w, h)| format!("{path} {w} x {h}\n")).collect::<String>(),
        str![[r#"
clear.96.bedc0248c2.png 96 x 48
p.480.57e35d9ac6.png 480 x 320
p.96.6c9e83642d.png 96 x 64
photo.480.8aaa8e42e5.jpg 900 x 600
photo.96.73bf99613a.jpg 96 x 64
side.96.282d031745.jpg 96 x 144

"#]]
    );
    let output = site.output("output");
    for (path, bytes) in &output {
        if path.contains("side.") && path.contains(".96.") {
            assert!(
                !bytes.windows(3).any(|w| w == b"GPS"),
                "{path}: where a picture was taken is nobody's business"
            );
            // What was at the left is at the top now.
            let turned = image::load_from_memory(bytes).expect("a picture").to_rgb8();
            assert!(turned.get_pixel(48, 10).0[0] < turned.get_pixel(48, 130).0[0], "{path}");
        }
        if path.contains("clear.96.") {
            let copy = image::load_from_memory(bytes).expect("a picture").to_rgba8();
            assert!(
                copy.pixels().all(|p| p.0[3] == 0 || p.0[1] < 8),
                "{path}: no green from what is not seen"
            );
        }
    }
    // Nothing is made again, and the same is made whatever the number of threads.
    let said = site.build(&[]).stdout;
    assert!(said.contains(": 0 files written"), "{said}");
    site.build(&["--output", "other", "--jobs", "1", "--quiet"]);
    let other = site.output("other");
    for (path, bytes) in output.iter().filter(|(path, _)| path.contains(".96.") || path.contains(".480.")) {
        assert!(other.get(path) == Some(bytes), "{path} differs");
        let original = path
            .replace(path.rsplit('.').nth(1).expect("a hash"), "")
            .replace(".96..", ".")
            .replace(".480..", ".");
        assert!(bytes.len() <= output[&original].len(), "{path} is larger than {original}");
    }
    site.remove("guidepost.toml");
    site.build(&[]);
    assert_eq!(copies(&site), [], "off by default");
    assert!(!site.read("output/a/index.html").contains("srcset"));
}

#[test]
fn pictures_that_cannot_be_made_smaller_are_told() {
    let site = site("![a](cut.png) ![b](huge.png) ![c](cut.jpg)");
    site.add(SMALLER);
    let whole = picture(800, 600, ImageFormat::Png);
    site.write("content/cut.png", &whole[..whole.len() / 2]);
    let whole = picture(800, 600, ImageFormat::Jpeg);
    site.write("content/cut.jpg", &[&whole[..300], &[0xff, 0xd8, 0xff, 0xc0][..]].concat());
    site.write("content/huge.png", &png(60_000, 60_000));
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[too-large]: this picture has 3600 million pixels and 1 MiB; copies are made of pictures up to 40 million and 64 MiB
--> content/huge.png
 = help: make it smaller: no screen shows so many pixels


"#]]
    );
    site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n![a](cut.png) ![c](cut.jpg)\n");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[broken-image]: this picture cannot be read: I/O errors Not enough bytes, expected 162 but found 73
--> content/cut.jpg
 = help: save it anew; it has to be read to make the copies that `[images]` asks for

error[broken-image]: this picture cannot be read: unexpected end of file
--> content/cut.png
 = help: save it anew; it has to be read to make the copies that `[images]` asks for


"#]]
    );
    site.add("=== guidepost.toml\n[images]\nwidths = [0, 480, 9999, \"a\"]\n");
    assert_data_eq!(
        site.problems(),
        str![[r#"
error[invalid-value]: a picture is 16 to 8192 pixels wide, not 0
 --> guidepost.toml:2:11
  |
2 | widths = [0, 480, 9999, "a"]
  |           ^
  |
  = help: write a few widths in pixels, such as `[480, 960, 1600]`

error[invalid-value]: a picture is 16 to 8192 pixels wide, not 9999
 --> guidepost.toml:2:19
  |
2 | widths = [0, 480, 9999, "a"]
  |                   ^^^^
  |
  = help: write a few widths in pixels, such as `[480, 960, 1600]`

error[wrong-type]: expected a whole number, found a string
 --> guidepost.toml:2:25
  |
2 | widths = [0, 480, 9999, "a"]
  |                         ^^^ not a whole number


"#]]
    );
}
