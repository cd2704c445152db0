"""The page that lists all leerkringen."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class LeerkringIndexPage(Page):
    """The entrance, once per site. The list makes itself."""

    intro = models.TextField(_("introduction"), max_length=600, blank=True)

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["communities.LeerkringPage"]
    private_page_options: ClassVar[list[str]] = []
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]

    class Meta:
        verbose_name = _("list of leerkringen")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return import_string("communities.views.pages.index")(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return self.serve(request)
