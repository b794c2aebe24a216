"""Faults of templates, plugins, addresses and sources: one line each, the rest of the site is built."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import Site, names_in


SETTINGS = {
    "theme": "simple",
    "plugins": [],
    "direct_templates": ["index", "archives"],
    "paginated_templates": {"index": 10, "tag": 30, "author": 30},
}
ESSAY = "Title: {0}\nDate: 2024-01-01\n{1}\n\nSome words of {0}.\n"
SOUND = {"content/essays/a.md": ESSAY.format("A", "Tags: one")}


def with_template(text: str | bytes, name: str = "article") -> dict[str, str | bytes]:
    return SOUND | {f"theme/templates/{name}.html": text}


def build_themed(build_site: Callable[..., Site], files: Mapping[str, str | bytes]) -> Site:
    return build_site(files, **{**SETTINGS, "theme": "theme"})


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("\n\n{{ artcle }}", "theme/templates/article.html:3: template-undefined: 'artcle' is undefined; "),
        ("\n{{ article.nothing.more }}", "theme/templates/article.html:2: template-undefined: "),
        ("\n{% if %}", "theme/templates/article.html:2: template-syntax: "),
        (
            "\n{% include 'gone.html' %}",
            'theme/templates/article.html:2: template-missing: the theme has no template "gone',
        ),
        ("\n\udce9", "theme/templates/article.html:2: template-failed: byte 0xe9 is not UTF-8; save the template as"),
        ("\n{{ 1 / 0 }}", "theme/templates/article.html:2: template-failed: ZeroDivisionError: "),
        ("\n{{ 1 | gone }}", "theme/templates/article.html:2: template-syntax: no filter named 'gone'"),
        (
            "{% block a %}{% endblock %}\n{% block a %}{% endblock %}",
            "theme/templates/article.html:2: template-syntax: ",
        ),
        ("{{ '\\ud800' }}", "theme/templates/article.html:1: template-failed: UnicodeEncodeError: "),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "theme/templates/article.html:1: template-failed: Recursion"),
    ],
    ids=[
        "undefined",
        "attribute",
        "syntax",
        "include",
        "encoding",
        "exception",
        "filter",
        "twice",
        "surrogate",
        "deep",
    ],
)
def test_template(build_site: Callable[..., Site], template: str, problem: str) -> None:
    """A template that fails is named with its line and the page that it spoils; the other pages are written."""
    site = build_themed(build_site, with_template(template.encode(errors="surrogateescape")))
    assert [line.startswith(problem) for line in site.problems] == [True]
    assert 'this spoils "essays/a/index.html"' in site.problems[0]
    assert "tags/one/index.html" in site.files()
    assert "essays/a/index.html" not in site.files()


def test_template_fault_is_told_once(build_site: Callable[..., Site]) -> None:
    """A fault of a template that spoils many pages is one line."""
    many = {f"content/essays/{number}.md": ESSAY.format(number, "") for number in range(5)}
    site = build_themed(build_site, many | {"theme/templates/article.html": "{{ artcle }}"})
    assert len(site.problems) == 1
    assert site.problems[0].endswith('this spoils "essays/0/index.html" and 4 more')


def test_undefined_may_be_asked_about(build_site: Callable[..., Site]) -> None:
    """A template may test for a name that does not exist, default it, and loop over it."""
    template = "{% if gone %}x{% endif %}{{ gone | default('y') }}{% for x in gone %}{% endfor %}"
    site = build_themed(build_site, with_template(template))
    assert (site.problems, site.read("essays/a/index.html")) == ([], "y")


def test_essay_asks_for_a_template(build_site: Callable[..., Site]) -> None:
    """An essay whose template does not exist is itself named."""
    site = build_site(SOUND | {"content/essays/b.md": ESSAY.format("B", "Template: gone")}, **SETTINGS)
    message = 'the theme has no template "gone.html"; name another, or leave the key out'
    assert f"content/essays/b.md:1: template-missing: {message}" in site.problems


@pytest.mark.parametrize(
    ("plugin", "reason"),
    [
        ("raise RuntimeError('no engine')", "RuntimeError: no engine"),
        ("import gone_for_good", "ModuleNotFoundError: No module named 'gone_for_good'"),
        ("def register(:", "SyntaxError: "),
        ("def register():\n    raise ValueError('bad')", "ValueError: bad"),
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("class E(BaseException): pass\nraise E('bad')", "E: bad"),
        ("", "AttributeError: "),
    ],
    ids=["raises", "import", "syntax", "register", "exit", "base", "empty"],
)
def test_plugin_that_does_not_start(build_site: Callable[..., Site], plugin: str, reason: str) -> None:
    """A plugin that cannot be imported or registered is an error with its reason, and no other site is built."""
    files = SOUND | {"extensions/broken_plugin.py": plugin}
    site = build_site(files, **{**SETTINGS, "plugins": ["broken_plugin"], "plugin_paths": ["extensions"]})
    problem = (
        f'pelicanconf.py:{site.line_of("PLUGINS")}: plugin-failed: the plugin "broken_plugin" did not start: {reason}'
    )
    assert [line.startswith(problem) for line in site.problems] == [True]
    assert (site.exit_code, site.output.exists()) == (1, False)


def test_plugin_that_does_not_exist(build_site: Callable[..., Site]) -> None:
    """A misspelt plugin is an error."""
    site = build_site(SOUND, **{**SETTINGS, "plugins": ["plugins.esays"]})
    assert [line[:39] for line in site.problems] == [
        f"pelicanconf.py:{site.line_of('PLUGINS')}: plugin-failed: the pl"[:39]
    ]


def test_plugin_that_raises_later(build_site: Callable[..., Site]) -> None:
    """An exception of a plugin is one line that says where, and leaves the output as it was."""
    before = build_site(SOUND, **SETTINGS).files()
    plugin = (
        "from pelican import signals\n"
        "def fail(_):\n    raise KeyError('surprise')\n"
        "def register():\n    signals.all_generators_finalized.connect(fail)\n"
    )
    settings = {**SETTINGS, "plugins": ["late_plugin"], "plugin_paths": ["extensions"]}
    site = build_site({"extensions/late_plugin.py": plugin}, **settings)
    assert site.exit_code == 1
    message = "KeyError: 'surprise'; mend the plugin or take it out of PLUGINS"
    assert site.problems == [f"extensions/late_plugin.py:3: plugin-failed: {message}"]
    assert site.files() == before


@pytest.mark.parametrize("target", ["../evil.html", "../output-evil/x.html", "/etc/evil.html", "a/../../x", ".."])
def test_address_outside(build_site: Callable[..., Site], target: str) -> None:
    """An essay cannot be written outside the output."""
    site = build_site(SOUND | {"content/essays/b.md": ESSAY.format("B", f"Save_as: {target}")}, **SETTINGS)
    assert [line.split(": ")[:2] for line in site.problems] == [["content/essays/b.md:1", "address-outside"]]
    assert names_in(site.root) == [".cache", "content", "output", "pelicanconf.py"]


def test_address_twice(build_site: Callable[..., Site]) -> None:
    """Two essays with one address are an error that names both, even where only case tells them apart."""
    files = SOUND | {
        "content/essays/b.md": ESSAY.format("B", "Slug: a"),
        "content/essays/c.md": ESSAY.format("C", "Save_as: essays/A/INDEX.html"),
    }
    site = build_site(files, **SETTINGS)
    assert site.problems == [
        (
            'content/essays/b.md:1: address-duplicate: "essays/a/index.html" is also the address of '
            '"content/essays/a.md"; give one of them another slug or save_as'
        ),
        (
            'content/essays/c.md:1: address-duplicate: "essays/A/INDEX.html" is also the address of '
            '"content/essays/a.md"; give one of them another slug or save_as'
        ),
    ]


def test_static_file_over_an_essay(build_site: Callable[..., Site]) -> None:
    """A static file does not replace an essay."""
    files = SOUND | {"content/extra/page.html": "static"}
    extra = {"extra/page.html": {"path": "essays/a/index.html"}}
    site = build_site(files, **{**SETTINGS, "extra_path_metadata": extra})
    assert [line[:44] for line in site.problems] == ["content/extra/page.html:1: address-duplicate"]
    assert "Some words" in site.read("essays/a/index.html")


def test_page_may_stand_for_the_home_page(build_site: Callable[..., Site]) -> None:
    """A page with save_as takes the place of a list that a template makes, as in Pelican."""
    files = SOUND | {"content/pages/home.md": "Title: Home\nUrl: archives/\nSave_as: archives/index.html\n\nMy own.\n"}
    site = build_site(files, **SETTINGS)
    assert (site.problems, "My own." in site.read("archives/index.html")) == ([], True)


def test_long_address(build_site: Callable[..., Site]) -> None:
    """A name that the file system refuses spoils its own page alone."""
    site = build_site(SOUND | {"content/essays/b.md": ESSAY.format("B", f"Slug: {'b' * 300}")}, **SETTINGS)
    assert [line.split(": ")[:2] for line in site.problems] == [["content/essays/b.md:1", "address-unwritable"]]
    assert "essays/a/index.html" in site.files()


def test_sources_that_are_no_files(build_site: Callable[..., Site], tmp_path: Path) -> None:
    """Links out of the content folder, loops, and pipes are named and not read; hidden files stay at home."""
    build_site(SOUND | {"secret.txt": "key", "content/images/.env": "key"}, **SETTINGS)
    images, essays = tmp_path / "content" / "images", tmp_path / "content" / "essays"
    (images / "key.txt").symlink_to(tmp_path / "secret.txt")
    (images / "loop").symlink_to(images)
    (images / "self").symlink_to(images / "self")
    (essays / "gone.md").symlink_to(essays / "nowhere.md")
    os.mkfifo(essays / "pipe.md")
    site = build_site({}, **SETTINGS)
    assert [line.split(": ")[:2] for line in site.problems] == [
        ["content/essays/gone.md:1", "source-unreadable"],
        ["content/essays/pipe.md:1", "source-special"],
        ["content/images/key.txt:1", "source-outside"],
        ["content/images/loop:1", "source-loop"],
        ["content/images/self:1", "source-unreadable"],
    ]
    assert not any("key" in name or ".env" in name for name in site.files())


def test_names_of_files_that_nobody_could_link_to(build_site: Callable[..., Site]) -> None:
    """A control character in a file's name is named, and the file is not copied."""
    site = build_site(SOUND | {"content/images/a\nb.png": "x", "content/images/c.png": "x"}, **SETTINGS)
    message = 'address-outside: "images/a b.png" holds the control character U+000A; rename the file'
    assert site.problems == [f"content/images/a\\u000ab.png:1: {message}"]
    assert "images/c.png" in site.files()


