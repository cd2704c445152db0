"""A meeting on one day, and who comes."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.enums import Answer, MeetingKind, MeetingStatus, Visibility
from communities.models.community import Community, Edition


class Meeting(models.Model):
    """One meeting at one host. `uid` and `sequence` are those of its calendar file (RFC 5545 §3.8.4.7, §3.8.7.4)."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="meetings")
    slug = models.SlugField(_("slug"), max_length=255, allow_unicode=True)
    kind = models.CharField(_("kind"), max_length=12, choices=MeetingKind, default=MeetingKind.MEETING)
    title = models.CharField(_("title"), max_length=255)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    city = models.CharField(_("host city"), max_length=80)
    host = models.CharField(_("host organisation"), max_length=120, blank=True)
    venue = models.CharField(_("venue"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    video_url = models.URLField(_("link for online participants"), blank=True)
    visibility = models.CharField(
        _("who can see it"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    status = models.CharField(
        _("status"), max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="meeting_slug_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The address of its page. Raises MeetingPage.DoesNotExist where that was deleted."""
        return self.page.url

    @property
    def community(self) -> Community:
        return self.edition.community

    @property
    def published(self) -> bool:
        """Whether its page is published."""
        return hasattr(self, "page") and self.page.live

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()


class Rsvp(models.Model):
    """Whether a member comes to a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="rsvps")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rsvps")
    answer = models.CharField(_("answer"), max_length=8, choices=Answer)
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("answer to an invitation")
        verbose_name_plural = _("answers to invitations")
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="rsvp_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.answer}"
