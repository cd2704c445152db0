"""The home page: what Tafelronde is, told by its editors, and the way to every page below it."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from tafelronde.pages.blocks import HomeBody

# The page types below the home page, each with the way to the rows that it cannot do without.
TYPES = {
    "leerkringindexpage": "",
    "leerkringpage": "community",
    "meetingpage": "meeting__edition__community__page",
    "knowledgeindexpage": "",
    "newsindexpage": "",
    "newspage": "community__page",
    "publicationindexpage": "",
    "publicationpage": "community__page",
}


class HomePage(Page):
    """The page at "/", made by a migration. All others live below it."""

    headline = models.CharField(
        _("headline"), max_length=160, help_text=_("One sentence that says what this is.")
    )
    lead = models.TextField(_("introduction"), max_length=600)
    body = StreamField(HomeBody(), verbose_name=_("text"), blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    private_page_options: ClassVar[list[str]] = []

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead"), FieldPanel("body")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]

    class Meta:
        verbose_name = _("home page")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return import_string("tafelronde.pages.views.home")(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return self.serve(request)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Finds any page of the site in one query, where Wagtail takes two for each step down."""
        found = self._find(path_components) if path_components else None
        return found.route(request, []) if found else super().route(request, path_components)

    def _find(self, path_components: list[str]) -> Page | None:
        joins = [f"{name}__{rows}" if rows else name for name, rows in TYPES.items()]
        page = (
            Page.objects.filter(slug=path_components[-1], depth=self.depth + len(path_components))
            .filter(url_path=f"{self.url_path}{'/'.join(path_components)}/")
            .select_related(*joins)
            .first()
        )
        return next((getattr(page, name) for name in TYPES if getattr(page, name, None)), None)
