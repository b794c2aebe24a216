"""Pictures in whole builds: what is shown, what is published, and what is said of those that cannot be."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

from tests.conftest import Site, run_pelican
from tests.pictures import PNG, drawing, jpeg, moving, photograph, written


Build = Callable[..., Site]
QUICK = {"images_widths": (100, 200), "siteurl": "https://a.example/p"}
PAGE = "essays/a/index.html"
SECRET = "Somewhere 52N 13E"


def essay(text: str = "Words.", **keys: str) -> str:
    lines = {"title": "A", "date": "2016-12-20", **keys}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in lines.items()) + f"---\n{text}\n"


def located() -> bytes:
    """Return a photograph that says where it was taken."""
    tags = Image.Exif()
    tags[0x010F] = SECRET
    return written(photograph(300, 200), "JPEG", exif=tags)


def page(site: Site) -> Any:
    """Return the tree of the essay's page; the parser knows no `<source>`, which holds nothing."""
    return html.fromstring(re.sub(r"(<source[^>]*>)", r"\1</source>", site.read(PAGE)))


def pictures(site: Site) -> list[str]:
    return sorted(name for name in site.files() if name.startswith("images/"))


def test_figure(build_site: Build) -> None:
    """An image becomes a figure; what browsers choose from is there, each file with the size that is promised."""
    text = 'Words.\n\n![A hall]({static}/images/hall.jpg "The *hall*"){.wide credit="Archive"}'
    site = build_site({"content/essays/a.md": essay(text), "content/images/hall.jpg": located()}, **QUICK)
    assert (site.exit_code, site.problems) == (0, [])
    (figure,) = page(site).xpath("//figure")
    assert figure.get("class") == "picture wide"
    assert figure.find("figcaption").text_content() == "The hall Archive"
    (image,) = figure.iter("img")
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("A hall", "200", "133")
    assert image.get("decoding") == "async"
    sources = [*figure.iter("source"), image]
    assert [each.get("type") for each in sources[:-1]] == ["image/avif", "image/webp"]
    for each in sources:
        assert "52rem" in each.get("sizes")
        for candidate in each.get("srcset").split(", "):
            address, width = candidate.split()
            assert re.fullmatch(r"/p/images/hall-\d+\.[0-9a-f]{10}\.(avif|webp|jpg)", address)
            data = (site.output / address.removeprefix("/p/")).read_bytes()
            assert f"{Image.open(io.BytesIO(data)).width}w" == width


def test_original_stays_at_home(build_site: Build) -> None:
    """What is shown in other sizes is not published itself, and nothing that is says where it was taken."""
    site = build_site(
        {"content/essays/a.md": essay("![A]({static}/images/hall.jpg)"), "content/images/hall.jpg": located()}, **QUICK
    )
    assert "images/hall.jpg" not in site.files()
    assert not any(SECRET.encode() in data for data in site.files().values())
    assert re.search(r'<img alt="A" ', site.read(PAGE))


