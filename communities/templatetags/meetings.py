"""How the day and the hours of a meeting are written, and where its city lies."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from communities import atlas
from communities.models import Meeting

register = template.Library()


@register.filter
def clock(moment: datetime) -> str:
    """A clock time: "9.30" in Dutch, "9:30" in English."""
    return date_format(
        timezone.localtime(moment), pgettext("format of a clock time, for Django's date filter", "G:i")
    )


@register.simple_tag
def hours(start: datetime, end: datetime) -> str:
    """From when until when: "9.30 tot 16.30 uur" in Dutch."""
    return _("%(start)s to %(end)s") % {"start": clock(start), "end": clock(end)}


@register.filter
def day(moment: datetime) -> str:
    """The day in full, with the year where it is another one than now: "donderdag 10 december"."""
    moment = timezone.localtime(moment)
    this_year = moment.year == timezone.localtime().year
    return date_format(moment, "l j F" if this_year else "l j F Y")


@register.filter
def short_day(moment: datetime) -> str:
    """The day without its name: "10 december"."""
    moment = timezone.localtime(moment)
    this_year = moment.year == timezone.localtime().year
    return date_format(moment, "j F" if this_year else "j F Y")


@register.inclusion_tag("communities/includes/map.html")
def host_map(stops: list[tuple[Meeting, str]]) -> dict[str, object]:
    """The host cities of meetings, each with its state, on the map of the Netherlands; nothing where it knows none."""
    spots = atlas.spots((meeting.city, state) for meeting, state in stops if not meeting.is_cancelled)
    states = {spot.state for spot in spots}
    return {"stops": stops, "spots": spots, "states": states, "width": atlas.WIDTH, "height": atlas.HEIGHT}
