"""The pages that hold the lists. `knowledge.views` fills them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class IndexPage(Page):
    """A page above others, with a few words of introduction."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    max_count = 1
    private_page_options: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]

    class Meta:
        abstract = True


class KnowledgeIndexPage(IndexPage):
    """What is new in the whole of the knowledge base: /kennis/."""

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["knowledge.NewsIndexPage", "knowledge.PublicationIndexPage"]

    class Meta:
        verbose_name = _("knowledge base")


class NewsIndexPage(IndexPage):
    """All news items: /kennis/actualiteiten/."""

    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types = ["knowledge.NewsPage"]

    class Meta:
        verbose_name = _("list of news")


class PublicationIndexPage(IndexPage):
    """All publications: /kennis/publicaties/."""

    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types = ["knowledge.PublicationPage"]

    class Meta:
        verbose_name = _("list of publications")
