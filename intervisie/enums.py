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


class Purpose(models.TextChoices):
    """What a method is for; the tags in its file."""

    UNDERSTAND = "understand", _("Understand what is going on")
    MIRROR = "mirror", _("See yourself through others’ eyes")
    ADVISE = "advise", _("Get advice")
    DECIDE = "decide", _("Decide what to do")
    LEARN = "learn", _("Learn from each other")
    REFLECT = "reflect", _("Reflect on yourself and your work")
    PRACTISE = "practise", _("Practise")


class Experience(models.TextChoices):
    """What a group needs to have done before."""

    NONE = "none", _("No experience needed")
    SOME = "some", _("Some experience needed")
    MUCH = "much", _("Much experience needed")
