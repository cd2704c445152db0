"""Who closes the account leaves every leerkring with it."""

import pytest
from django.urls import reverse

from communities.enums import Answer, MembershipStatus, Role
from communities.models import Membership
from communities.queries import coordinators_of
from communities.signals import membership_ended
from tests.communities.factories import make_community, make_meeting, make_membership
from tests.tafelronde.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def close(client, user):
    client.force_login(user)
    assert client.post(reverse("close_account"), {"password": PASSWORD}).url == "/"


@pytest.mark.parametrize("status", ["active", "asked", "invited", "declined", "left"])
def test_closing_ends_every_kind_of_membership_and_forgets_what_was_written(client, status):
    user, community = make_user(), make_community()
    make_membership(community, user, status=MembershipStatus(status), motivation="Ik wil graag leren.")
    close(client, user)
    row = Membership.objects.get(user=user)
    assert (row.status, row.role, row.motivation, row.answer) == (MembershipStatus.LEFT, Role.MEMBER, "", "")


def test_closing_takes_back_the_answers_to_meetings_ahead(client):
    user, community = make_user(), make_community()
    make_membership(community, user)
    user.rsvps.create(meeting=make_meeting(community), answer=Answer.YES)
    close(client, user)
    assert not user.rsvps.exists()


def test_last_coordinator_can_go_too(client):
    user, community = make_user(), make_community()
    make_membership(community, user, role=Role.COORDINATOR)
    close(client, user)
    assert not coordinators_of(community).exists()
    assert not user.groups.exists()


def test_closing_is_told_to_live_sessions_once_for_each_leerkring(client, on_commit):
    user = make_user()
    told = []
    listener = lambda **words: told.append((words["user_id"], words["community_id"]))  # noqa: E731
    communities = [make_community(), make_community()]
    for community in communities:
        make_membership(community, user)
    membership_ended.connect(listener)
    try:
        on_commit(close, client, user)
    finally:
        membership_ended.disconnect(listener)
    assert told == [(user.pk, community.pk) for community in communities]