def test_names_that_are_no_text(build_site: Callable[..., Site], tmp_path: Path) -> None:
    """Linux takes any bytes for a name: what is not UTF-8 is named, be it a folder or a file, and the rest is built."""
    build_site(SOUND, **SETTINGS)
    content = os.fsencode(tmp_path / "content")
    for name in (b"essays/\xff.md", b"images/\xfe.png", b"images/\xfd/x.png"):
        file = Path(os.fsdecode(content + b"/" + name))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Title: B\nDate: 2024-01-01\n\nWords.\n")
    for _ in range(2):  # with the problems of the last build, too
        site = build_site({}, **SETTINGS)
        assert [line.split(": ")[:2] for line in site.problems] == [
            ["content/essays/\\udcff.md:1", "source-unreadable"],
            ["content/images/\\udcfd:1", "source-unreadable"],
            ["content/images/\\udcfe.png:1", "source-unreadable"],
        ]
    assert "essays/a/index.html" in site.files()


def test_names_that_begin_like_a_day(build_site: Callable[..., Site]) -> None:
    """A file may be called after a day that is none: its name says nothing about its date."""
    files = {"content/images/2016-13-45.txt": "x", "content/essays/2016-99-99-b.md": ESSAY.format("B", "")}
    assert build_site(SOUND | files).problems == []


