"""The page of one meeting with its programme."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Orderable, Page

from communities.enums import Language, MeetingKind, MeetingStatus, Pillar
from communities.models.community import Community
from communities.models.fields import HttpsField
from communities.models.meeting import Meeting
from communities.models.pages.desk import DeskPage


class Slot(NamedTuple):
    """A programme item with the clock times that follow from what stands before it."""

    item: "ProgrammeItem"
    starts_at: datetime
    ends_at: datetime


class MeetingPageForm(WagtailAdminPageForm):
    """A new meeting is offered the four pillars."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        page = kwargs.get("instance")
        if data is None and page is not None and page.pk is None and not page.programme.count():
            page.programme = four_pillars()
        super().__init__(data, *args, **kwargs)


class MeetingPage(DeskPage):
    """One day at one host: when, where, and the programme."""

    meeting = models.OneToOneField(
        Meeting, models.PROTECT, null=True, blank=True, editable=False, related_name="page"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=MeetingKind, default=MeetingKind.MEETING)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    city = models.CharField(_("host city"), max_length=80)
    host = models.CharField(_("host organisation"), max_length=120, blank=True)
    venue = models.CharField(
        _("venue"), max_length=160, blank=True, help_text=_("For example: town hall, room 2")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    directions = models.TextField(
        _("how to get there"),
        max_length=600,
        blank=True,
        help_text=_("By train, by bike, by car; is it step-free?"),
    )
    intro = models.TextField(
        _("welcome by the host"),
        max_length=800,
        blank=True,
        help_text=_("Why is this city a good place for it?"),
    )
    video_url = HttpsField(
        _("link for online participants"),
        blank=True,
        help_text=_("Starts with https. Only people who come or join online get to see it."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED
    )
    cancel_reason = models.CharField(
        _("why it is cancelled"),
        max_length=240,
        blank=True,
        help_text=_("This goes in the mail to those who would come."),
    )
    lang = models.CharField(_("language of the text"), max_length=2, choices=Language, default=Language.DUTCH)

    row_field = "meeting"
    community_lookup = "meeting__edition__community"
    view = "communities.views.pages.meeting"
    exclude_fields_in_copy = ["meeting"]
    base_form_class = MeetingPageForm
    parent_page_types = ["communities.LeerkringPage"]
    subpage_types: list[str] = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel([FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])], _("When")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("city"), FieldPanel("host")]),
                FieldPanel("venue"),
                FieldPanel("address"),
                FieldPanel("directions"),
                FieldPanel("video_url"),
            ],
            _("Where"),
        ),
        FieldPanel("intro"),
    ]
    programme_panels = [
        InlinePanel(
            "programme",
            heading=_("Programme"),
            label=_("item"),
            help_text=_("Clock times follow from the start of the meeting and the minutes of each item."),
        )
    ]
    practice_panels = [
        FieldPanel(
            "visibility", help_text=_("In a leerkring for members only, every meeting is for members only.")
        ),
        MultiFieldPanel([FieldPanel("status"), FieldPanel("cancel_reason")], _("Does it go on?")),
        FieldPanel("lang"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Day and place")),
            ObjectList(programme_panels, heading=_("Programme")),
            ObjectList(practice_panels, heading=_("How it works")),
            ObjectList(DeskPage.promote_panels, heading=_("Web address")),
        ]
    )

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    @property
    def community(self) -> Community | None:
        """The leerkring it belongs to; None while neither is published."""
        return self.meeting.community if self.meeting else self.get_parent().specific.community

    @property
    def slots(self) -> list[Slot]:
        """The programme with clock times, each item beginning where the one before it ends."""
        slots, clock = [], self.starts_at
        for item in self.programme.all():
            end = clock + timedelta(minutes=item.minutes)
            slots.append(Slot(item, clock, end))
            clock = end
        return slots

    @property
    def minutes_over(self) -> int:
        """By how many minutes the programme is longer than the meeting; 0 where it fits."""
        planned = timedelta(minutes=sum(item.minutes for item in self.programme.all()))
        return max(0, (planned - (self.ends_at - self.starts_at)) // timedelta(minutes=1))

    def can_move_to(self, parent: Page) -> bool:
        """A published meeting stays in its leerkring: its members were invited, and nobody else."""
        stays = self.meeting_id is None or self.is_child_of(parent)
        return stays and super().can_move_to(parent)

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = _("The end must be later than the start.")
        if self.status == MeetingStatus.CANCELLED and not self.cancel_reason:
            errors["cancel_reason"] = _("Say in one sentence why, so that nobody has to ask.")
        if errors:
            raise ValidationError(errors)


class ProgrammeItem(Orderable):
    """One part of the day, mostly one of the four pillars."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="programme")
    pillar = models.CharField(_("pillar"), max_length=12, choices=Pillar, default=Pillar.OTHER)
    title = models.CharField(_("title"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    owner = models.CharField(
        _("who takes care of it"), max_length=120, blank=True, help_text=_("A member or the host")
    )
    guest_expert = models.CharField(_("guest expert"), max_length=120, blank=True)
    place = models.CharField(
        _("place"), max_length=120, blank=True, help_text=_("Where it differs from the venue, or the room")
    )
    description = models.TextField(_("description"), max_length=600, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("pillar"), FieldPanel("minutes")]),
        FieldPanel("title"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("owner"), FieldPanel("guest_expert")]),
        FieldPanel("place"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("programme item")
        verbose_name_plural = _("programme items")

    def __str__(self) -> str:
        return self.title

    @property
    def pillar_name(self) -> str:
        """Its pillar in words, without those of all others, which Django's `get_pillar_display` looks up first."""
        return str(Pillar(self.pillar).label)


def four_pillars() -> list[ProgrammeItem]:
    """What every meeting has, in the usual order, not yet saved."""
    pillars = [
        (Pillar.NEWS, gettext("News of the day"), 45),
        (Pillar.INTERVISIE, gettext("Intervisie on our approach"), 90),
        (Pillar.DEEPENING, gettext("In depth"), 75),
        (Pillar.VISIT, gettext("Project visit"), 90),
    ]
    return [ProgrammeItem(pillar=pillar, title=title, minutes=minutes) for pillar, title, minutes in pillars]
