"""The site's facts, and how Pelican builds it. Publishing changes a few of them: see publishconf.py."""

from __future__ import annotations

import sys
from pathlib import Path


ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:  # plugins are named by their dotted path from here
    sys.path.insert(0, str(ROOT))

# --- The site. Edit these first. -------------------------------------------------------------------------------------
SITENAME = "Broadside"
SITESUBTITLE = "Essays on public power, with their evidence"
SITEURL = "https://broadside.example"
AUTHOR = "The editor of Broadside"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
LICENSE = "CC BY 4.0"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"
NAVIGATION = (("Essays", "archives/"), ("About", "about/"))
SOCIAL = ()  # such as (("Mastodon", "https://social.example/@editor"), ("E-mail", "mailto:editor@broadside.example"))
ACCENT = ""  # a colour such as "#0b5cad", or two, the second for the dark; empty: the theme's

# --- The pipeline: handlers run in this order. -----------------------------------------------------------------------
PELICAN_CLASS = "plugins.Press"  # builds to one side, checks, and swaps the output in whole
PLUGINS = [
    "plugins.essays",  # front matter and Markdown: text -> essay
    "plugins.images",  # pictures -> every browser's best size and format
    "plugins.citations",  # citation marks -> notes and a bibliography
    "plugins.pullquotes",  # marked words -> sidebars, credited to the works that citations knows
    "plugins.contents",  # tables of contents of long texts
    "plugins.series",  # what was written before and after, in a series or else by date
    "plugins.discovery",  # feeds with absolute addresses, sitemap
    "plugins.redirects",  # a page at each old address; an alias takes none from those above
]

# --- Where things are. -----------------------------------------------------------------------------------------------
PATH = str(ROOT / "content")
OUTPUT_PATH = str(ROOT / "output")
THEME = str(ROOT / "themes" / "broadside")
THEME_TEMPLATES_OVERRIDES = [str(ROOT / "templates")]  # a template of yours there is used instead of the theme's
ARTICLE_PATHS = ["essays"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images", "extra"]
EXTRA_PATH_METADATA = {f"extra/{name}": {"path": name} for name in ("robots.txt", "CNAME")}  # served from the root

# --- Addresses. ------------------------------------------------------------------------------------------------------
ARTICLE_URL, ARTICLE_SAVE_AS = "essays/{slug}/", "essays/{slug}/index.html"
ARTICLE_LANG_URL, ARTICLE_LANG_SAVE_AS = "essays/{slug}/{lang}/", "essays/{slug}/{lang}/index.html"
DRAFT_URL, DRAFT_SAVE_AS = "drafts/{slug}/", "drafts/{slug}/index.html"
DRAFT_LANG_URL, DRAFT_LANG_SAVE_AS = "drafts/{slug}/{lang}/", "drafts/{slug}/{lang}/index.html"
PAGE_URL, PAGE_SAVE_AS = "{slug}/", "{slug}/index.html"
PAGE_LANG_URL, PAGE_LANG_SAVE_AS = "{slug}/{lang}/", "{slug}/{lang}/index.html"
DRAFT_PAGE_URL, DRAFT_PAGE_SAVE_AS = "drafts/pages/{slug}/", "drafts/pages/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "authors/{slug}/", "authors/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "", ""  # a category is the line above the title; it has no page of its own
TAGS_URL, TAGS_SAVE_AS = "tags/", "tags/index.html"
AUTHORS_URL, AUTHORS_SAVE_AS = "authors/", "authors/index.html"
ARCHIVES_URL, ARCHIVES_SAVE_AS = "archives/", "archives/index.html"
YEAR_ARCHIVE_URL, YEAR_ARCHIVE_SAVE_AS = "archives/{date:%Y}/", "archives/{date:%Y}/index.html"
INDEX_URL, INDEX_SAVE_AS = "", "index.html"
NOT_FOUND_URL, NOT_FOUND_SAVE_AS = "404.html", "404.html"
DIRECT_TEMPLATES = ["index", "tags", "authors", "archives", "not_found"]
PAGINATED_TEMPLATES = {"tag": 30, "author": 30}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
SLUGIFY_USE_UNICODE = True

# --- Feeds. ----------------------------------------------------------------------------------------------------------
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

# --- Writing. --------------------------------------------------------------------------------------------------------
TYPOGRIFY = False  # the essays plugin typesets what it reads itself, where a cache and workers can reach it
FORMATTED_FIELDS: list[str] = []  # and formats the standfirst itself
DEFAULT_CATEGORY = "Essays"
DEFAULT_DATE_FORMAT = "%-d %B %Y"
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
