"""The page of one leerkring."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page

from communities.blocks import BodyBlocks, HarvestBlock, PartnerBlock
from communities.enums import Format, Joining, Language
from communities.models.community import Community
from communities.models.pages.desk import DeskPage


class LeerkringPage(DeskPage):
    """What a leerkring is about, how one joins, who carries it, what it harvested."""

    community = models.OneToOneField(
        Community, models.PROTECT, null=True, blank=True, editable=False, related_name="page"
    )
    format = models.CharField(_("format"), max_length=20, choices=Format, default=Format.LEERKRING)
    question = models.CharField(
        _("the big question"), max_length=200, help_text=_("What does this group want to find out together?")
    )
    intro = models.TextField(
        _("introduction"),
        max_length=600,
        help_text=_("Two or three sentences that make somebody want to read on."),
    )
    body = StreamField(BodyBlocks(), verbose_name=_("text"), blank=True)
    edition = models.CharField(
        _("edition"),
        max_length=80,
        help_text=_(
            "For example: autumn 2026. While meetings are still to come a new name renames the edition; "
            "when all are over it begins a new one."
        ),
    )
    joining = models.CharField(_("joining"), max_length=10, choices=Joining, default=Joining.REQUEST)
    partners = StreamField([("partner", PartnerBlock())], verbose_name=_("partners"), blank=True)
    harvest = StreamField(
        [("line", HarvestBlock())],
        verbose_name=_("harvest"),
        blank=True,
        help_text=_("What each meeting brought. Never what was said in an intervisie."),
    )
    lang = models.CharField(_("language of the text"), max_length=2, choices=Language, default=Language.DUTCH)

    row_field = "community"
    exclude_fields_in_copy = ["community"]
    view = "communities.views.pages.leerkring"
    parent_page_types = ["communities.LeerkringIndexPage"]
    subpage_types = ["communities.MeetingPage"]

    content_panels = [
        *Page.content_panels,
        FieldPanel("question"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    practice_panels = [
        MultiFieldPanel(
            [FieldPanel("format"), FieldPanel("edition"), FieldPanel("lang")],
            pgettext_lazy("of a leerkring", "Form"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "visibility",
                    help_text=_(
                        "Of a leerkring for members only, nothing shows to others: no meeting, no news."
                    ),
                ),
                FieldPanel("joining"),
            ],
            _("For whom"),
        ),
    ]
    company_panels = [FieldPanel("partners"), FieldPanel("harvest")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(practice_panels, heading=_("How it works")),
            ObjectList(company_panels, heading=_("Partners and harvest")),
            ObjectList(DeskPage.promote_panels, heading=_("Web address")),
        ]
    )

    class Meta:
        verbose_name = _("leerkring")
        verbose_name_plural = _("leerkringen")
