"""The addresses as the URLconf has them, each by its route: that is how Django writes down the pattern."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tafelronde import health

DESK = "beheer/"


def all_routes() -> list[str]:
    """Every route once, in the order in which Django tries them; what middleware answers comes first."""
    return list(dict.fromkeys([*(path.lstrip("/") for path in health.ANSWERS), *_below(get_resolver())]))


def _below(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from _below(one, route)
