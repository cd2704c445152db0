"""Mail about meetings, and their calendar file."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from communities.actions import answer
from communities.enums import Answer, Visibility
from communities.models import Meeting, MeetingPage
from communities.notifications import calendar_file
from tests.communities.factories import (
    make_community,
    make_meeting,
    make_meeting_page,
    make_membership,
    publish,
)
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def page(on_commit) -> MeetingPage:
    """A published meeting with five members, four of whom answered; `mail` of its publishing is not looked at here."""
    page = make_meeting_page(
        make_community(title="Slim"), title="Sturen", city="Kampen", video_url="https://v.test/1"
    )
    for name in ("yes", "no", "maybe", "online", "silent"):
        member = make_membership(page.meeting.community, make_user(f"{name}@voorbeeld.test")).user
        if name != "silent":
            answer(member, page.meeting, Answer(name))
    return page


def names(mails) -> set[str]:
    return {mail.to[0].split("@")[0] for mail in mails}


EVERYBODY = {"yes", "no", "maybe", "online", "silent"}
CONCERNED = EVERYBODY - {"no"}


def test_new_meeting_is_told_to_all_members(mailoutbox, on_commit):
    community = make_community(title="Slim")
    make_membership(community, make_user("lid@voorbeeld.test"))
    make_membership(community, make_user("gaat@voorbeeld.test"), status="left")
    start = datetime(2030, 12, 12, 9, 30, tzinfo=AMSTERDAM)
    page = make_meeting_page(community, title="Sturen", starts_at=start, live=False)
    on_commit(publish, page)
    [mail] = mailoutbox
    assert mail.to == ["lid@voorbeeld.test"]
    assert mail.subject == "Nieuwe bijeenkomst op 12 december 2030: Sturen"
    assert f"{settings.SITE_URL}{page.url}" in mail.body


def test_moved_meeting_is_told_to_all_members(mailoutbox, on_commit, page):
    page.starts_at = datetime(2030, 12, 12, 9, 30, tzinfo=AMSTERDAM)
    page.ends_at = datetime(2030, 12, 12, 16, 30, tzinfo=AMSTERDAM)
    on_commit(publish, page)
    assert names(mailoutbox) == EVERYBODY
    assert mailoutbox[0].subject == "Andere datum of tijd: Sturen"
    assert "donderdag 12 december 2030, 9.30\u00a0tot\u00a016.30\u00a0uur" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("field", "value"), [("city", "Meppel"), ("venue", "Zaal 2"), ("address", "Markt 1")]
)
def test_other_place_is_told_to_who_did_not_say_no(mailoutbox, on_commit, page, field, value):
    setattr(page, field, value)
    on_commit(publish, page)
    assert names(mailoutbox) == CONCERNED
    assert mailoutbox[0].subject == "Andere plek: Sturen"
    assert value in mailoutbox[0].body


def test_cancelled_meeting_is_told_with_the_reason(mailoutbox, on_commit, page):
    page.status, page.cancel_reason = "cancelled", "De gastheer is ziek."
    on_commit(publish, page)
    assert names(mailoutbox) == CONCERNED
    assert mailoutbox[0].subject == "Gaat niet door: Sturen"
    assert "De gastheer is ziek." in mailoutbox[0].body


def test_meeting_that_goes_on_after_all_is_told_to_all_members(mailoutbox, on_commit, page):
    page.status, page.cancel_reason = "cancelled", "Storm."
    page = publish(page)
    mailoutbox.clear()
    page.status = "planned"
    on_commit(publish, page)
    assert names(mailoutbox) == EVERYBODY
    assert mailoutbox[0].subject.startswith("Nieuwe bijeenkomst")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Ander woord"),
        ("intro", "Welkom"),
        ("host", "Provincie"),
        ("video_url", "https://v.test/2"),
        ("cancel_reason", "x"),
    ],
)
def test_edits_that_do_not_matter_are_told_to_nobody(mailoutbox, on_commit, page, field, value):
    setattr(page, field, value)
    on_commit(publish, page)
    assert mailoutbox == []


def test_draft_is_told_to_nobody(mailoutbox, on_commit, page):
    page.city = "Meppel"
    on_commit(page.save_revision)
    assert mailoutbox == []


def test_held_meeting_is_told_to_nobody(mailoutbox, on_commit):
    community = make_community()
    make_membership(community)
    page = make_meeting_page(community, starts_at=timezone.now() - timedelta(days=9), live=False)
    page = on_commit(publish, page)
    page.city = "Meppel"
    on_commit(publish, page)
    assert mailoutbox == []


def test_visitor_of_an_information_meeting_is_told_too(mailoutbox, on_commit):
    page = make_meeting_page(kind="information")
    answer(make_user("bezoeker@voorbeeld.test"), page.meeting, Answer.YES)
    page.city = "Meppel"
    on_commit(publish, page)
    assert names(mailoutbox) == {"bezoeker"}


def test_everybody_reads_their_own_language(mailoutbox, on_commit, page):
    make_membership(page.meeting.community, make_user("english@voorbeeld.test", language="en"))
    page.starts_at = datetime(2030, 12, 12, 9, 30, tzinfo=AMSTERDAM)
    page.ends_at = datetime(2030, 12, 12, 16, 30, tzinfo=AMSTERDAM)
    on_commit(publish, page)
    [mail] = [mail for mail in mailoutbox if mail.to == ["english@voorbeeld.test"]]
    assert mail.subject == "Another date or time: Sturen"
    assert "Thursday 12 December 2030, 9:30\u00a0to\u00a016:30" in mail.body


def test_mail_carries_the_calendar_file(mailoutbox, on_commit, page):
    page.city = "Meppel"
    on_commit(publish, page)
    parts = [part for part in mailoutbox[0].message().walk() if part.get_content_type() == "text/calendar"]
    [part] = parts
    assert part.get_param("method") == "REQUEST"
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["SEQUENCE"], event["LOCATION"]) == ("REQUEST", 1, "Meppel")
    assert event["ATTENDEE"] == f"mailto:{mailoutbox[0].to[0]}"
    assert event["ORGANIZER"] == "mailto:noreply@localhost"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    [file] = mailoutbox[0].attachments
    assert (file.filename, file.mimetype) == ("bijeenkomst.ics", "application/ics")
    assert file.content.splitlines() == part.get_payload(decode=True).splitlines()


def test_calendar_of_one_who_is_told_everything_ends_as_the_meeting_does(mailoutbox, on_commit, page):
    page.starts_at = datetime(2030, 12, 12, 9, 30, tzinfo=AMSTERDAM)
    page.ends_at = datetime(2030, 12, 12, 16, 30, tzinfo=AMSTERDAM)
    page = on_commit(publish, page)
    page.status, page.cancel_reason = "cancelled", "Storm."
    on_commit(publish, page)
    mine = [mail for mail in mailoutbox if mail.to == ["yes@voorbeeld.test"]]
    calendars = [icalendar.Calendar.from_ical(mail.attachments[0].content) for mail in mine]
    events = [calendar.walk("VEVENT")[0] for calendar in calendars]
    assert [calendar["METHOD"] for calendar in calendars] == ["REQUEST", "CANCEL"]
    assert [event["SEQUENCE"] for event in events] == [1, 2]
    assert len({event["UID"] for event in events}) == 1
    assert events[0].start == page.starts_at


# The calendar file


def event_of(meeting: Meeting) -> icalendar.Event:
    return icalendar.Calendar.from_ical(calendar_file(meeting)).walk("VEVENT")[0]


def test_event_says_when_where_and_how_often_it_changed():
    meeting = make_meeting(
        make_community(title="Slim"),
        title="Sturen; samen, of niet",
        starts_at=datetime(2026, 12, 10, 9, 30, tzinfo=AMSTERDAM),
        venue="Stadskazerne",
        address="Oudestraat 216",
        city="Kampen",
    )
    event = event_of(meeting)
    assert event["UID"] == f"meeting-{meeting.uid}@localhost"
    assert event["SUMMARY"] == "Slim: Sturen; samen, of niet"
    assert event["LOCATION"] == "Stadskazerne, Oudestraat 216, Kampen"
    assert event["URL"] == f"{settings.SITE_URL}{meeting.page.url}"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert event.start == datetime(2026, 12, 10, 9, 30, tzinfo=AMSTERDAM)
    assert b"DTSTART;TZID=Europe/Amsterdam:20261210T093000" in calendar_file(meeting)


def test_file_brings_its_time_zone_and_method():
    calendar = icalendar.Calendar.from_ical(calendar_file(make_meeting()))
    assert calendar["METHOD"] == "PUBLISH"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]


def test_cancelled_event_keeps_its_uid():
    page = make_meeting_page(video_url="https://v.test/1")
    before = event_of(page.meeting)
    page.status, page.cancel_reason = "cancelled", "Storm."
    event = event_of(publish(page).meeting)
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (before["UID"], 1, "CANCELLED")


def test_file_names_nobody_and_no_video_link():
    meeting = make_meeting(video_url="https://v.test/geheim")
    answer(make_membership(meeting.community).user, meeting, Answer.YES)
    content = calendar_file(meeting)
    assert b"geheim" not in content
    assert b"ATTENDEE" not in content


def test_file_is_fetched_by_who_may_see_the_meeting(client):
    meeting = make_meeting(visibility=Visibility.MEMBERS)
    url = reverse("communities:calendar", args=[meeting.community.slug, meeting.slug])
    assert client.get(url).status_code == 404
    client.force_login(make_membership(meeting.community).user)
    response = client.get(url)
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert response["Content-Disposition"] == f'attachment; filename="{meeting.slug}.ics"'
    assert response.content.startswith(b"BEGIN:VCALENDAR")


def test_file_name_is_safe_for_any_slug(client):
    meeting = make_meeting(slug="coöperatie")
    response = client.get(reverse("communities:calendar", args=[meeting.community.slug, meeting.slug]))
    assert response["Content-Disposition"] == 'attachment; filename="coperatie.ics"'
