"""What news items and publications have in common."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from communities import rules
from communities.enums import Visibility
from communities.models import Community
from knowledge.blocks import Body, RelatedItems


class ItemPage(Page):
    """Something to read: for everybody, or for the members of its leerkring."""

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
            "Members only: just the members of this leerkring find and read it. The preview shows it."
        ),
    )
    related = StreamField(RelatedItems(), verbose_name=_("read on"), blank=True)

    private_page_options: ClassVar[list[str]] = []
    subpage_types: list[str] = []
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    filing_panel = MultiFieldPanel(
        [
            FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
            FieldPanel("lang"),
            FieldPanel("related"),
        ],
        heading=_("Where it belongs"),
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

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The page. Raises Http404 for who may not read it, as if it were not there."""
        if not rules.may_see(request.user, self):
            raise Http404
        return self.serve_preview(request, "")

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return import_string("knowledge.views.item")(request, self)

    @property
    def published(self) -> bool:
        """Whether there is anything to read outside the CMS; the rules ask for it."""
        return self.live

    @property
    def related_ids(self) -> list[int]:
        """The keys of the chosen items, in the order of the editor, without loading them."""
        return [block["value"] for block in self.related.raw_data if block["value"]]

    @property
    def parent_address(self) -> str:
        """The path of the list that holds it, told from its own path without a query."""
        return self.url.rsplit("/", 2)[0] + "/"

    @property
    def knowledge_address(self) -> str:
        return self.url.rsplit("/", 3)[0] + "/"

    @property
    def summary(self) -> str:
        """One or two sentences for search engines."""
        return self.search_description or self.intro
