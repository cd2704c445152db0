"""Makes cases, sessions and what is said in them for tests, all through the actions."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.enums import MembershipStatus, Role
from communities.models import Community
from intervisie import actions, engine, queries
from intervisie.enums import CastRole
from intervisie.models import Case, Participant, Session
from tafelronde.accounts.models import User
from tests.tafelronde.factories import make_user

_number = count(1)

CASE = {
    "title": "Een besluit dat maar niet landt",
    "situation": "In het overleg zei de wethouder ja, een week later nee.",
    "own_role": "Ik bereidde het overleg voor.",
    "parties": ["de wethouder", "de kleine gemeenten"],
    "question": "Hoe houd ik de kleine gemeenten aan tafel?",
    "outcome": "Ik heb uiteindelijk iedereen gebeld.",
}


def make_case(owner: User, **fields: Any) -> Case:
    return actions.write_case(owner, **{**CASE, **fields})


def make_circle(*members: User) -> Community:
    """A leerkring (its row alone) with these active members; the first one coordinates."""
    number = next(_number)
    community = Community.objects.create(slug=f"kring-{number}", title=f"Kring {number}")
    for place, member in enumerate(members):
        community.memberships.create(
            user=member, status=MembershipStatus.ACTIVE, role=Role.MEMBER if place else Role.COORDINATOR
        )
    return community


def make_plan(method: str = "INC6", **fields: Any) -> actions.Plan:
    values = {
        "title": "Rond het besluit",
        "method": queries.shipped_json(method),
        "starts_at": timezone.now() + timedelta(days=3),
        **fields,
    }
    return actions.Plan(**values)


def make_session(
    organiser: User | None = None,
    *,
    members: int | list[User] = 3,
    accepted: bool = True,
    community: Community | None = None,
    case: Case | None = None,
    facilitator: User | None = None,
    **plan: Any,
) -> Session:
    """A planned session that `organiser` facilitates, with members who accepted."""
    organiser = organiser or make_user()
    people = [make_user() for _ in range(members)] if isinstance(members, int) else members
    cast = [
        (facilitator or organiser, CastRole.FACILITATOR),
        *((person, CastRole.MEMBER) for person in people),
    ]
    session = actions.plan_session(organiser, make_plan(**plan), community=community, cast=cast, case=case)
    if accepted:
        for person, _role in cast:
            actions.answer_invitation(person, session, accept=True)
    return session


def do(session: Session, user: User, what: str, /, **words: Any) -> None:
    """One command in the room. Raises AssertionError with the refusal's code."""
    outcome = actions.perform(actions.Wish(session.pk, {"do": what, **words}, id=uuid4(), user_id=user.pk))
    assert outcome.ok, (what, outcome.code, outcome.params)


def play(session: Session, *, end: bool = True) -> None:
    """Everybody who accepted agrees, says something at every step that lets them, and takes something away."""
    seats = list(session.participants.filter(invitation="accepted", removed_at=None).select_related("user"))
    leader = next(seat.user for seat in seats if seat.role == CastRole.FACILITATOR)
    actions.load_room(session.pk)
    for seat in seats:
        do(session, seat.user, "agree")
    do(session, leader, "start")
    while _state(session).phase == "running":
        for seat in seats:
            _contribute(session, seat)
        do(session, leader, "advance", visit=engine.view(_state(session), 1)["step"]["visit"])
    for seat in seats:
        do(session, seat.user, "say", text=f"Opbrengst van stoel {seat.seat}")
    if end:
        do(session, leader, "end")


def _state(session: Session) -> engine.State:
    state = actions.load_room(session.pk).state
    assert state is not None
    return state


def _contribute(session: Session, seat: Participant) -> None:
    """What the tools of this step let this seat do first."""
    view = engine.view(_state(session), seat.seat)
    tools = {tool["do"]: tool for tool in view["me"]["tools"]}
    words: dict[str, Any] = {"text": f"Stap {view['step']['id']}, stoel {seat.seat}"}
    if "vote" in tools:
        do(session, seat.user, "vote", item=view["judge"]["options"][0], value=1)
    elif "note" in tools:
        do(session, seat.user, "note", **words)
    elif "say" in tools:
        tool = tools["say"]
        if tool["parent"] == "required":
            questions = [item["id"] for item in view["items"] if item["kind"] == "question"]
            if not questions:
                return
            words["parent"] = questions[-1]
        if tool["kind"] == "intention":
            words["date"] = (timezone.localdate() + timedelta(days=14)).isoformat()
        if tool["kind"] == "pitch" and seat.case_id:
            words["case"] = True
        do(session, seat.user, "say", **words)


def count_queries(client: Client, url: str) -> int:
    """How often a page asks the database, once everything that is made once is made."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries_done:
        assert client.get(url).status_code == 200
    return len(queries_done)
