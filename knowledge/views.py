"""The pages of the knowledge base as a reader gets them. Wagtail finds the page and the page calls its view."""

from django.core.paginator import EmptyPage, Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page as WagtailPage

from knowledge import queries
from knowledge.forms import NewsFilter, PublicationFilter
from knowledge.models import (
    ItemPage,
    KnowledgeIndexPage,
    NewsIndexPage,
    NewsPage,
    PublicationIndexPage,
    PublicationPage,
)

PAGE_SIZE = 20


def overview(request: HttpRequest, page: KnowledgeIndexPage) -> HttpResponse:
    below = queries.addresses_below(page)
    context = {
        "page": page,
        "news": queries.last_added(request.user, NewsPage, 6),
        "publications": queries.last_added(request.user, PublicationPage, 6),
        "news_address": below.get(NewsIndexPage, "/"),
        "publications_address": below.get(PublicationIndexPage, "/"),
    }
    return render(request, "knowledge/knowledge_index_page.html", context)


def news_list(request: HttpRequest, page: NewsIndexPage) -> HttpResponse:
    chosen = NewsFilter(request.GET, queries.Shelf(request.user, NewsPage))
    return _list(request, page, chosen, "knowledge/news_index_page.html")


def publication_list(request: HttpRequest, page: PublicationIndexPage) -> HttpResponse:
    chosen = PublicationFilter(request.GET, queries.Shelf(request.user, PublicationPage))
    return _list(request, page, chosen, "knowledge/publication_index_page.html")


def _list(request: HttpRequest, page: WagtailPage, chosen: NewsFilter, template: str) -> HttpResponse:
    context = {"page": page, "filters": chosen, "results": _results(chosen, request.GET.get("page", ""))}
    return render(request, template, context)


def _results(chosen: NewsFilter, number: str) -> Page[ItemPage]:
    """One page of the list: the first where the number is none. Raises Http404 past the end."""
    try:
        return chosen.page(int(number) if number.isdecimal() else 1, PAGE_SIZE)
    except EmptyPage:
        raise Http404 from None


def item(request: HttpRequest, page: ItemPage) -> HttpResponse:
    """One news item or publication; that the reader may see it, the page itself has made sure."""
    return render(request, page.template, {"page": page, "related": queries.related_to(page, request.user)})
