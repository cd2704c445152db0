"""The calendar file of a meeting (RFC 5545)."""

from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from communities.models import Meeting


def calendar_file(meeting: Meeting) -> bytes:
    """The meeting as it is now. The same UID each time, so that a calendar renews the entry that it has.

    No ATTENDEE and no video link: a calendar is often shared with others.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Tafelronde//Meetings//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(meeting))
    year = meeting.starts_at.year
    calendar.add_missing_timezones(first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))
    return calendar.to_ical()


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", timezone.localtime(meeting.starts_at))
    event.add("dtend", timezone.localtime(meeting.ends_at))
    event.add("summary", f"{meeting.community.title}: {meeting.title}")
    event.add("location", ", ".join(part for part in (meeting.venue, meeting.address, meeting.city) if part))
    event.add("url", f"{settings.SITE_URL}{meeting.get_absolute_url()}")
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    return event
