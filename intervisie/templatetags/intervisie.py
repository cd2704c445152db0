"""Words for templates: a method in the reader's own language, and the seat that a person has."""

from urllib.parse import urlsplit

from django import template
from django.utils.translation import get_language

from intervisie import rules
from intervisie.engine import Method, Text, total_minutes
from intervisie.models import Participant, Session
from tafelronde.accounts.models import User

register = template.Library()


@register.filter
def spoken(text: Text) -> str:
    """A text of a method, which carries every language, in the reader's."""
    return text.en if (get_language() or "").startswith("en") else text.nl


@register.filter
def host(source: str) -> str:
    """Whose page a source is: "example.nl" of an address, nothing of what is no address."""
    return (urlsplit(source).hostname or "").removeprefix("www.")


@register.filter
def minutes(method: Method) -> int:
    """How long a method takes with a group of its ideal size."""
    return round(total_minutes(method))


@register.filter
def seat_for(session: Session, user: User) -> Participant | None:
    """The seat of `user` at this session."""
    return rules.seat_of(user, session)
