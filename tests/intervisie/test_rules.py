"""Who may what around a session, and that lists and rules say the same."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.enums import MembershipStatus
from intervisie import actions, queries, rules
from intervisie.enums import CastRole, Invitation, SessionStatus
from intervisie.models import Session
from tests.intervisie.factories import make_case, make_circle, make_session
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

WHO = (
    "organiser",
    "facilitator",
    "accepted",
    "agreed",
    "invited",
    "declined",
    "removed",
    "coordinator",
    "superuser",
)


@pytest.fixture
def people():
    """One person of each sort, and their session."""
    people = {name: make_user(is_superuser=name == "superuser") for name in WHO}
    circle = make_circle(
        people["coordinator"], *(people[name] for name in WHO if name not in ("superuser", "coordinator"))
    )
    asked = [people[name] for name in ("accepted", "agreed", "invited", "declined", "removed")]
    session = make_session(
        people["organiser"],
        members=asked,
        facilitator=people["facilitator"],
        community=circle,
        accepted=False,
    )
    for name in ("facilitator", "accepted", "agreed", "removed"):
        actions.answer_invitation(people[name], session, accept=True)
    actions.answer_invitation(people["declined"], session, accept=False)
    actions.remove_from_session(people["organiser"], session.participants.get(user=people["removed"]))
    session.participants.filter(user__in=[people["agreed"], people["removed"]]).update(
        agreed_at=session.created_at
    )
    return people, session


def who(people, rule, session):
    return {name for name, person in people.items() if rule(person, session)}


SEATED = {"facilitator", "accepted", "agreed", "invited", "declined"}
CAME_IN = {"facilitator", "accepted", "agreed"}
P, R, E, X, W = (
    SessionStatus.PLANNED,
    SessionStatus.RUNNING,
    SessionStatus.ENDED,
    SessionStatus.CANCELLED,
    SessionStatus.ERASED,
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (rules.may_see_session, {status: SEATED | {"organiser"} for status in (P, R, E, X, W)}),
        (rules.may_edit_session, {P: {"organiser"}}),
        (rules.may_manage_participants, {P: {"organiser"}, R: {"organiser"}}),
        (rules.may_answer, {P: SEATED, R: SEATED}),
        (rules.may_bring_case, {P: {"accepted", "agreed", "invited"}}),
        (rules.may_enter_room, {P: CAME_IN, R: CAME_IN, E: CAME_IN}),
        (rules.may_see_harvest, {E: {"agreed"}}),
        (rules.may_erase, {R: {"organiser", "facilitator"}, E: {"organiser", "facilitator"}}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_rule_says_yes_to_exactly_these(people, rule, expected):
    people, session = people
    for status in SessionStatus:
        session.status = status
        assert who(people, rule, session) == expected.get(status, set()), status


@pytest.mark.parametrize("status", SessionStatus)
def test_list_and_rule_agree_on_who_sees_a_session(people, status):
    people, session = people
    Session.objects.update(status=status)
    for name, person in people.items():
        listed = queries.sessions_visible_to(person).filter(pk=session.pk).exists()
        assert listed == rules.may_see_session(person, session), name


def test_prefetched_seats_give_the_same_answers_without_a_query(people, django_assert_num_queries):
    people, session = people
    seen = queries.sessions_visible_to(people["organiser"]).get(pk=session.pk)
    with django_assert_num_queries(0):
        assert who(people, rules.may_enter_room, seen) == CAME_IN


@pytest.mark.parametrize("status", MembershipStatus)
def test_planning_in_a_leerkring_is_for_active_members(status):
    user = make_user(is_superuser=True)
    circle = make_circle(user)
    circle.memberships.update(status=status)
    assert rules.may_plan(user, circle) == (status == MembershipStatus.ACTIVE)
    assert (circle in queries.communities_of(user)) == rules.may_plan(user, circle)


def test_planning_outside_a_leerkring_is_for_everybody():
    assert rules.may_plan(make_user(), None)


def test_planning_in_the_leerkring_of_others_is_not():
    assert not rules.may_plan(make_user(is_superuser=True), make_circle(make_user()))


def test_case_is_seen_by_its_owner_alone():
    owner, other = make_user(), make_user(is_superuser=True)
    case = make_case(owner)
    assert rules.may_see_case(owner, case)
    assert not rules.may_see_case(other, case)
    assert list(queries.cases_of(owner)) == [case]
    assert list(queries.cases_of(other)) == []


@pytest.mark.parametrize("role", [CastRole.FACILITATOR, CastRole.OBSERVER, CastRole.NOTETAKER])
def test_who_has_a_task_brings_no_case(role):
    session = make_session()
    seat = session.participants.get(seat=2)
    session.participants.filter(pk=seat.pk).update(role=role)
    assert not rules.may_bring_case(seat.user, session)


def test_task_for_an_open_invitation():
    session = make_session(accepted=False)
    seat = session.participants.get(seat=2)
    (task,) = queries.tasks_for(seat.user)
    assert task["url"] == reverse("intervisie:session", args=[session.pk])
    assert session.title not in task["title"] + task["text"]
    actions.answer_invitation(seat.user, session, accept=False)
    assert queries.tasks_for(seat.user) == []


@pytest.mark.parametrize(("status", "tasks"), [(P, 1), (R, 1), (E, 0), (X, 0), (W, 0)])
def test_task_on_the_day_itself(status, tasks):
    session = make_session()
    Session.objects.update(starts_at=timezone.now(), status=status)
    assert len(queries.tasks_for(session.organiser)) == tasks


def test_no_task_for_what_comes_later():
    assert queries.tasks_for(make_session().organiser) == []


@pytest.mark.parametrize(("days", "tasks"), [(-31, 0), (-1, 1), (0, 1), (1, 0)])
def test_task_when_the_day_of_an_intention_has_come(days, tasks):

    session = make_session()
    Session.objects.update(status=E)
    seat = session.participants.get(seat=2)
    session.participants.filter(pk=seat.pk).update(intention_on=timezone.localdate() + timedelta(days=days))
    assert [task["url"] for task in queries.tasks_for(seat.user)] == [
        reverse("intervisie:harvest", args=[session.pk])
    ] * tasks


def test_tasks_take_one_query_however_many(django_assert_num_queries):
    user = make_user()
    for _ in range(5):
        make_session(members=[user], accepted=False)
    with django_assert_num_queries(1):
        assert len(queries.tasks_for(user)) == 5


def test_declined_seat_has_no_way_in():
    session = make_session()
    seat = session.participants.get(seat=2)
    actions.answer_invitation(seat.user, session, accept=False)
    session.refresh_from_db()
    assert session.participants.get(seat=2).invitation == Invitation.DECLINED
    assert not rules.may_enter_room(seat.user, session)
