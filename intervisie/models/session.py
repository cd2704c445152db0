"""A session and the people who were asked to it."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Meeting
from intervisie.engine.method import Method, Step, total_minutes
from intervisie.engine.parse import parse
from intervisie.enums import CastRole, Invitation, SessionStatus
from intervisie.models.case import Case


class Session(models.Model):
    """One live session.

    `method` is its own copy of the method; `head` is the number of its newest log entry. The title may tell what a
    session is about, so outside its own pages it goes by its `neutral_title`. `chosen_seat` is the seat whose case
    was chosen beforehand; without one the group chooses at the table.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("leerkring")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("meeting")
    )
    organiser = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="organised_sessions")
    title = models.CharField(_("title"), max_length=120)
    method_id = models.CharField(_("method"), max_length=20)
    method = models.JSONField()
    starts_at = models.DateTimeField(_("starts at"))
    sequence = models.PositiveIntegerField(default=0, editable=False)
    video_url = models.URLField(_("video link"), blank=True)
    chosen_seat = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=SessionStatus, default=SessionStatus.PLANNED
    )
    head = models.PositiveIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @cached_property
    def parsed_method(self) -> Method:
        """The session's own copy of the method, parsed."""
        return parse(self.method)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that will be played: a case that was chosen beforehand needs no choosing."""
        method = self.parsed_method
        skipped = 0 if self.chosen_seat is None or method.case_step is None else method.case_step + 1
        return method.steps[skipped:]

    @property
    def minutes(self) -> int:
        """How long they take with a group of the method's ideal size."""
        return round(total_minutes(replace(self.parsed_method, steps=self.steps)))

    @property
    def ends_at(self) -> datetime:
        """When it should be over, if it starts on time."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def neutral_title(self) -> str:
        """What mail, calendars and browser tabs may show: that there is intervisie, and when."""
        day = date_format(timezone.localtime(self.starts_at), "j F")
        return gettext("Intervisie on %(day)s") % {"day": day}


class Participant(models.Model):
    """One person's seat in a session. `seat` is the number by which the engine and the wire know them.

    A row is never deleted: who was removed and is asked again sits down on the same seat. `intention_on` is the day
    on which the person wants to be asked about their intention; what the intention is stands in the log alone.
    `brought`: whether a case of theirs was on the table, for who asks later whose turn it is.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    seat = models.PositiveSmallIntegerField()
    role = models.CharField(_("role"), max_length=12, choices=CastRole, default=CastRole.MEMBER)
    invitation = models.CharField(max_length=10, choices=Invitation, default=Invitation.INVITED)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="brought")
    agreed_at = models.DateTimeField(null=True, blank=True)
    intention_on = models.DateField(null=True, blank=True)
    brought = models.BooleanField(default=False, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["seat"]
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="participant_once"),
            models.UniqueConstraint(fields=["session", "seat"], name="seat_once"),
        ]

    def __str__(self) -> str:
        return f"seat {self.seat}"


class Guest(models.Model):
    """Somebody without an account was asked by e-mail; a seat takes its place once they log in."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="guests")
    email = models.EmailField(_("e-mail address"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["email"]
        constraints = [models.UniqueConstraint(fields=["session", "email"], name="guest_once")]

    def __str__(self) -> str:
        return f"guest {self.pk}"