@pytest.mark.parametrize(
    ("text", "files", "settings"),
    [
        ("[larger]({static}/images/hall.jpg)", {}, {}),
        ("[larger](/p/images/hall.jpg)", {}, {}),
        ("Words.", {}, {"images_originals": ["images/h*.jpg"]}),
        ("Words.", {"content/extra/list.json": '["images/hall.jpg"]'}, {}),
        (
            "![d]({static}/images/d.svg)",
            {"content/images/d.svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="hall.jpg"/></svg>'},
            {},
        ),
        ("Words.", {"templates/not_found.html": '<img src="{{ BASE }}images/{{ \'hall\' }}.jpg" alt="">'}, {}),
    ],
    ids=["link", "address", "setting", "data", "drawing", "template"],
)
def test_original_is_asked_for(
    build_site: Build, tmp_path: Path, text: str, files: dict[str, str], settings: dict[str, Any]
) -> None:
    """A link, a setting, or a file of the site that leads to an original has it published, without its metadata."""
    given = {"content/essays/a.md": essay(f"![A]({{static}}/images/hall.jpg)\n\n{text}"), **files}
    where = {"theme_templates_overrides": [str(tmp_path / "templates")]}
    site = build_site({**given, "content/images/hall.jpg": located()}, **QUICK, **settings, **where)
    assert site.problems == []
    assert SECRET.encode() not in site.files()["images/hall.jpg"]
    assert len(pictures(site)) >= 6


def test_what_nobody_shows(build_site: Build) -> None:
    """A picture that no text shows is published as it is, but for its metadata."""
    site = build_site({"content/essays/a.md": essay(), "content/images/hall.jpg": located()}, **QUICK)
    assert pictures(site) == ["images/hall.jpg"]
    data = site.files()["images/hall.jpg"]
    assert SECRET.encode() not in data
    assert Image.open(io.BytesIO(data)).tobytes() == Image.open(io.BytesIO(located())).tobytes()


def test_lead(build_site: Build) -> None:
    """The picture of the front matter is shown at once, and others are shown a JPEG of it."""
    head = {"image": "{src: images/hall.jpg, alt: A hall, caption: The hall, credit: Archive}"}
    text = "![B]({static}/images/b.png)"
    files = {"content/essays/a.md": essay(text, **head), "content/images/hall.jpg": jpeg(300, 200)}
    tree = page(build_site({**files, "content/images/b.png": drawing(300, 200)}, **QUICK))
    (lead,) = tree.xpath("//figure[@class='plate']//img")
    assert (lead.get("alt"), lead.get("fetchpriority"), lead.get("loading")) == ("A hall", "high", None)
    assert (lead.get("width"), lead.get("height")) == ("200", "133")
    assert len(lead.getparent().findall("source")) == 2
    assert tree.xpath("//figure[@class='picture']//img/@loading") == ["lazy"]
    (shared,) = tree.xpath("//meta[@property='og:image']/@content")
    assert re.fullmatch(r"https://a\.example/p/images/hall-200\.\w+\.jpg", shared)


def test_only_the_first_is_shown_at_once(build_site: Build) -> None:
    """A picture near the top of a text does not wait, and all others do."""
    text = (
        "Words.\n\n![1]({static}/images/a.png)\n\n![2]({static}/images/a.png)\n\nIn a line ![3]({static}/images/a.png)."
    )
    tree = page(build_site({"content/essays/a.md": essay(text), "content/images/a.png": PNG}))
    assert [(each.get("alt"), each.get("loading")) for each in tree.iter("img")] == [
        ("1", None), ("2", "lazy"), ("3", "lazy")
    ]  # fmt: skip


def test_width_of_the_author(build_site: Build) -> None:
    """An author's width is kept, and the height follows from it."""
    text = "In a line ![A]({static}/images/a.jpg){width=60}, ![D]({static}/images/d.svg){width=60}."
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>'
    files = {"content/images/a.jpg": jpeg(300, 200), "content/images/d.svg": svg, "content/essays/a.md": essay(text)}
    tree = page(build_site(files, **QUICK))
    assert [(each.get("width"), each.get("height")) for each in tree.iter("img")] == [("60", "40"), ("60", "40")]
    assert set(tree.xpath("//source/@sizes")) == {"min(60px, 100vw)"}


def test_moving(build_site: Build) -> None:
    """A picture that moves does so, unless its reader has asked for less motion."""
    files = {
        "content/essays/a.md": essay("![A]({static}/images/a.gif)"),
        "content/images/a.gif": moving(comment=SECRET),
    }
    site = build_site(files, **QUICK)
    tree = page(site)
    (image,) = tree.iter("img")
    data = (site.output / image.get("src").removeprefix("/p/")).read_bytes()
    assert Image.open(io.BytesIO(data)).n_frames == 3  # type: ignore[attr-defined]
    assert SECRET.encode() not in data
    assert set(tree.xpath("//source/@media")) == {"(prefers-reduced-motion: reduce)"}


def test_feed(build_site: Build) -> None:
    """A feed has plain images with whole addresses."""
    text = 'Words.\n\n![A]({static}/images/a.jpg "Cap")'
    site = build_site({"content/essays/a.md": essay(text), "content/images/a.jpg": jpeg(300, 200)}, **QUICK)
    feed = site.read("feeds/atom.xml")
    assert "picture&gt;" not in feed
    assert "srcset" not in feed
    image = r'&lt;img alt="A" width="200" height="133" src="https://a\.example/p/(images/[^"]+\.jpg)"&gt;'
    found = re.search(image, feed)
    assert found, feed
    assert (site.output / found[1]).is_file()


def test_other_themes(build_site: Build, tmp_path: Path) -> None:
    """A theme that knows nothing of pictures has figures in the content, and what it names itself is published."""
    own = '{{ article.content }}<img src="{{ BASE }}{{ article.image.src }}" alt="">'
    head = {"image": "{src: images/b.jpg, alt: B}"}
    files = {"content/essays/a.md": essay('![A]({static}/images/a.jpg "Cap")', **head), "templates/article.html": own}
    given = {"content/images/b.jpg": jpeg(250, 200), "content/images/a.jpg": jpeg(300, 200)}
    where = {"theme_templates_overrides": [str(tmp_path / "templates")]}
    site = build_site({**files, **given}, **QUICK, **where)
    assert site.problems == []
    assert "<figcaption>Cap</figcaption>" in site.read(PAGE)
    assert "images/b.jpg" in site.files()
    assert "images/a.jpg" not in site.files()


@pytest.mark.parametrize(
    ("data", "settings", "expected"),
    [
        (b"x", {}, "broken: HERE: it cannot be read (it is no AVIF, GIF, JPEG, PNG or WebP); save it anew"),
        (jpeg(300, 200)[:2000], {}, "broken: HERE: it cannot be read (image file is truncated"),
        (jpeg(300, 200), {"images_max_pixels": 100}, "size: HERE: 300 by 200 pixels are more than the 100 of "),
        (jpeg(300, 200), {"images_max_bytes": 100}, "unreadable: HERE: "),
    ],
    ids=["none", "half", "pixels", "bytes"],
)
def test_faults(build_site: Build, data: bytes, settings: dict[str, Any], expected: str) -> None:
    """A picture that cannot be shown is named at the lines that show it, each time, until it is mended."""
    files = {"content/essays/a.md": essay("Words.\n\n![A]({static}/images/a.jpg)"), "content/images/a.jpg": data}
    for _ in range(2):
        site = build_site(files, **QUICK, **settings)
        (problem,) = site.problems
        told = expected.replace("HERE", 'the image "{static}/images/a.jpg"')
        assert problem.startswith(f"content/essays/a.md:7: image-{told}")
    lead = {"content/essays/a.md": essay(image="{src: images/a.jpg, alt: A}")}
    (problem,) = build_site(lead, **QUICK, **settings).problems
    assert problem.startswith("content/essays/a.md:4: image-")
    assert build_site({"content/images/a.jpg": jpeg(300, 200)}, **QUICK).problems == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("images_widths", (), "write numbers of pixels"),
        ("images_widths", (0,), "write numbers of pixels"),
        ("images_formats", ("jpg",), 'it can hold "avif" and "webp"'),
        ("images_max_pixels", 0, "write a number from 1 on"),
        ("images_workers", 99, "from 0 to 64"),
    ],
)
def test_settings(build_site: Build, name: str, value: Any, words: str) -> None:
    """A setting that nobody can have meant is named in its line."""
    site = build_site({"content/essays/a.md": essay()}, **{name: value})
    (problem,) = site.problems
    assert problem.startswith(f"pelicanconf.py:{site.line_of(name.upper())}: setting-value: ")
    assert words in problem


SPY = """import sys

class Spy:
    def find_spec(self, name, path=None, target=None):
        assert name != "PIL"

sys.meta_path.insert(0, Spy())
"""


def test_pillow_is_not_imported_for_nothing(build_site: Build, tmp_path: Path) -> None:
    """An edit of words beside a picture does not wait for what makes pictures."""
    files = {"content/essays/a.md": essay("![A]({static}/images/a.jpg)"), "content/images/a.jpg": jpeg(300, 200)}
    assert build_site(files, **QUICK).problems == []
    (tmp_path / "content/essays/a.md").write_text(essay("![A]({static}/images/a.jpg)\n\nMore."))
    (tmp_path / "pelicanconf.py").write_text(SPY + (tmp_path / "pelicanconf.py").read_text())
    site = run_pelican(tmp_path)
    assert (site.exit_code, site.problems) == (0, [])
    assert "More." in site.read(PAGE)
