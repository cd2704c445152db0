"""Who may see what: rules for one thing and queries for many say the same, and so do the pages themselves."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from communities import queries, rules
from communities.enums import Joining, MembershipStatus, Role, Visibility
from communities.models import Community, LeerkringPage, Meeting, MeetingPage
from tests.communities.factories import (
    make_community,
    make_leerkring_page,
    make_meeting,
    make_meeting_page,
    make_membership,
)
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

READERS = [
    "visitor",
    "stranger",
    "administrator",
    *(status.value for status in MembershipStatus),
    "coordinator",
    "elsewhere",
]


def make_everything() -> list[Community]:
    """Leerkringen and meetings in all combinations of visibility and being published."""
    communities = []
    for visibility, live in product(Visibility, (True, False)):
        community = make_community(visibility=visibility)
        for of_meeting, meeting_live in product(Visibility, (True, False)):
            page = make_meeting_page(community, visibility=of_meeting)
            if not meeting_live:
                page.unpublish()
        make_meeting_page(community, live=False)
        if not live:
            LeerkringPage.objects.get(pk=community.page.pk).unpublish()
        communities.append(community)
    make_leerkring_page(live=False)
    return communities


def make_reader(kind: str, communities: list[Community]):
    if kind == "visitor":
        return AnonymousUser()
    user = make_user(is_superuser=kind == "administrator")
    role = Role.COORDINATOR if kind == "coordinator" else Role.MEMBER
    if kind == "elsewhere":
        make_membership(make_community(visibility=Visibility.MEMBERS), user)
    elif kind not in ("stranger", "administrator"):
        status = MembershipStatus.ACTIVE if kind == "coordinator" else MembershipStatus(kind)
        for community in communities:
            make_membership(community, user, status=status, role=role)
    return user


def test_rules_queries_and_pages_agree(client):
    communities = make_everything()
    readers = {kind: make_reader(kind, communities) for kind in READERS}
    rows = [*Community.objects.all(), *Meeting.objects.all()]
    pages = [*LeerkringPage.objects.all(), *MeetingPage.objects.all()]
    for kind, reader in readers.items():
        listed = {*queries.communities_visible_to(reader), *queries.meetings_visible_to(reader)}
        assert {row for row in rows if rules.may_see(reader, row)} == listed, kind
        seen = {page for page in pages if rules.may_see(reader, page)}
        assert {page.pk for page in seen} == _pages_seen(reader, pages), kind
        if kind in ("visitor", "left", "active"):
            assert {page for page in pages if _status(client, reader, page) == 200} == seen, kind
    assert {page for page in pages if page.get_sitemap_urls()} == {
        page for page in pages if rules.may_see(readers["visitor"], page)
    }


def _status(client, reader, page) -> int:
    client.logout()
    if reader.is_authenticated:
        client.force_login(reader)
    return client.get(page.url).status_code


def _pages_seen(reader, pages) -> set[int]:
    found = queries.pages_visible_to(reader).filter(pk__in=[page.pk for page in pages])
    return set(found.values_list("pk", flat=True))


def test_members_only_shows_to_members():
    communities = make_everything()
    for kind, expected in {"active": 2, "coordinator": 2, "stranger": 0, "left": 0, "asked": 0}.items():
        meetings = queries.meetings_visible_to(make_reader(kind, communities))
        of_members = meetings.filter(edition__community__visibility=Visibility.MEMBERS)
        assert of_members.count() == expected, kind
        assert meetings.count() - of_members.count() == 1 + bool(expected), kind


def test_public_meeting_of_a_members_only_leerkring_is_for_members(client):
    meeting = make_meeting(make_community(visibility=Visibility.MEMBERS), visibility=Visibility.PUBLIC)
    assert not rules.is_public(meeting)
    assert client.get(meeting.page.url).status_code == 404
    client.force_login(make_membership(meeting.community).user)
    assert client.get(meeting.page.url).status_code == 200


def test_page_without_its_row_is_seen_by_nobody():
    page = make_meeting_page()
    MeetingPage.objects.update(meeting=None)
    page = MeetingPage.objects.get()
    assert not rules.may_see(make_user(is_superuser=True), page)
    assert page.pk not in queries.pages_visible_to(AnonymousUser()).values_list("pk", flat=True)


def test_pages_without_a_visibility_are_for_everybody():
    seen = queries.pages_visible_to(AnonymousUser())
    assert Page.objects.get(slug="leerkringen") in seen


def test_member_of_a_closed_account_is_in_no_list():
    community = make_community()
    make_membership(community, make_user(is_active=False))
    assert not queries.members_of(community).exists()


DOORS = {
    # rule: who may, for an open leerkring, one that asks, one by invitation
    rules.may_join: ({"stranger", "declined", "left", "elsewhere", "administrator"}, set(), set()),
    rules.may_ask: (set(), {"stranger", "declined", "left", "elsewhere", "administrator"}, set()),
    rules.may_accept: ({"invited"}, {"invited"}, {"invited"}),
    rules.may_leave: ({"active", "asked", "coordinator"},) * 3,
    rules.may_see_members: ({"active", "coordinator", "administrator"},) * 3,
    rules.may_decide: ({"coordinator", "administrator"},) * 3,
    rules.may_invite: ({"coordinator", "administrator"},) * 3,
    rules.may_appoint: ({"coordinator", "administrator"},) * 3,
}


@pytest.mark.parametrize("rule", DOORS, ids=lambda rule: rule.__name__)
def test_doors(rule):
    for joining, expected in zip((Joining.OPEN, Joining.REQUEST, Joining.INVITED), DOORS[rule], strict=True):
        community = make_community(joining=joining)
        readers = {kind: make_reader(kind, [community]) for kind in READERS}
        assert {kind for kind, reader in readers.items() if rule(reader, community)} == expected, joining


def test_nobody_asks_to_join_what_they_cannot_see():
    community = make_community(visibility=Visibility.MEMBERS)
    assert not rules.may_ask(make_user(), community)
    assert not rules.may_find(make_user(), community)


def test_whoever_is_invited_finds_the_door_of_a_members_only_leerkring():
    community = make_community(visibility=Visibility.MEMBERS)
    invited = make_membership(community, status=MembershipStatus.INVITED).user
    assert rules.may_find(invited, community)
    assert not rules.may_see(invited, community)


def test_given_row_saves_the_look_up(django_assert_num_queries):
    community, user = make_community(), make_user()
    make_membership(community, user)
    given = queries.community_for(user, community.slug)
    with django_assert_num_queries(0):
        assert rules.is_member(user, given)
    with django_assert_num_queries(1):
        assert rules.is_member(user, community)
