"""The page that lists all leerkringen."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from communities.models.pages.leerkring import LeerkringPage
from communities.models.pages.meeting import MeetingPage


class LeerkringIndexPage(Page):
    """The entrance, once per site. The list makes itself."""

    intro = models.TextField(_("introduction"), max_length=600, blank=True)

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["communities.LeerkringPage"]
    private_page_options: ClassVar[list[str]] = []
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("list of leerkringen")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Finds a leerkring or meeting with all its rows in one query, where Wagtail needs two for each step down."""
        found = self._find(path_components)
        return found.route(request, []) if found else super().route(request, path_components)

    def _find(self, path_components: list[str]) -> Page | None:
        pages = {
            1: LeerkringPage.objects.select_related("community"),
            2: MeetingPage.objects.select_related("meeting__edition__community__page"),
        }.get(len(path_components))
        if pages is None:
            return None
        return pages.filter(url_path=f"{self.url_path}{'/'.join(path_components)}/").first()

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return import_string("communities.views.pages.index")(request, self)
