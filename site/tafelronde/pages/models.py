"""The home page: what Tafelronde is, told by its editors."""

from django.db import models
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
    private_page_options: list[str] = []

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")
