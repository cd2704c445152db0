"""Reads of the knowledge base. Every list, feed, sitemap and related item comes out of `visible_to`."""

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from communities.models import Community
from communities.queries import visible
from knowledge.models import ItemPage, NewsPage, PublicationPage, Theme
from tafelronde.accounts.models import User

Reader = User | AnonymousUser
ItemT = TypeVar("ItemT", bound=ItemPage)

NEWEST_FIRST = {NewsPage: ("-date", "-pk"), PublicationPage: ("-year", "-first_published_at", "-pk")}


def visible_to(user: Reader, model: type[ItemT]) -> PageQuerySet:
    """The published items of this kind that the person may read, newest first.

    `communities.rules.may_see` says the same of one item (tests/knowledge/test_visibility.py).
    """
    return model.objects.live().filter(visible(user)).order_by(*NEWEST_FIRST[model])


def last_added(user: Reader, model: type[ItemT], limit: int) -> PageQuerySet:
    """The items of this kind that came here last, without their texts: a publication of 1998 can be new here."""
    order = ("-date", "-pk") if model is NewsPage else ("-first_published_at", "-pk")
    return visible_to(user, model).defer_streamfields().order_by(*order)[:limit]


def newest(user: Reader, *, news: int, publications: int) -> list[ItemPage]:
    """The front page of a newspaper: so many of each kind that the person may read, the latest on top.

    A number for each, so that a shelf of old reports that comes in at once does not drive out the news.
    """
    items = [*last_added(user, NewsPage, news), *last_added(user, PublicationPage, publications)]
    return sorted(items, key=lambda item: item.added_on, reverse=True)


def related_to(item: ItemPage, user: Reader) -> list[ItemPage]:
    """The items that the editor chose to go with this one, in that order, as far as the person may read them."""
    ids = item.related_ids
    if not ids:
        return []
    found = {
        page.pk: page
        for model in (NewsPage, PublicationPage)
        for page in visible_to(user, model).defer_streamfields().filter(pk__in=ids)
    }
    return [found[pk] for pk in ids if pk in found]


def themes_of(items: QuerySet[ItemT]) -> QuerySet[Theme]:
    """The themes under which any of these items is filed."""
    return Theme.objects.filter(pk__in=items.order_by().values("themes"))


def communities_of(items: QuerySet[ItemT]) -> QuerySet[Community]:
    """The leerkringen that any of these items belongs to."""
    return Community.objects.filter(pk__in=items.order_by().values("community"))


def values_of(items: QuerySet[ItemT], columns: dict[str, str]) -> dict[str, set[str]]:
    """The values that occur in these columns (short name to column), as texts, in one query."""
    rows = list(items.order_by().values_list(*columns.values()).distinct())
    return {name: {str(row[place]) for row in rows} for place, name in enumerate(columns)}


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
