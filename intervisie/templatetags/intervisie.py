"""Words for templates: a method in the reader's own language, and the seat that a person has."""

from math import ceil
from urllib.parse import urlsplit

from django import template
from django.utils.translation import get_language

from intervisie import rules
from intervisie.engine import Method, Step, Text, total_minutes
from intervisie.engine.plan import shortest
from intervisie.enums import Experience, Purpose
from intervisie.models import Participant, Session
from intervisie.phrases import SPOKEN, WORDS
from intervisie.room.table import as_minutes
from tafelronde.accounts.models import User

register = template.Library()


@register.filter
def spoken(text: Text) -> str:
    """A text of a method, which carries every language, in the reader's."""
    return text.en if (get_language() or "").startswith("en") else text.nl


@register.filter
def aloud(step: Step) -> str:
    """What the facilitator may say in this step, with the minutes that the method gives it."""
    n = as_minutes(step.minutes.default)
    told = str(SPOKEN.get(n) or WORDS["spoken_minutes"]).format(n=n)
    return spoken(step.script).replace("{minutes}", told) if step.script else ""


@register.filter
def host(source: str) -> str:
    """Whose page a source is: "example.nl" of an address, nothing of what is no address."""
    return (urlsplit(source).hostname or "").removeprefix("www.")


@register.filter
def minutes(method: Method) -> int:
    """How long a method takes with a group of its ideal size."""
    return round(total_minutes(method))


@register.filter
def in_minutes(minutes: float) -> str:
    """7.5 → "7½"."""
    return as_minutes(minutes)


@register.filter
def rounded_up(minutes: float) -> int:
    """What is long enough, in whole minutes."""
    return ceil(minutes)


@register.filter
def purposes(method: Method) -> list[str]:
    """What a method is for, in words."""
    return [str(Purpose(tag).label) for tag in method.purpose]


@register.filter
def experience(method: Method) -> str:
    """What a group needs to have done before."""
    return str(Experience(method.experience).label)


@register.filter
def titled(method: Method, role: str) -> str:
    """What a role is called in this method; empty where it goes by its usual name."""
    return spoken(method.titles[role]) if role in method.titles else ""


@register.filter
def least_minutes(method: Method) -> int:
    """How short a method can be with a group of its ideal size."""
    return ceil(shortest(method, method.group.ideal))


@register.filter
def seat_for(session: Session, user: User) -> Participant | None:
    """The seat of `user` at this session."""
    return rules.seat_of(user, session)
