"""How the day and the hours of a meeting are written, and where its city lies."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from communities import atlas
from communities.models import Meeting

register = template.Library()

LAND = "communities/netherlands.svg"


@register.filter
def clock(moment: datetime) -> str:
    """A clock time: "9.30" in Dutch, "9:30" in English."""
    return _written(moment, pgettext("format of a clock time, for Django's date filter", "G:i"))


@register.simple_tag
def hours(start: datetime, end: datetime) -> str:
    """From when until when, on one line: "9.30 tot 16.30 uur" in Dutch."""
    span = _("%(start)s to %(end)s") % {"start": clock(start), "end": clock(end)}
    return span.replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def day(moment: datetime) -> str:
    """The day in full, with the year where it is another one than now: "donderdag 10 december"."""
    return _day(moment, "l j F")


@register.filter
def short_day(moment: datetime) -> str:
    """The day without its name: "10 december"."""
    return _day(moment, "j F")


@register.filter
def machine_day(moment: datetime) -> str:
    """The day for `datetime` of <time>: "2026-12-10"."""
    return timezone.localtime(moment).date().isoformat()


def _day(moment: datetime, form: str) -> str:
    this_year = timezone.localtime(moment).year == timezone.localtime().year
    return _written(moment, form if this_year else f"{form} Y")


def _written(moment: datetime, form: str) -> str:
    """The moment in this form of Django's date filter, on our clock and in the reader's language."""
    return _formatted(timezone.localtime(moment).replace(tzinfo=None), form, get_language())


@lru_cache(1000)
def _formatted(moment: datetime, form: str, language: str) -> str:
    """`language` is there to tell one text from another: a page says the days and hours of its meetings often."""
    return date_format(moment, form)


class Stop(NamedTuple):
    """What the map and its table say of a meeting."""

    city: str
    state: str
    day: str
    machine_day: str
    is_cancelled: bool


@register.simple_tag
def host_map(stops: list[tuple[Meeting, str]]) -> SafeString:
    """The host cities of meetings, each with its state, on the map of the Netherlands; nothing where it knows none."""
    shown = tuple(
        Stop(
            meeting.city,
            state,
            short_day(meeting.starts_at),
            machine_day(meeting.starts_at),
            meeting.is_cancelled,
        )
        for meeting, state in stops
    )
    return _drawn(shown, get_language(), staticfiles_storage.url(LAND))


@lru_cache(100)
def _drawn(stops: tuple[Stop, ...], language: str, land: str) -> SafeString:
    """The same stops give the same map, whoever looks at it."""
    spots = atlas.spots((stop.city, stop.state) for stop in stops if not stop.is_cancelled)
    context = {
        "stops": stops,
        "spots": spots,
        "states": {spot.state for spot in spots},
        "width": atlas.WIDTH,
        "height": atlas.HEIGHT,
        "land": land,
    }
    return render_to_string("communities/includes/map.html", context)
