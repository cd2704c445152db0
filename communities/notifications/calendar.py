"""The calendar file of a meeting (RFC 5545), to download and to mail."""

from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from communities.models import Meeting
from tafelronde import calendars

FILE_NAME = "bijeenkomst.ics"


def calendar_file(meeting: Meeting) -> bytes:
    """The meeting as it is now, naming nobody: a calendar is often shared with others."""
    return calendars.file_of(_event(meeting)).to_ical()


def calendar_mail(meeting: Meeting, email: str) -> tuple[str, Calendar]:
    """What a mail to this address attaches: the meeting, or that it is off."""
    return FILE_NAME, calendars.invitation_of(_event(meeting), email)


def _event(meeting: Meeting) -> Event:
    """The same UID each time, so that a calendar renews the entry that it has. No video link."""
    event = calendars.event(
        f"meeting-{meeting.uid}@{urlsplit(settings.SITE_URL).hostname}",
        meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        cancelled=meeting.is_cancelled,
    )
    event.add("summary", f"{meeting.community.title}: {meeting.title}")
    event.add("location", ", ".join(part for part in (meeting.venue, meeting.address, meeting.city) if part))
    event.add("url", f"{settings.SITE_URL}{meeting.get_absolute_url()}")
    return event
