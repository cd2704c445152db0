"""Which mail people can do without, and what became of a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Mail that somebody can do without. All other mail is part of something they do, and always sent."""

    NEW_MEETINGS = "new_meetings", _("New meetings of your leerkringen")
    MEETING_REMINDERS = "meeting_reminders", _("A reminder of meetings that you come to")
    SESSION_REMINDERS = "session_reminders", _("A reminder of intervisie that you take part in")
    ANSWERS = "answers", _("Who comes to the intervisie that you organise, and who does not")


class LetterStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    LAPSED = "lapsed", _("No longer needed")  # the news is old, or the receiver does not want this kind
    UNCERTAIN = "uncertain", _("Perhaps sent")  # the line broke while the mail server had it in its hands
    FAILED = "failed", _("Not sent")


SETTLED = (LetterStatus.SENT, LetterStatus.LAPSED, LetterStatus.UNCERTAIN, LetterStatus.FAILED)
