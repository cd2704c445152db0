"""The home page: what Tafelronde is, told by its editors, and the way to every page below it."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from tafelronde.pages.blocks import HomeBody


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
