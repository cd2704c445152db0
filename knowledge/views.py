"""The pages of the knowledge base as a reader gets them. Wagtail finds the page, `apps` sends it here."""

from collections.abc import Callable

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page as WagtailPage

from knowledge import queries, rules
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


def serve(
    page: WagtailPage, request: HttpRequest, args: list[object], kwargs: dict[str, object]
) -> HttpResponse | None:
    """Answers for the pages of this app; None leaves the page to Wagtail."""
    view = VIEWS.get(type(page))
    return view(request, page) if view else None


def overview(request: HttpRequest, page: KnowledgeIndexPage) -> HttpResponse:
    news = queries.last_added(request.user, NewsPage, 6)
    publications = queries.last_added(request.user, PublicationPage, 6)
    return render(
        request,
        "knowledge/knowledge_index_page.html",
        {"page": page, "news": news, "publications": publications},
    )


def news_list(request: HttpRequest, page: NewsIndexPage) -> HttpResponse:
    chosen = NewsFilter(request.GET, queries.visible_to(request.user, NewsPage))
    return _list(request, page, chosen, "knowledge/news_index_page.html")


def publication_list(request: HttpRequest, page: PublicationIndexPage) -> HttpResponse:
    chosen = PublicationFilter(request.GET, queries.visible_to(request.user, PublicationPage))
    return _list(request, page, chosen, "knowledge/publication_index_page.html")


def _list(request: HttpRequest, page: WagtailPage, chosen: NewsFilter, template: str) -> HttpResponse:
    results = _results(chosen.found().defer_streamfields(), request.GET.get("page", ""))
    return render(request, template, {"page": page, "filters": chosen, "results": results})


def _results(items: QuerySet[ItemPage], number: str) -> Page[ItemPage]:
    """One page of the list: the first where the number is none. Raises Http404 past the end."""
    try:
        return Paginator(items, PAGE_SIZE).page(int(number) if number.isdecimal() else 1)
    except EmptyPage:
        raise Http404 from None


def item(request: HttpRequest, page: ItemPage) -> HttpResponse:
    if not rules.may_see(request.user, page):
        raise Http404
    queries.load_figures(page)
    context = {"page": page, "related": queries.related_to(page, request.user)}
    return render(request, page.template, context)


VIEWS: dict[type[WagtailPage], Callable[..., HttpResponse]] = {
    KnowledgeIndexPage: overview,
    NewsIndexPage: news_list,
    PublicationIndexPage: publication_list,
    NewsPage: item,
    PublicationPage: item,
}
