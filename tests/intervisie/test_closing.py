"""Who closes the account gives up their seats."""

import pytest

from intervisie import actions
from intervisie.enums import Invitation
from tafelronde.accounts.actions import close_account
from tafelronde.post.models import Letter
from tests.intervisie.factories import make_case, make_session, play
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


def test_closing_gives_up_the_seat_in_a_session_ahead_and_the_organiser_hears_of_it():
    user, organiser = make_user(), make_user()
    session = make_session(organiser, members=[user, make_user()])
    actions.bring_case(user, session, case=make_case(user))
    Letter.objects.all().delete()
    close_account(user)
    seat = session.participants.get(user=user)
    assert (seat.invitation, seat.case) == (Invitation.DECLINED, None)
    assert seat.removed_at
    assert session.participants.filter(removed_at=None).count() == 2
    assert [letter.user for letter in Letter.objects.all()] == [organiser]


def test_closing_leaves_a_session_that_was_held_as_it_was():
    user = make_user()
    session = make_session(members=[user, make_user(), make_user()])
    play(session)
    close_account(user)
    assert session.participants.get(user=user).removed_at is None


def test_who_leads_and_organises_can_go_too():
    organiser = make_user()
    session = make_session(organiser)
    Letter.objects.all().delete()
    close_account(organiser)
    assert session.participants.get(user=organiser).removed_at
    assert not Letter.objects.exists()
