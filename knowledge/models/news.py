"""News: short, of the day, with its source."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from knowledge.models.items import ItemPage


class NewsPage(ItemPage):
    """One news item."""

    date = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    place = models.CharField(_("region or city"), max_length=80, blank=True)
    source_name = models.CharField(_("source"), max_length=120, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True, help_text=_("Starts with https://"))

    parent_page_types = ["knowledge.NewsIndexPage"]
    template = "knowledge/news_page.html"
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("place")]),
        FieldPanel("intro"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("source_name"), FieldPanel("source_url")], heading=_("Source")),
        ItemPage.filing_panel,
        ItemPage.readers_panel,
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    @property
    def label(self) -> str:
        """What it is, in a word."""
        return gettext("News item")

    @property
    def added_on(self) -> datetime.date:
        """The day by which it takes its place among other items."""
        return self.date
