"""Bad settings: `python -m plugins.press` says in a line what plain Pelican fails over, and builds the same site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Site, write_site
from tests.nursery import Nursery


FILES = {"content/essays/a.md": "Title: A\nDate: 2024-01-01\n\nWords.\n"}

# What is added to a sound pelicanconf.py -> the line (from the first of these), code and words of each problem.
STOPS = {
    "SITEURL = 5": ["1: setting-type: SITEURL must be text"],
    "SITEURL = 'http://['": ['1: setting-value: SITEURL is "http://["'],
    "SITEURL = 'https://a.example/../b'": ["1: setting-value: SITEURL is"],
    "SITEURL = 'https://a.example:99999'": ["1: setting-value: SITEURL is"],
    "SITEURL = 'https://\\u202egnp.example'": ["1: setting-value: SITEURL is"],
    "SITENAME = ''": ['1: setting-value: SITENAME is ""; name the site'],
    "SITENAME = '\\ud800'": ["1: setting-value: SITENAME is"],
    "ARTICLE_SAVE_AS = '{slug:>10000000000}.html'": ["asks for a name without end"],
    "TIMEZONE = 'Europe/Berln'": ['did you mean "Europe/Berlin"'],
    "TIMEZONE = '../../etc/passwd'": ["1: setting-value: TIMEZONE is"],
    "DEFAULT_LANG = None": ["1: setting-type: DEFAULT_LANG must be text"],
    "DEFAULT_LANG = 'english'": ["1: setting-value: DEFAULT_LANG is"],
    "PLUGINS = 'plugins.essays'": ["1: setting-type: PLUGINS must be a list"],
    "PLUGINS = ['plugins.essays',\n  'plugins.esays']": ["2: plugin-failed: the plugin"],
    "THEME = 'gone'": ['1: setting-value: THEME is "gone", which is no folder'],
    "ARTICLE_PATHS = 'essays'": ["1: setting-type: ARTICLE_PATHS must be a list"],
    "STATIC_PATHS = [5]": ["1: setting-type: STATIC_PATHS must be a list of texts"],
    "SITEURL = 'a.example'": ["1: setting-value: SITEURL is"],
    "SITEURL = 'https://u:p@a.example'": ["1: setting-value: SITEURL is"],
    "SITEURL = 'https://a.example/?x'": ["1: setting-value: SITEURL is"],
    "SITENAME = 'a\\bb'": ["1: setting-value: SITENAME is"],
    "AUTHOR = '!!!'": ['1: setting-value: AUTHOR is "!!!", of which no address can be made'],
    "ARTICLE_PATHS = ['/etc']": ['1: setting-value: ARTICLE_PATHS holds "/etc"; name what lies below the content'],
    "STATIC_PATHS = ['images',\n  '../..']": ['2: setting-value: STATIC_PATHS holds "../.."'],
    "THEME_STATIC_PATHS = ['../../..']": ["1: setting-value: THEME_STATIC_PATHS holds"],
    "OUTPUT_PATH = '/'": ['1: setting-value: OUTPUT_PATH is "/"; name a folder'],
    "OUTPUT_PATH = 'a\\0b'": ["1: setting-value: OUTPUT_PATH is"],
    "THEME = PATH": ['no folder "templates"'],
    "NAVIGATION = (('About',),)": ["1: setting-value: NAVIGATION holds"],
    "NAVIGATION = 'about/'": ['1: setting-value: NAVIGATION holds "about/"; each of its items is a pair'],
    "PAGINATED_TEMPLATES = {'tag': -1}": ['1: setting-value: PAGINATED_TEMPLATES has "-1" for "tag"'],
    "PAGINATION_PATTERNS = [(1, '{url}', '{save_as}')]": ["for every page from 1 on; write {number} in it"],
    "PAGINATION_PATTERNS = [('1', 'a', 'b')]": ["a rule is a number, an address and a file"],
    "FEED_MAX_ITEMS = -3": ['1: setting-value: FEED_MAX_ITEMS is "-3"; write a number from 1 on'],
    "TAG_FEED_ATOM = 'feeds/tag.xml'": ["for each of several feeds; write {slug} in it"],
    "FEED_ALL_ATOM = '{slug}.xml'": ["a feed of the whole site has one name"],
    "ARTICLE_SAVE_AS = '{slug:d}.html'": ["Unknown format code 'd'"],
    "ARTICLE_SAVE_AS = '{slug.nothing}.html'": ["no attribute 'nothing'"],
    "DEFAULT_DATE_FORMAT = '%d %'": ["1: setting-value: DEFAULT_DATE_FORMAT has"],
    "MARKDOWN = {'extensions': 5}": ['1: setting-value: MARKDOWN has "5" for "extensions"'],
    "EXTRA_PATH_METADATA = {'extra/x': {'paht': 'x'}}": ['did you mean "path"?'],
    "PLUGINS = ['plugins.citations', 'plugins.essays']": ["in another order than they work in"],
    "CITATIONS_TIMEOUT = 0": ['1: setting-value: CITATIONS_TIMEOUT is "0"'],
    "ESSAY_WORKERS = 10 ** 9": ["write a number from 0 to 64"],
    "ESSAY_EXTRA_KEYS = ['content']": ['1: setting-value: ESSAY_EXTRA_KEYS holds "content"'],
    "PAGINATION_PATTERNS = [1]": ["1: setting-value: PAGINATION_PATTERNS holds"],
    "PAGINATED_TEMPLATES = {'tag': 'x'}": ["1: setting-value: PAGINATED_TEMPLATES has"],
    "EXTRA_PATH_METADATA = {'extra/x': 'y'}": ["1: setting-value: EXTRA_PATH_METADATA has"],
    "SLUG_REGEX_SUBSTITUTIONS = [('(', '')]": ["1: setting-value: SLUG_REGEX_SUBSTITUTIONS holds"],
    "INTRASITE_LINK_REGEX = '('": ["1: setting-value: INTRASITE_LINK_REGEX is no regular expression"],
    "ARTICLE_SAVE_AS = '{slg}.html'": ['has a field "slg", which nothing has; did you mean "slug"'],
    "ARTICLE_SAVE_AS = '{slug.html'": ["1: setting-value: ARTICLE_SAVE_AS is"],
    "JINJA_ENVIRONMENT = {'extensions': ['gone.x']}": ["1: setting-value: JINJA_ENVIRONMENT cannot be used"],
    "MARKDOWN = {'extensions': ['gone.x']}": ["1: setting-value: MARKDOWN cannot be used"],
    "MARKDOWN = None": ["1: setting-type: MARKDOWN must be a mapping"],
    "THEME_STATIC_DIR = '../x'": ["1: setting-value: THEME_STATIC_DIR is"],
    "DELETE_OUTPUT_DIRECTORY = 'False'": ["1: setting-type: DELETE_OUTPUT_DIRECTORY must be True or False"],
    "PELICAN_CLASS = 'pelican.Pelican'": ["1: setting-value: PELICAN_CLASS is"],
    "x = = 1": ["1: settings-broken: SyntaxError: "],
    "x = (\n'": ["2: settings-broken: SyntaxError: "],
    "\n1 / 0": ["2: settings-broken: ZeroDivisionError: "],
    "import gone_for_good": ["1: settings-broken: ModuleNotFoundError: "],
    "raise SystemExit(0)": ["1: settings-broken: SystemExit: 0"],
    "SITEURL = 5\nDEFAULT_LANG = 6": ["1: setting-type: SITEURL", "2: setting-type: DEFAULT_LANG"],
}
GOES_ON = {
    "SITENMAE = 'x'": ['1: setting-unknown: no setting "SITENMAE"; did you mean "SITENAME"?'],
    "ARTICLE_PATH = ['x']": ['did you mean "ARTICLE_PATHS"?'],
    "CITATION_STYLE = 'apa'": ['did you mean "CITATIONS_STYLE"?'],
    "NAVIGATOIN = ()": ['did you mean "NAVIGATION"?'],
    "CITATIONS_STYLE = 'apaa'": ['1: citation-style: no citation style "apaa"'],
    "CITATIONS_BIBLIOGRAPHY = [\n  'works.bib']": ["2: bibliography-missing: "],
    "ESSAY_FUTURE = 'yes'": ["1: setting-type: ESSAY_FUTURE must be True or False"],
    "RELATIVE_URLS = True": ["1: setting-unsupported: RELATIVE_URLS cannot be used"],
    "ARTICLE_PATHS = ['essay']": ["1: essays-missing: "],
    "\nSITEURL = 'https://a.example/'": [
        "2: pelican-warning: Removed extraneous trailing slash from SITEURL. [warning]"
    ],
}
SOUND = [
    "MY_OWN = HOUSE_STYLE = 1",
    "from pathlib import Path\nTHEME, PATH = Path(THEME), Path(PATH)",
    "FEED_ALL_ATOM = None",
]


def build(root: Path, nursery: Nursery, *options: str, added: str = "", program: str = "press") -> tuple[Site, int]:
    """Build a site; return it with the number of the first line that was added to its settings."""
    write_site(root, FILES, {})
    conf = root / "pelicanconf.py"
    first = conf.read_text(encoding="utf-8").count("\n") + 1
    conf.write_text(f"{conf.read_text(encoding='utf-8')}{added}\n", encoding="utf-8")
    end = nursery.run(root, "content", "-s", "pelicanconf.py", *options, program=program)
    return Site(root, end.exit_code, end.stdout, end.stderr), first


def told(site: Site, first: int) -> list[str]:
    """Return the problems of pelicanconf.py, their lines counted from the first that was added."""
    problems = [line.split(":", maxsplit=2) for line in site.problems]
    assert {name for name, _, _ in problems} <= {"pelicanconf.py"}
    return [f"{int(line) - first + 1}:{rest}" for _, line, rest in problems]


@pytest.mark.parametrize("added", STOPS)
def test_settings_that_nobody_can_build_with(tmp_path: Path, nursery: Nursery, added: str) -> None:
    """Each is a line of the settings file, nothing is built, and there is no traceback."""
    site, first = build(tmp_path, nursery, added=added)
    assert [words in line for words, line in zip(STOPS[added], told(site, first), strict=True)] == [True] * len(
        STOPS[added]
    )
    assert (site.exit_code, site.output.exists()) == (1, False)
    assert site.stdout.endswith("; output left as it was\n")


@pytest.mark.parametrize("added", GOES_ON)
def test_settings_that_are_wrong(tmp_path: Path, nursery: Nursery, added: str) -> None:
    """Each is a line of the settings file, plain Pelican says the same, and a strict build replaces nothing."""
    site, first = build(tmp_path, nursery, "--strict", added=added)
    assert [words in line for words, line in zip(GOES_ON[added], told(site, first), strict=True)] == [True]
    assert (site.exit_code, site.output.exists()) == (1, False)
    if "warning" not in site.stderr:
        plain, _ = build(tmp_path, nursery, added=added, program="pelican")
        assert plain.problems == site.problems


def test_plain_pelican_starts_no_plugin_with_them(tmp_path: Path, nursery: Nursery) -> None:
    """Where Pelican itself gets past a setting of the wrong kind, it says the same as the house's command."""
    site, first = build(tmp_path, nursery, added="MARKDOWN = None", program="pelican")
    assert told(site, first) == ['1: setting-type: MARKDOWN must be a mapping, not NoneType ("None")']
    assert (site.exit_code, site.output.exists()) == (1, False)


