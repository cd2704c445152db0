"""A session and the people who were asked to it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Meeting
from intervisie.enums import CastRole, Invitation, SessionStatus
from intervisie.models.case import Case


class Session(models.Model):
    """One live session. `method` is its own copy of the method; `head` is the number of its newest log entry."""

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
    video_url = models.URLField(_("video link"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=SessionStatus, default=SessionStatus.PLANNED)
    head = models.PositiveIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """One person's seat in a session. `seat` is the number by which the engine and the wire know them."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    seat = models.PositiveSmallIntegerField()
    role = models.CharField(_("role"), max_length=12, choices=CastRole, default=CastRole.MEMBER)
    invitation = models.CharField(max_length=10, choices=Invitation, default=Invitation.INVITED)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="brought")
    agreed_at = models.DateTimeField(null=True, blank=True)
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
