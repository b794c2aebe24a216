"""The site as it is published: pelicanconf.py, and what differs."""

from __future__ import annotations

import os
import sys
from pathlib import Path


sys.path.insert(0, str(Path(__file__).resolve().parent))  # Pelican reads this file by its path

from pelicanconf import *


PRESS_STRICT = True  # nothing is written while a problem stands
SITEURL = (os.environ.get("SITEURL") or SITEURL).rstrip("/")  # set and empty is as good as not set

SEARCH = True  # a page that searches what is published; its index is made of all pages, so not at every save

# Drafts and hidden essays are for previews.
ESSAY_HIDDEN = False
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""
