"""Plans the sessions of the demo, and plays those that are over, line by line, at the hour they took place."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from communities.models import Community, Meeting
from intervisie import actions, engine, queries
from intervisie.actions import Plan, Wish
from intervisie.enums import CastRole
from intervisie.models import Case, Session
from tafelronde.accounts.models import User
from tafelronde.demo.sessions import DemoCase, DemoSession

BETWEEN_LINES = timedelta(seconds=40)


def plan(script: DemoSession, community: Community, meeting: Meeting, users: dict[str, User]) -> Session:
    """A session to which everybody has said yes, with the cases that people brought."""
    lead = users[script.facilitator]
    cast = [(lead, CastRole.FACILITATOR), *((users[key], CastRole.MEMBER) for key in script.members)]
    session = actions.plan_session(
        lead,
        Plan(
            title=script.title,
            method=queries.shipped_json(script.method),
            starts_at=meeting.starts_at + timedelta(minutes=60),
            meeting=meeting,
        ),
        community=community,
        cast=cast,
    )
    for key in script.members:
        actions.answer_invitation(users[key], session, accept=True)
    for case in script.cases:
        actions.bring_case(users[case.owner], session, case=_case(users[case.owner], case))
    return session


def _case(owner: User, case: DemoCase) -> Case:
    known = Case.objects.filter(owner=owner, title=case.title).first()
    return known or actions.write_case(
        owner,
        title=case.title,
        situation=case.situation,
        own_role=case.own_role,
        parties=case.parties,
        question=case.question,
        outcome=case.outcome,
    )


def hold(session: Session, script: DemoSession, users: dict[str, User], start: datetime) -> None:
    """Plays a script to its end. Raises RuntimeError at the line that the engine refuses."""
    stage = _Stage(session, users, start)
    for key in [script.facilitator, *script.members]:
        stage.do(key, do="agree")
    stage.do(script.facilitator, do="start")
    for who, what, *words in script.script:
        stage.play(who, what, *words)


class _Stage:
    """Turns lines of a script into commands, with a clock of its own."""

    def __init__(self, session: Session, users: dict[str, User], start: datetime) -> None:
        self.session, self.users, self.now = session, users, start
        self.seats = {seat.user_id: seat.seat for seat in session.participants.all()}

    def do(self, who: str, **command: Any) -> None:
        self.now += BETWEEN_LINES
        wish = Wish(self.session.pk, command, id=uuid.uuid4(), user_id=self.users[who].pk)
        outcome = actions.perform_many([wish], now=int(self.now.timestamp() * 1000))[0]
        if not outcome.ok:
            raise RuntimeError(f"{who} may not {command}: {outcome.code}")

    def play(self, who: str, what: str, *words: Any) -> None:
        if what == "say":
            self._take_turn(who)
            self.do(who, do="say", text=words[0])
        elif what == "case":
            self._take_turn(who)
            self.do(who, do="say", text=words[0], case=True)
        elif what == "to":
            question = next(item for item in reversed(self._items()) if item.kind == "question")
            self.do(who, do="say", text=words[0], parent=question.id)
        elif what == "vote":
            pitch = next(
                item for item in self._items() if item.kind == "pitch" and item.by == self._seat(words[0])
            )
            self.do(who, do="vote", item=pitch.id, value=words[1])
        elif what == "next":
            self.do(who, do="advance", visit=self._state().tables[0].visit)
        elif what == "pass":
            self._take_turn(who)
            self.do(who, do="pass")
        else:
            self.do(who, do=what)

    def _take_turn(self, who: str) -> None:
        """The facilitator gives the floor to who speaks next in the script."""
        table = self._state().tables[0]
        if table.floor is not None and table.floor != self._seat(who):
            lead = next(seat for seat, person in self._state().people.items() if person.cast == "facilitator")
            key = next(key for key, user in self.users.items() if self.seats.get(user.pk) == lead)
            self.do(key, do="give_floor", to=self._seat(who))

    def _seat(self, who: str) -> int:
        return self.seats[self.users[who].pk]

    def _state(self) -> engine.State:
        state = actions.load_room(self.session.pk).state
        assert state is not None  # begun above
        return state

    def _items(self) -> list[engine.Item]:
        return list(self._state().items.values())
