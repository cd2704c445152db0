"""All 29 methods, played to the end by bots of every role through the one door, on the database of this run.

What the engine alone does with them stands in test_engine_bots.py; here each command goes through `perform_many`, the log,
and fresh rights, and at the end the log alone gives the same session again.
"""

from dataclasses import fields
from typing import Any
from uuid import uuid4

import pytest

from intervisie import actions, engine, rooms
from intervisie.actions import Tick, Wish
from intervisie.engine import Command, Join, Person, Refused, Remove, State
from intervisie.engine import commands as c
from intervisie.enums import CastRole, Invitation, SessionStatus
from intervisie.models import Entry, Participant, Session
from tests.intervisie.engine_bots import play_to_end
from tests.intervisie.factories import make_circle, make_session
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

START = 1_790_000_000_000
METHODS = sorted(engine.load_shipped())


class Played:
    """A session on the database, with a clock of its own, for the bots."""

    def __init__(self, method: str) -> None:
        group = engine.load_shipped()[method].group
        lead, observer, notetaker, late = (make_user() for _ in range(4))
        members = [make_user() for _ in range(max(group.min, min(group.ideal, 6)) + 1)]
        circle = make_circle(lead, observer, notetaker, late, *members)
        self.session = make_session(lead, members=members, community=circle, method=method)
        actions.invite_to_session(
            lead,
            self.session,
            cast=[(observer, CastRole.OBSERVER), (notetaker, CastRole.NOTETAKER), (late, CastRole.MEMBER)],
        )
        for user in (observer, notetaker):
            actions.answer_invitation(user, self.session, accept=True)
        self.now = START
        self.lead, self.late = lead, late
        actions.load_room(self.session.pk)

    @property
    def state(self) -> State:
        state = actions.load_room(self.session.pk).state
        assert state is not None
        return state

    def newcomer(self) -> Join:
        seat = Participant.objects.get(session=self.session, user=self.late)
        return Join(Person(seat.seat, self.late.get_full_name()))

    def do(self, command: Command) -> None:
        """Raises Refused."""
        if isinstance(command, Join):
            actions.answer_invitation(self.late, self._fresh(), accept=True)
        elif isinstance(command, c.Wish):
            self._perform(_on_the_wire(command), self._user_of(command.seat))
        else:
            self._perform(command, None)
        if isinstance(command, Remove):
            Participant.objects.filter(session=self.session, seat=command.seat).update(
                invitation=Invitation.DECLINED
            )

    def wait(self, milliseconds: int) -> None:
        self.now += milliseconds
        self._perform(Tick(), None)

    def _perform(self, command: Any, user_id: int | None) -> None:
        self.now += 1000
        wish = Wish(self.session.pk, command, id=uuid4() if user_id else None, user_id=user_id)
        (outcome,) = actions.perform_many([wish], now=self.now)
        if not outcome.ok:
            raise Refused(outcome.code, outcome.params)

    def _user_of(self, seat: int) -> int:
        return Participant.objects.values_list("user_id", flat=True).get(session=self.session, seat=seat)

    def _fresh(self) -> Session:
        return Session.objects.get(pk=self.session.pk)


def _on_the_wire(wish: c.Wish) -> dict[str, Any]:
    """The command as a client would send it."""
    given = {one.name: getattr(wish, one.name) for one in fields(wish) if one.name not in ("seat", "made_in")}
    if wish.made_in is not None:
        given["visit"] = wish.made_in
    return {"do": engine.NAMES[type(wish)], **given}


@pytest.mark.parametrize("method", METHODS)
def test_bots_play_a_method_to_its_end(method: str) -> None:
    played = Played(method)
    done = play_to_end(played, seed=METHODS.index(method), newcomers=[played.newcomer()])
    assert done["advance"] >= len(engine.load_shipped()[method].steps) - 1
    assert not [refusal for refusal in done if refusal.endswith((": broken", ": busy"))]
    session = Session.objects.get(pk=played.session.pk)
    assert session.status == SessionStatus.ENDED
    numbers = list(Entry.objects.filter(session=session).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, session.head + 1))
    before = played.state
    rooms.forget(session.pk)
    assert played.state == before, "the log alone makes the session again"
    casts = dict(Participant.objects.filter(session=session).values_list("seat", "role"))
    assert {seat: casts[seat] for seat in before.people} == {s: p.cast for s, p in before.people.items()}
