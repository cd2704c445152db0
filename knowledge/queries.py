"""Reads of the knowledge base. Every list, feed, sitemap and related item comes out of `visible_to`."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Generic, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from communities.queries import prepared_for, visible
from knowledge.models import ItemPage, NewsPage, PublicationPage, Theme
from tafelronde.accounts.models import User

Reader = User | AnonymousUser
ItemT = TypeVar("ItemT", bound=ItemPage)

# What a list shows of each: half of what a row costs is in its columns.
LISTED_ITEM = ["title", "url_path", "intro", "lang", "visibility"]
LISTED = {
    NewsPage: [*LISTED_ITEM, "date", "place"],
    PublicationPage: [*LISTED_ITEM, "authors", "year", "kind", "first_published_at"],
}
NEWEST_FIRST = {NewsPage: ("-date", "-pk"), PublicationPage: ("-year", "-first_published_at", "-pk")}


def visible_to(user: Reader, model: type[ItemT]) -> PageQuerySet:
    """The published items of this kind that the person may read, newest first.

    `communities.rules.may_see` says the same of one item (tests/knowledge/test_visibility.py).
    """
    return model.objects.live().filter(visible(user)).order_by(*NEWEST_FIRST[model])


def last_added(user: Reader, model: type[ItemT], limit: int) -> PageQuerySet:
    """The items of this kind that came here last, as a list shows them: a publication of 1998 can be new here."""
    order = ("-date", "-pk") if model is NewsPage else ("-first_published_at", "-pk")
    return visible_to(user, model).only(*LISTED[model]).order_by(*order)[:limit]


def newest(user: Reader, *, news: int, publications: int) -> list[ItemPage]:
    """The front page of a newspaper: so many of each kind that the person may read, the latest on top.

    A number for each, so that a shelf of old reports that comes in at once does not drive out the news.
    """
    items = [*_last_added(NewsPage, news)(user), *_last_added(PublicationPage, publications)(user)]
    return sorted(items, key=lambda item: item.added_on, reverse=True)


@cache
def _last_added(model: type[ItemT], limit: int) -> "prepared_for[ItemT]":
    return prepared_for(lambda user: last_added(user, model, limit))


def related_to(item: ItemPage, user: Reader) -> list[ItemPage]:
    """The items that the editor chose to go with this one, in that order, as far as the person may read them."""
    ids = item.related_ids
    if not ids:
        return []
    found = {
        page.pk: page
        for model in (NewsPage, PublicationPage)
        for page in visible_to(user, model).only(*LISTED[model]).filter(pk__in=ids)
    }
    return [found[pk] for pk in ids if pk in found]


class Shelf(Generic[ItemT]):
    """All items of a kind that the person may read, newest first, as a list shows them, and what can be said of all.

    Whoever comes in asks for the same of them, so that is prepared; what is chosen out of them is asked as it comes.
    """

    def __init__(self, user: Reader, model: type[ItemT]) -> None:
        self._user, self.model = user, model

    def items(self) -> PageQuerySet:
        return visible_to(self._user, self.model).only(*LISTED[self.model])

    def first(self, count: int) -> list[ItemT]:
        """The newest ones."""
        return _first(self.model, count)(self._user)  # type: ignore[arg-type] # a class is hashable

    def themes(self) -> list[Theme]:
        """The themes under which any of them is filed, by name."""
        rows = _themes(self.model)(self._user)  # type: ignore[arg-type]
        return [Theme(slug=slug, name_nl=name_nl, name_en=name_en) for slug, name_nl, name_en in rows]

    def counts(self, columns: Iterable[str]) -> list[tuple[Any, ...]]:
        """What occurs in these columns together: the values, slug and title of the leerkring, and how many items have these.

        In the order of the leerkringen's titles.
        """
        return _counts(self.model, tuple(columns))(self._user)  # type: ignore[arg-type]


@cache
def _first(model: type[ItemT], count: int) -> "prepared_for[ItemT]":
    return prepared_for(lambda user: visible_to(user, model).only(*LISTED[model])[:count])


@cache
def _themes(model: type[ItemT]) -> "prepared_for[tuple[str, str, str]]":
    columns = ("themes__slug", "themes__name_nl", "themes__name_en")
    return prepared_for(
        lambda user: (
            visible_to(user, model)
            .filter(themes__isnull=False)
            .order_by("themes__name_nl")
            .values_list(*columns)
            .distinct()
        )
    )


@cache
def _counts(model: type[ItemT], columns: tuple[str, ...]) -> "prepared_for[tuple[Any, ...]]":
    community = ("community__slug", "community__title")
    return prepared_for(
        lambda user: (
            visible_to(user, model)
            .order_by("community__title")
            .values_list(*columns, *community)
            .annotate(Count("pk"))
        )
    )


def address_of(index: type[Page]) -> str:
    """The path of the one page of this kind; "/" while there is none."""
    page = index.objects.live().first()
    return page.url if page else "/"


def addresses_below(page: Page) -> dict[type[Page], str]:
    """The paths of the published pages below this one, by their kind."""
    return {below.cached_content_type.model_class(): below.url for below in page.get_children().live()}


def may_open_document(user: Reader, document: Document) -> bool:
    """Whether a file may be handed out: to who may read a publication that it belongs to, and to who keeps it in the CMS."""
    if policy_registry.get_by_type(Document).user_has_permission_for_instance(user, "choose", document):
        return True
    return visible_to(user, PublicationPage).filter(document=document).exists()
