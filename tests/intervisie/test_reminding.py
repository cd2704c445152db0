"""The mail on the day before a session: neutral, once, to who comes or has not answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intervisie import actions
from intervisie.enums import SessionStatus
from intervisie.models import Participant, Session
from tests.intervisie.factories import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(mailoutbox):
    """Tomorrow, with four people of whom one declined; asked long ago."""
    session = make_session(members=3, title="Gedoe met de wethouder")
    actions.answer_invitation(session.participants.get(seat=4).user, session, accept=False)
    Session.objects.update(starts_at=timezone.now() + timedelta(hours=20))
    Participant.objects.update(invited_at=timezone.now() - timedelta(days=30))
    mailoutbox.clear()
    session.refresh_from_db()
    return session


def test_everybody_who_did_not_decline_is_reminded_once(mailoutbox, session):
    for _ in range(3):
        actions.remind_of_sessions()
    expected = session.participants.exclude(seat=4).values_list("user__email", flat=True)
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(expected)
    for mail in mailoutbox:
        assert mail.subject.startswith("Herinnering: Intervisie op ")
        assert "Gedoe" not in mail.message().as_string()
        assert "List-Unsubscribe" in mail.extra_headers


def test_session_further_away_or_over_is_not_reminded_of(mailoutbox, session):
    for away in (timedelta(hours=25), timedelta(hours=-1)):
        actions.remind_of_sessions(session.starts_at - away)
    assert mailoutbox == []


def test_who_was_asked_today_is_not_reminded_too(mailoutbox, session):
    session.participants.filter(seat=2).update(invited_at=timezone.now())
    actions.remind_of_sessions()
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("status", [s for s in SessionStatus if s != SessionStatus.PLANNED])
def test_session_that_is_not_to_come_is_silent(mailoutbox, session, status):
    Session.objects.update(status=status)
    actions.remind_of_sessions()
    assert mailoutbox == []


def test_who_was_removed_hears_nothing(mailoutbox, session):
    session.participants.filter(seat=2).update(removed_at=timezone.now())
    actions.remind_of_sessions()
    assert len(mailoutbox) == 2