def test_link_out_of_the_content(build_site: Callable[..., Site]) -> None:
    """A link cannot publish a file that is not content."""
    essay = ESSAY.format("A", "") + "\n[x]({static}../../secret.txt)\n"
    site = build_site({"secret.txt": "key", "content/essays/a.md": essay}, **SETTINGS)
    assert [line.split(": ")[:2] for line in site.problems] == [["content/essays/a.md:7", "link-missing"]]
    assert not any("secret" in name for name in site.files())


@pytest.mark.parametrize("name", ["relative_urls", "cache_content", "static_create_links"])
def test_settings_that_cannot_be_used(build_site: Callable[..., Site], name: str) -> None:
    """A setting of Pelican's that a sound build rules out is an error with its reason."""
    site = build_site(SOUND, **{**SETTINGS, name: True})
    problem = f"pelicanconf.py:{site.line_of(name.upper())}: setting-unsupported: {name.upper()} "
    assert any(line.startswith(problem) for line in site.problems)


def test_unknown_setting(build_site: Callable[..., Site]) -> None:
    """A misspelt setting of the press is an error with the right name."""
    site = build_site(SOUND, press_strickt=True, **SETTINGS)
    assert [line.split("; ")[1] for line in site.problems] == ['did you mean "PRESS_STRICT"?']
