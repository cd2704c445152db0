"""The sitemap: every page that everybody may see."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.models import Page

from communities.queries import pages_visible_to


class PublicPages(Sitemap):
    """Whole addresses under SITE_URL, whatever name the request came by."""

    def items(self) -> QuerySet[Page]:
        return pages_visible_to(AnonymousUser()).filter(depth__gt=1).order_by("path")

    def location(self, page: Page) -> str:
        return page.get_url()

    def lastmod(self, page: Page) -> datetime | None:
        return page.last_published_at

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc
