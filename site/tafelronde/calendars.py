"""Calendar files (RFC 5545) and calendar mail (RFC 5546) of the whole site."""

from datetime import date, datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress


def event(uid: str, sequence: int, *, starts_at: datetime, ends_at: datetime, cancelled: bool) -> Event:
    """What every event has. The UID stays for ever; the sequence rises when people have to look again."""
    made = Event()
    made.add("uid", uid)
    made.add("sequence", sequence)
    made.add("dtstamp", timezone.now())
    made.add("dtstart", timezone.localtime(starts_at))
    made.add("dtend", timezone.localtime(ends_at))
    made.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return made


def file_of(made: Event) -> Calendar:
    """To download, and to put into any calendar: names nobody."""
    return _calendar(made, "PUBLISH")


def invitation_of(made: Event, email: str) -> Calendar:
    """To mail to one person: a request, or the end of it. Names that person alone, and the site as who asks.

    The answer is given on the site, so none is asked of the calendar.
    """
    made.add("organizer", _address(*parseaddr(settings.DEFAULT_FROM_EMAIL)))
    attendee = _address("", email)
    attendee.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"})
    made.add("attendee", attendee)
    return _calendar(made, "CANCEL" if made["STATUS"] == "CANCELLED" else "REQUEST")


def _calendar(made: Event, method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Tafelronde//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(made)
    year = made.start.year
    calendar.add_missing_timezones(first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))
    return calendar


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    if name:
        address.params["CN"] = name
    return address
