"""The start page: what is next for one person, and nobody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.actions import answer
from communities.enums import Answer, MembershipStatus, Role, Visibility
from tests.communities.factories import (
    make_community,
    make_meeting,
    make_meeting_page,
    make_membership,
    make_programme,
)
from tests.knowledge.factories import make_news
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return make_community(title="Slim samenwerken")


@pytest.fixture
def member(client, community):
    user = make_membership(community).user
    client.force_login(user)
    return user


def start(client):
    response = client.get("/start/")
    assert response.status_code == 200
    return response.context["start"], response.content.decode()


def in_days(days):
    return timezone.now() + timedelta(days=days)


def test_visitor_is_asked_to_log_in(client):
    response = client.get("/start/")
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/start/"


def test_next_meeting_stands_on_top_with_its_pillars_and_answers(client, community, member):
    make_meeting(community, city="Meppel", starts_at=in_days(40))
    page = make_meeting_page(
        community, city="Kampen", host="de gemeente", venue="Stadskazerne", starts_at=in_days(9)
    )
    make_programme(page, 45, 90, 75, 90)
    found, html = start(client)
    assert found.next == page.meeting
    assert [slot.item.title for slot in found.pillars] == [f"Onderdeel {number}" for number in range(4)]
    assert [meeting.city for meeting in found.later] == ["Meppel"]
    for words in (
        "Kampen</h2>",
        "Stadskazerne · te gast bij de gemeente",
        "Ik ben erbij",
        "Ik kan niet",
        "agenda.ics",
    ):
        assert words in html
    assert "Ik doe online mee" not in html


def test_online_is_offered_where_there_is_a_link(client, community, member):
    make_meeting(community, video_url="https://video.voorbeeld.test/")
    assert "Ik doe online mee" in start(client)[1]
    assert "video.voorbeeld.test" not in start(client)[1]


@pytest.mark.parametrize(
    ("given", "words", "gone"),
    [(Answer.YES, "Je bent erbij", "Ik ben erbij"), (Answer.NO, "Je kunt niet", "Ik kan niet")],
)
def test_given_answer_is_told_and_can_be_changed(client, community, member, given, words, gone):
    answer(member, make_meeting(community), given)
    html = start(client)[1]
    assert words in html
    assert gone not in html


def test_answering_from_the_start_page_is_kept_and_ends_there(client, community, member):
    meeting = make_meeting(community)
    address = f"/kring/{community.slug}/bijeenkomst/{meeting.slug}/antwoord/?from=start"
    assert f'action="{address}"' in start(client)[1]
    response = client.post(address, {"answer": "yes"}, follow=True)
    assert meeting.rsvps.get(user=member).answer == Answer.YES
    assert response.redirect_chain == [("/start/", 302)]
    assert "Je antwoord is bewaard" in response.content.decode()


def test_meeting_that_is_cancelled_over_or_of_others_is_not_next(client, community, member):
    make_meeting(community, starts_at=in_days(3), status="cancelled", cancel_reason="Ziek")
    make_meeting(community, starts_at=in_days(-3))
    make_meeting(make_community(), starts_at=in_days(3))
    assert start(client)[0].next is None


def test_person_without_leerkring_is_shown_the_way(client):
    client.force_login(make_user())
    found, html = start(client)
    assert found.memberships == []
    assert "Schuif aan" in html
    assert 'class="button" href="/leerkringen/"' in html


def test_member_without_meeting_hears_that_it_will_come(client, member):
    assert "Nog geen datum" in start(client)[1]


def test_tasks_are_invitations_requests_and_open_answers(client, community, member):
    waiting = make_community(title="Wonen en zorg")
    make_membership(waiting, member, status=MembershipStatus.INVITED)
    led = make_community(title="Energie")
    make_membership(led, member, role=Role.COORDINATOR)
    make_membership(led, status=MembershipStatus.ASKED)
    make_membership(community, status=MembershipStatus.ASKED)
    make_meeting(community, starts_at=in_days(2))
    later = make_meeting(community, city="Meppel", starts_at=in_days(30))
    tasks = start(client)[0].tasks
    assert [(task.title, task.text) for task in tasks] == [
        ("1 verzoek om mee te doen", "Energie"),
        ("Doe je mee met deze leerkring?", "Wonen en zorg"),
        ("Ben je erbij in Meppel?", community.title),
    ]
    assert tasks[-1].when == later.starts_at
    assert all(client.get(task.url).status_code == 200 for task in tasks)


def test_news_of_the_own_leerkring_is_there_for_members_alone(client, community, member):
    make_news("Voor ons", community=community, visibility=Visibility.MEMBERS)
    make_news("Voor anderen", community=make_community(), visibility=Visibility.MEMBERS)
    assert [item.title for item in start(client)[0].news] == ["Voor ons"]


def test_leerkringen_are_those_of_which_one_is_a_member(client, community, member):
    make_membership(make_community(), member, status=MembershipStatus.LEFT)
    make_membership(make_community(), member, status=MembershipStatus.ASKED)
    assert [row.community for row in start(client)[0].memberships] == [community]


def test_start_takes_as_many_queries_for_thirty_things_as_for_three(client, member):
    counts = []
    for more in (3, 27):
        for _ in range(more):
            circle = make_community()
            make_membership(circle, member, role=Role.COORDINATOR)
            make_membership(circle, status=MembershipStatus.ASKED)
            make_programme(make_meeting_page(circle), 45, 90)
            make_news(community=circle, visibility=Visibility.MEMBERS)
        client.get("/start/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/start/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 10
