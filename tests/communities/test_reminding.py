"""Reminders of meetings: to whom, when, and once however often and late the job is done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.actions import answer, remind_of_meetings
from communities.enums import Answer
from communities.models import Rsvp
from tafelronde.post import actions
from tafelronde.post.enums import Kind
from tests.communities.factories import make_community, make_meeting, make_membership
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


def make_coming(hours, answers=("yes", "maybe", "online", "no"), **fields):
    """A meeting in so many hours, with a member per answer who gave it long ago, and one who gave none."""
    start = timezone.now() + timedelta(hours=hours)
    meeting = make_meeting(
        make_community(title="Slim"),
        title="Sturen",
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        video_url="https://v.test/1",
        **fields,
    )
    for choice in answers:
        answer(
            make_membership(meeting.community, make_user(f"{choice}@voorbeeld.test")).user,
            meeting,
            Answer(choice),
        )
    make_membership(meeting.community, make_user("stil@voorbeeld.test"))
    Rsvp.objects.update(answered_at=timezone.now() - timedelta(days=60))
    return meeting


def names(mails):
    return sorted(mail.to[0].split("@")[0] for mail in mails)


@pytest.mark.parametrize("hours", [23, 1, 24 * 7 - 1, 25])
def test_who_comes_is_reminded_once(mailoutbox, hours):
    make_coming(hours)
    for _ in range(3):
        remind_of_meetings()
    assert names(mailoutbox) == ["maybe", "online", "yes"]
    assert mailoutbox[0].subject.startswith("Herinnering voor ")
    assert "Je zei dat je" in mailoutbox[0].body and not mailoutbox[0].attachments


@pytest.mark.parametrize("hours", [24 * 7 + 1, -1])
def test_nobody_is_reminded_too_early_or_afterwards(mailoutbox, hours):
    make_coming(48)
    remind_of_meetings(timezone.now() + timedelta(hours=48 - hours))
    assert mailoutbox == []


def test_each_of_the_set_days_has_its_own_mail(mailoutbox, settings):
    settings.REMINDER_DAYS = [1, 3, 7]
    meeting = make_coming(24 * 8, ["yes"])
    for hours in range(0, 24 * 8, 6):
        remind_of_meetings(meeting.starts_at - timedelta(hours=24 * 8 - hours))
    assert names(mailoutbox) == ["yes"] * 3


def test_job_that_was_away_for_days_sends_the_last_one_alone(mailoutbox):
    make_coming(12, ["yes"])
    remind_of_meetings()
    assert len(mailoutbox) == 1


def test_who_answered_just_now_needs_no_reminder(mailoutbox):
    make_coming(20, ["yes"])
    Rsvp.objects.update(answered_at=timezone.now())
    remind_of_meetings()
    assert mailoutbox == []


def test_meeting_that_moved_is_reminded_of_anew(mailoutbox):
    meeting = make_coming(20, ["yes"])
    remind_of_meetings()
    meeting.starts_at += timedelta(hours=1)
    meeting.save()
    remind_of_meetings()
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("fields", [{"status": "cancelled"}, {"live": False}])
def test_meeting_that_is_off_or_not_published_is_silent(mailoutbox, fields):
    meeting = make_coming(20, ["yes"])
    if "live" in fields:
        meeting.page.unpublish()
    else:
        meeting.status = "cancelled"
        meeting.save()
    mailoutbox.clear()
    remind_of_meetings()
    assert mailoutbox == []


def test_reminder_is_a_choice(mailoutbox):
    meeting = make_coming(20, ["yes", "maybe"])
    actions.unsubscribe(Rsvp.objects.get(answer="yes", meeting=meeting).user, Kind.MEETING_REMINDERS)
    remind_of_meetings()
    assert names(mailoutbox) == ["maybe"]
    assert "List-Unsubscribe" in mailoutbox[0].extra_headers


def test_looking_for_what_is_due_costs_as_much_when_all_was_sent(django_assert_num_queries):
    for _ in range(2):
        make_meeting(make_community())
    with django_assert_num_queries(4):  # the transaction, and a look per reminder day
        remind_of_meetings()
