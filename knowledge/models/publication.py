"""Publications: what has been written elsewhere, as a reference or with its file."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from knowledge.enums import PublicationKind
from knowledge.models.items import ItemPage

_IS_ISBN = RegexValidator(
    r"^(?:97[89][- ]?)?(?:\d[- ]?){9}[\dX]$", _("An ISBN has 10 or 13 digits, such as 978-90-1234-567-8.")
)
_IS_DOI = RegexValidator(r"^10\.\d{4,9}/\S+$", _("A DOI starts with 10., such as 10.1000/182."))


class PublicationPage(ItemPage):
    """A report, article, book or tool. Most are a line of a literature list: they have no file of their own."""

    authors = models.CharField(
        _("authors"), max_length=250, help_text=_("As in a list: Jansen, P. and De Vries, K.")
    )
    publisher = models.CharField(_("publisher"), max_length=150, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), db_index=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    kind = models.CharField(_("kind"), max_length=10, choices=PublicationKind, default=PublicationKind.REPORT)
    link = models.URLField(_("where to read it"), blank=True, help_text=_("Starts with https://"))
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True, validators=[_IS_ISBN])
    doi = models.CharField(_("DOI"), max_length=120, blank=True, validators=[_IS_DOI])
    document = models.ForeignKey(
        "wagtaildocs.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )

    parent_page_types = ["knowledge.PublicationIndexPage"]
    template = "knowledge/publication_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("authors"),
        FieldPanel("publisher"),
        FieldRowPanel([FieldPanel("year"), FieldPanel("kind")]),
        FieldPanel("intro"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("link"), FieldPanel("document"), FieldPanel("isbn"), FieldPanel("doi")],
            heading=_("Where to find it"),
        ),
        ItemPage.filing_panel,
        ItemPage.readers_panel,
    ]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    @property
    def label(self) -> str:
        """What it is, in a word."""
        return self.get_kind_display()

    @property
    def added_on(self) -> datetime.date:
        """The day by which it takes its place among other items: when it came here, not when it was written."""
        return (
            timezone.localdate(self.first_published_at) if self.first_published_at else timezone.localdate()
        )

    @property
    def address(self) -> str:
        """Where the publication itself can be read, empty if nowhere."""
        return f"https://doi.org/{self.doi}" if self.doi else self.link

    @property
    def citation(self) -> str:
        """How to name the publication in a list of sources, after the APA style."""
        parts = [f"{self.authors} ({self.year})", self.title]
        if self.publisher and self.publisher != self.authors:
            parts.append(self.publisher)
        line = " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)
        return f"{line} {self.address}".strip()
