"""What news items and publications have in common."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from communities.enums import Visibility
from communities.models import Community
from knowledge.blocks import Body, RelatedItems


class ItemPage(Page):
    """Something to read. Everybody may, unless it is kept to the members of a leerkring (`rules.may_see`)."""

    intro = models.TextField(
        _("introduction"), max_length=500, help_text=_("What is it, and why does it matter to colleagues?")
    )
    body = StreamField(Body(), verbose_name=_("text"), blank=True)
    themes = ParentalManyToManyField("knowledge.Theme", verbose_name=_("themes"), blank=True)
    lang = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("leerkring"),
        help_text=_("The leerkring that it comes from or is for."),
    )
    visibility = models.CharField(
        _("who can see it"),
        max_length=10,
        choices=Visibility,
        default=Visibility.PUBLIC,
        help_text=_(
            "Members only: just the members of the leerkring find and read it. You see it in the preview."
        ),
    )
    related = StreamField(RelatedItems(), verbose_name=_("read on"), blank=True)

    private_page_options: list[str] = []
    subpage_types: list[str] = []
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    filing_panel = MultiFieldPanel(
        [FieldPanel("themes"), FieldPanel("lang"), FieldPanel("related")], heading=_("Where it belongs")
    )
    readers_panel = MultiFieldPanel(
        [FieldPanel("community"), FieldPanel("visibility")], heading=_("For whom")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.visibility == Visibility.MEMBERS and self.community is None:
            raise ValidationError({"community": _("Choose the leerkring whose members can read this.")})

    @property
    def related_ids(self) -> list[int]:
        """The keys of the chosen items, in the order of the editor, without loading them."""
        return [block["value"] for block in self.related.raw_data if block["value"]]

    @property
    def summary(self) -> str:
        """One or two sentences for search engines."""
        return self.search_description or self.intro

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        """In the preview the editor sees all that was chosen; a reader gets what `queries` allow."""
        context = super().get_preview_context(request, mode_name)
        return {
            **context,
            "item": self,
            "related": [block.value.specific for block in self.related if block.value],
        }
