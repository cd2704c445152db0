"""RSS of what everybody may read, with whole addresses, so that any reader can follow."""

import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.xmlutils import SimplerXMLGenerator

from knowledge import queries
from knowledge.models import ItemPage, NewsIndexPage, NewsPage, PublicationIndexPage, PublicationPage

LENGTH = 30


class FeedWithLanguages(Rss201rev2Feed):
    """RSS 2.0 in which each item says its own language: Dutch and English stand in one list."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, str]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:language", item["lang"])


class ItemFeed(Feed):
    """What the two feeds share."""

    feed_type = FeedWithLanguages
    model: type[ItemPage]
    index: type[NewsIndexPage] | type[PublicationIndexPage]

    def link(self) -> str:
        return settings.SITE_URL + queries.address_of(self.index)

    def items(self) -> list[ItemPage]:
        return list(queries.last_added(AnonymousUser(), self.model, LENGTH).prefetch_related("themes"))

    def item_description(self, item: ItemPage) -> str:
        return escape(item.intro)  # readers take it for HTML

    def item_link(self, item: ItemPage) -> str:
        return settings.SITE_URL + item.url

    def item_pubdate(self, item: ItemPage) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(item.added_on, datetime.time(9)))

    def item_categories(self, item: ItemPage) -> list[str]:
        return [theme.name for theme in item.themes.all()]

    def item_extra_kwargs(self, item: ItemPage) -> dict[str, str]:
        return {"lang": item.lang}


class NewsFeed(ItemFeed):
    model = NewsPage
    index = NewsIndexPage
    title = _("News of Tafelronde")
    description = _("What is going on in the field, gathered for the leerkringen.")


class PublicationFeed(ItemFeed):
    model = PublicationPage
    index = PublicationIndexPage
    title = _("Publications of Tafelronde")
    description = _("Reports, articles, books and tools for working together in the public sector.")

    def item_author_name(self, item: PublicationPage) -> str:
        return item.authors
