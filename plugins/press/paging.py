"""Deal a list out to pages, as Pelican does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pelican.paginator import Paginator


def pages_of(
    settings: Mapping[str, Any],
    name: str,
    url: str | None,
    template_name: str | None,
    *,
    paginated: dict[str, Any] | None,
    values: dict[str, Any],
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and the values of each page of a list, or of the one page that it is."""
    lists = paginated or {key: values[key] for key in ("articles", "dates") if key in values}
    if not lists or template_name not in settings["PAGINATED_TEMPLATES"]:
        yield name, values
        return
    size = settings["PAGINATED_TEMPLATES"][template_name] or settings["DEFAULT_PAGINATION"]
    paginators = {key: Paginator(name, url, items, settings, size) for key, items in lists.items()}
    for number in range(1, next(iter(paginators.values())).num_pages + 1):
        own = dict(values)
        for key, paginator in paginators.items():
            own |= _neighbours(key, paginator, number)
            save_as = own[f"{key}_page"].save_as
        yield save_as, own


def _neighbours(key: str, paginator: Any, number: int) -> dict[str, Any]:
    return {
        f"{key}_paginator": paginator,
        f"{key}_page": paginator.page(number),
        f"{key}_previous_page": paginator.page(number - 1) if number > 1 else None,
        f"{key}_next_page": paginator.page(number + 1) if number < paginator.num_pages else None,
    }
