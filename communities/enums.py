"""Choices used in the fields of communities, with the sets that rules ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    LEERKRING = "leerkring", _("Leerkring")
    LEERGANG = "leergang", _("Leergang")
    MASTERCLASS = "masterclass", _("Masterclass")
    LEERATELIER = "leeratelier", _("Leeratelier")


class Joining(models.TextChoices):
    OPEN = "open", _("Anybody can join at once")
    REQUEST = "request", _("People ask, a coordinator decides")
    INVITED = "invited", _("Only by invitation")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members only")


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    COORDINATOR = "coordinator", _("Coordinator")


class MembershipStatus(models.TextChoices):
    ASKED = "asked", _("Asked to join")
    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Member")
    DECLINED = "declined", _("Declined")
    LEFT = "left", _("Left")


class MeetingKind(models.TextChoices):
    INFORMATION = "information", _("Information meeting")
    MEETING = "meeting", _("Meeting")


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Cancelled")


class MeetingChange(models.TextChoices):
    """What publishing a meeting changed for the people who come."""

    PLANNED = "planned", _("Planned")
    MOVED = "moved", _("Another date or time")
    PLACE = "place", _("Another place")
    CANCELLED = "cancelled", _("Cancelled")


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    MAYBE = "maybe", _("Maybe")
    NO = "no", _("No")
    ONLINE = "online", _("Online")


COMING = (Answer.YES, Answer.MAYBE, Answer.ONLINE)


class Pillar(models.TextChoices):
    """The four pillars of every meeting, and what else a programme needs."""

    NEWS = "news", _("News of the day")
    INTERVISIE = "intervisie", _("Intervisie")
    DEEPENING = "deepening", _("In depth")
    VISIT = "visit", _("Project visit")
    OTHER = "other", _("Other")
    BREAK = "break", _("Break")


class Language(models.TextChoices):
    """The language in which an editor writes."""

    DUTCH = "nl", "Nederlands"
    ENGLISH = "en", "English"
