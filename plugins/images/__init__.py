"""Pictures, in the sizes and formats that each browser takes best, without what they say of who took them.

    ![The hall in 1911]({static}/images/hall.jpg "The hall, *before* the fire."){.wide credit="City archive"}

An image that is alone in its paragraph becomes a figure: its title is the caption, `credit` says whose it is; both are
inline Markdown. One among words stays there. The picture of the front matter is treated alike.

| attribute | what it does |
|---|---|
| `credit="…"` | whose picture it is, behind the caption |
| `.wide` | the figure takes the margin, too |
| `.decorative` | the image says nothing, and needs no words |
| `width=300` | the width that it is shown with, in pixels |

A raster picture (AVIF, GIF, JPEG, PNG, WebP) is made into AVIF and WebP with a JPEG or PNG for others, at several
widths, in sRGB, without metadata, under names that hold a digest of their contents. A picture that moves stays as it
is, but for its metadata, and who asked for less motion is shown its first frame. The original is not published, unless
a text links to it, none shows it, or `IMAGES_ORIGINALS` names it. A drawing (SVG) stays a drawing.

Every article and page has `pictures`, what it shows and what it links to, and if its front matter names a picture
`lead_picture`, that as HTML, and `image_file`, the file of the output that others may show for it.

Settings: `IMAGES_WIDTHS`, `IMAGES_FORMATS`, `IMAGES_SIZES` and `IMAGES_SIZES_WIDE` (how wide the theme shows pictures,
as in HTML's `sizes`), `IMAGES_ORIGINALS` (files below `content/` to publish as well, `*` stands for anything),
`IMAGES_MAX_BYTES`, `IMAGES_MAX_PIXELS`, `IMAGES_WORKERS`.
"""

from __future__ import annotations


BY_TEXT = True  # each text is resolved by itself, and notes what it rests on (docs/design/house.md)


def register() -> None:
    from plugins.images import plugin

    plugin.register()
