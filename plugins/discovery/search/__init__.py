"""The search: a page, its script, and an index of what is published, made by Pagefind.

With `SEARCH = True`, which is what publishconf.py says, the site has `/search/`, if its theme has `search.html` and
`scripts/search.js`. It is the one page that runs a script, whose policy (CSP) is its own, and it loads the index
only when a reader turns to it. The index holds published essays and pages, whatever their language: of each, what
the theme marks with `data-pagefind-body`.
"""

from __future__ import annotations
