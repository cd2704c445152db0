"""The kinds of things that can be found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    LEERKRING = "leerkring", _("Leerkring")
    MEETING = "meeting", _("Meeting")
    PERSON = "person", _("Person")
    NEWS = "news", _("News item")
    PUBLICATION = "publication", _("Publication")
