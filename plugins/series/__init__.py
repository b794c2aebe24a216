"""Series, and where each essay stands among others.

    series: The rule of scores
    series: {name: The rule of scores, part: 2}

A series is in the order of its parts, or else of its dates. `/series/` names all series, `/series/<slug>/` the essays
of one. Templates: `series_list.html` gets `all_series`, a tuple of `Series`; `series.html` gets `series`, one of them,
and `parts`, a tuple of `(number, article)`. In a theme without them there are no such pages.

Every published article of the site's own language has `around.series`, a `Place`, if it belongs to a series, and
otherwise `around.older` and `around.newer`, each a `Link` if there is such an essay.
"""

from __future__ import annotations


BY_TEXT = True  # it looks at all texts in a generator, and says what it shows of them (docs/design/house.md)


def register() -> None:
    from plugins.series import plugin

    plugin.register()
