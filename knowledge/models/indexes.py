"""The pages that hold the lists. `knowledge.views` fills them."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class IndexPage(Page):
    """A page above others, with a few words of introduction."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    view: ClassVar[str]  # the dotted name of the function that shows it, also in a preview
    max_count = 1
    private_page_options: ClassVar[list[str]] = []
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return import_string(self.view)(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return self.serve(request)

    @property
    def parent_address(self) -> str:
        """The path of the page above, told from its own path without a query."""
        return self.url.rsplit("/", 2)[0] + "/"


class KnowledgeIndexPage(IndexPage):
    """What is new in the whole of the knowledge base: /kennis/."""

    view = "knowledge.views.overview"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["knowledge.NewsIndexPage", "knowledge.PublicationIndexPage"]

    class Meta:
        verbose_name = _("knowledge base")


class NewsIndexPage(IndexPage):
    """All news items: /kennis/actualiteiten/."""

    view = "knowledge.views.news_list"
    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types = ["knowledge.NewsPage"]

    class Meta:
        verbose_name = _("list of news")


class PublicationIndexPage(IndexPage):
    """All publications: /kennis/publicaties/."""

    view = "knowledge.views.publication_list"
    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types = ["knowledge.PublicationPage"]

    class Meta:
        verbose_name = _("list of publications")
