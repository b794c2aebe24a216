"""A template variable that does not exist may be asked about, but not printed."""

from __future__ import annotations

import jinja2


class Printed(jinja2.Undefined):
    """Fail where an undefined value would leave a silent gap in the page.

    `{% if name %}`, `{{ name | default("…") }}` and loops work as always, so that themes made for
    Pelican do too.
    """

    __slots__ = ()
    __str__ = jinja2.StrictUndefined.__str__
