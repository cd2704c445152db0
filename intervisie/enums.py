"""Choices used in the fields of intervisie."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionStatus(models.TextChoices):
    PLANNED = "planned", _("Scheduled")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")
    CANCELLED = "cancelled", _("Cancelled")
    ERASED = "erased", _("Content deleted")


class Invitation(models.TextChoices):
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Cannot come")


class CastRole(models.TextChoices):
    """What somebody is asked for. Who brings the case is decided in the session, by the method."""

    MEMBER = "member", _("Participant")
    FACILITATOR = "facilitator", _("Facilitator")
    OBSERVER = "observer", _("Observer")
    NOTETAKER = "notetaker", _("Note-taker")
