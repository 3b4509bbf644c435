//! Pictures, videos and sounds in texts.

use crate::fixture::Site;
use crate::links::png;
use snapbox::{assert_data_eq, str};

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
    for path in ["demo.mp4", "bare.webm", "hum.mp3", "demo.vtt", "demo.de.vtt", "demo.not-a-language.vtt", "demonstration.jpg"] {
        site.write(&format!("content/{path}"), b"x");
    }
    site.write("content/demo.png", &png(1280, 720));
    assert_data_eq!(article(&site), str![[r#"
<figure class="media">
<video controls preload="metadata" src="../demo.mp4" poster="../demo.png" width="1280" height="720" aria-label="How to sign in"><track kind="captions" src="../demo.de.vtt" srclang="de" label="Captions (de)"><track kind="captions" src="../demo.not-a-language.vtt" srclang="not-a-language" label="Captions (not-a-language)"><track kind="captions" src="../demo.vtt" srclang="en" label="Captions (en)" default><a href="../demo.mp4" download>Download the video</a></video>
<figcaption>How to sign in <span class="media-download"><a href="../demo.mp4" download>Download the video</a></span></figcaption>
</figure>
<p>In line <video controls preload="metadata" src="../bare.webm" width="320" height="180" aria-label="A clip"><a href="../bare.webm" download>Download the video</a></video> there.</p>
<figure class="media">
<audio controls preload="metadata" src="../hum.mp3" aria-label="Hum &amp; buzz"><a href="../hum.mp3" download>Download the sound</a></audio>
<figcaption>Hum &amp; buzz <span class="media-download"><a href="../hum.mp3" download>Download the sound</a></span></figcaption>
</figure>
<ul>
<li><video controls preload="metadata" src="../demo.mp4" poster="../demo.png" width="640" height="360" aria-label="Wide"><track kind="captions" src="../demo.de.vtt" srclang="de" label="Captions (de)"><track kind="captions" src="../demo.not-a-language.vtt" srclang="not-a-language" label="Captions (not-a-language)"><track kind="captions" src="../demo.vtt" srclang="en" label="Captions (en)" default><a href="../demo.mp4" download>Download the video</a></video></li>
</ul>


"#]]);
}

#[test]
fn pictures_have_the_size_they_are_given() {
    let site = site(
        "![a](p.png){width=320} ![b](p.png){height=30}, ![c](p.png){width=10 height=10} ![d](p.png)\n\n\
         [![e](p.png){width=100}](index.md) ![f][p]{width=50}{x}\n\n| t |\n| - |\n| ![g](p.png){width=20} \"so\" |\n\n[p]: p.png",
    );
    site.write("content/p.png", &png(640, 480));
    assert_data_eq!(article(&site), str![[r#"
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


"#]]);
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
    assert_data_eq!(site.problems(), str![[r#"
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


"#]]);
}

#[test]
fn pictures_on_other_hosts_have_to_be_named() {
    let site = site("![a](https://images.example.com/a.png){width=320 height=200}");
    assert_data_eq!(site.problems(), str![[r#"
error[broken-image]: this image lies on another site
 --> content/a.md:5:1
  |
5 | ![a](https://images.example.com/a.png){width=320 height=200}
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put a copy beside the page: a published page asks no third party for anything, or name its host in guidepost.toml: `[markdown]` `remote_images = ["https://images.example.com"]`


"#]]);
    site.add("=== guidepost.toml\n[markdown]\nremote_images = [\"https://images.example.com\"]\n");
    assert_data_eq!(article(&site), str![[r#"
<p><img src="https://images.example.com/a.png" width="320" height="200" alt="a" loading="lazy" decoding="async"></p>


"#]]);
    let said = site.build(&[]).stdout;
    assert!(said.ends_with("Pictures on other hosts: the policy needs `img-src 'self' https://images.example.com`\n"), "{said}");
    assert_eq!(site.build(&["--quiet"]).stdout, "");
    site.add("=== content/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\n+++\n![b](http://images.example.com/a.png) ![c](//images.example.com/a.png) ![d](https://images.example.com.evil.com/a.png)\n");
    assert_data_eq!(site.problems(), str![[r#"
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


"#]]);
}
