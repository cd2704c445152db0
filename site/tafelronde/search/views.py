"""The page of the search, and what shows below the box while somebody types."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tafelronde.search import queries
from tafelronde.search.enums import Kind
from tafelronde.search.signs import MOST_SIGNS

PAGE_SIZE = 20
SUGGESTED = 5


@dataclass(frozen=True)
class Choice:
    """One of the links that narrow the results to a kind."""

    label: str
    count: int
    query: str
    chosen: bool


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What was found, twenty at a time. Whatever was typed, there is an answer."""
    asked, kind = _asked(request), request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    context: dict[str, object] = {"asked": asked, "kind": kind, "cut": len(_typed(request)) > MOST_SIGNS}
    if asked:
        number = request.GET.get("page", "")
        number = int(number) if number.isdecimal() and len(number) < 9 else 1
        answer = queries.answer(request.user, asked, kind, number=number, size=PAGE_SIZE)
        query = urlencode({"q": asked, **({"kind": kind} if kind else {})})
        context |= {"answer": answer, "query": query, "choices": _choices(asked, kind, answer)}
    return render(request, "search/results.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The first few hits as options of the box."""
    asked = _asked(request)
    answer = queries.answer(request.user, asked, "", number=1, size=SUGGESTED)
    context = {"asked": asked, "answer": answer, "query": urlencode({"q": asked})}
    return render(request, "search/suggestions.html", context)


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()


def _asked(request: HttpRequest) -> str:
    return _typed(request)[:MOST_SIGNS]


def _choices(asked: str, kind: str, answer: queries.Answer) -> list[Choice]:
    """All, and each kind of which something was found."""
    names = {
        Kind.LEERKRING: _("Leerkringen"),
        Kind.MEETING: _("Meetings"),
        Kind.PERSON: _("People"),
        Kind.NEWS: _("News"),
        Kind.PUBLICATION: _("Publications"),
    }
    counts = answer.counts
    of_kind = [
        Choice(name, counts[each], urlencode({"q": asked, "kind": each.value}), each == kind)
        for each, name in names.items()
        if counts[each] or each == kind
    ]
    return [Choice(_("All results"), counts.total(), urlencode({"q": asked}), not kind), *of_kind]
