"""Why an action did nothing. `str()` of a refusal is a sentence for the person who tried."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """What cannot be done now, though the person may do such things."""

    sentence: str | Promise = ""

    def __str__(self) -> str:
        return str(self.sentence)


class NotPossible(Refused):
    sentence = _("This is no longer possible. Look at the page again to see how things stand.")


class AlreadyDecided(Refused):
    sentence = _("This request has already been answered, perhaps by another coordinator.")


class AlreadyInside(Refused):
    sentence = _("This person is already a member.")


class LastCoordinator(Refused):
    sentence = _("A leerkring needs a coordinator. First make somebody else coordinator.")