@pytest.mark.parametrize("added", SOUND)
def test_settings_of_the_sites_own(tmp_path: Path, nursery: Nursery, added: str) -> None:
    """A name that is like no setting is the site's own; a folder may be a path, a feed may be none."""
    site, _ = build(tmp_path, nursery, added=added)
    assert (site.exit_code, site.problems) == (0, [])


def test_the_same_bytes(tmp_path: Path, nursery: Nursery) -> None:
    """The house's command and plain Pelican write the same site."""
    ours, _ = build(tmp_path, nursery)
    files = ours.files()
    plain, _ = build(tmp_path, nursery, program="pelican")
    assert (ours.exit_code, plain.exit_code, plain.files()) == (0, 0, files)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["conten", "-s", "pelicanconf.py"], 'pelicanconf.py:1: setting-value: the content folder is "conten"'),
        (["content", "-s", "gone.py"], 'gone.py:1: settings-missing: no settings "gone.py"'),
        (["content", "-s", "content"], 'content:1: settings-missing: no settings "content"'),
    ],
)
def test_words_of_the_command(tmp_path: Path, nursery: Nursery, words: list[str], problem: str) -> None:
    """A folder or file of settings that is not there is a line."""
    write_site(tmp_path, FILES, {})
    end = nursery.run(tmp_path, *words, program="press")
    assert (end.exit_code, end.stderr.startswith(problem), end.stderr.count("\n")) == (1, True, 1)


def test_publishconf_that_fails(tmp_path: Path, nursery: Nursery) -> None:
    """The file at fault is named, be it the one that was given or one that it imports."""
    write_site(tmp_path, FILES, {})
    given = "import sys\nsys.path.insert(0, '.')\nfrom pelicanconf import *\nSITEURL = 5\n"
    (tmp_path / "publishconf.py").write_text(given, encoding="utf-8")
    words = ["content", "-s", "publishconf.py"]
    assert nursery.run(tmp_path, *words, program="press").stderr.startswith("publishconf.py:4: setting-type: SITEURL")
    (tmp_path / "pelicanconf.py").write_text("x = 1\ny = = 2\n", encoding="utf-8")
    assert nursery.run(tmp_path, *words, program="press").stderr.startswith("pelicanconf.py:2: settings-broken: ")
