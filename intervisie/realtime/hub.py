"""The live lines of this process. Content is pulled from the rooms' streams by cursor: a bell only says "look"."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import Error as DatabaseAway

from intervisie import engine, rooms
from intervisie.actions import Outcome, Tick, Wish, clock, load_room
from intervisie.models import Session
from intervisie.phrases import refusal_sentence
from intervisie.realtime import protocol
from intervisie.realtime.bells import Bell, bells
from intervisie.realtime.elsewhere import Elsewhere
from intervisie.realtime.held import with_held_connection
from intervisie.realtime.identity import Admission, admit, key_of
from intervisie.realtime.leads import Leads
from intervisie.realtime.line import BEAT_EVERY, DEAD_AFTER, NOT_GREETED, Line
from intervisie.realtime.wire import Frame
from intervisie.realtime.writer import Writer

logger = logging.getLogger(__name__)

MOST_LINES_OF_ONE = 5
LOOK_EVERY = 10.0  # seconds between looks at the heads of all logs, for what no bell told
LOOK_EVERY_WITHOUT_BELLS = 1.0
RECHECK_EVERY = 30.0  # seconds
MOST_RESUMED = 256 * 1024  # characters of missed ops; who missed more starts from the whole view


class Hub:
    """All lines by session. `settle` and `recheck` may be called from any thread; the rest is the event loop's."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.writer = Writer(loop)
        self.lines: dict[UUID, set[Line]] = defaultdict(set)
        self.draining = False
        self.elsewhere = Elsewhere()
        self.leads = Leads(settings.ROOM_LEAD_GRACE)
        self.bells = bells()
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="room-reader")
        self._tasks: set[asyncio.Task[Any]] = set()
        self._start(self._watch())
        if self.bells is not None:
            self.bells.listen(self._heard)

    async def read(self, function: Any, *arguments: Any) -> Any:
        """Runs a function that reads the database, in a thread of our own: never the one that all of Django shares."""
        return await self.loop.run_in_executor(
            self._pool, partial(with_held_connection, function, *arguments)
        )

    async def admitted(self, session_id: UUID, login: str, language: str) -> Admission | int:
        """Who comes in, or the code to close with."""
        try:
            return await self.read(admit, session_id, login, language)  # type: ignore[no-any-return]
        except DatabaseAway:
            return protocol.TRY_AGAIN

    # Called from any thread -------------------------------------------------------------------------

    def settle(self, results: Sequence[tuple[Wish, Outcome]], sessions: Iterable[UUID]) -> None:
        """Commands were done or refused, and these sessions moved on: tell the lines."""
        self._from_outside(self._settled, results, sessions)

    def recheck(self, session_id: UUID | None, user_id: int | None) -> None:
        """Rights may have changed: look again at the lines of this session and this user (None: of all)."""
        self._from_outside(self._start_recheck, session_id, user_id)

    def end_login(self, key: str) -> None:
        """The log-in with this `key_of` has ended: so do its lines."""
        self._from_outside(self._ended, key)

    def _heard(self, sender: str, bell: Bell) -> None:
        match bell:
            case {"moved": [*moved]}:
                with suppress(ValueError, TypeError, AttributeError):  # no bell of ours
                    self._look_into([UUID(name) for name in moved])
            case _:
                self._from_outside(self._answer, sender, bell)

    def _look_into(self, session_ids: Iterable[UUID]) -> None:
        """Other processes wrote: have it read where somebody looks on here."""
        for session_id in session_ids:
            if session_id in self.lines:
                self.writer.look(session_id)

    def _from_outside(self, work: Callable[..., object], *arguments: object) -> None:
        with suppress(RuntimeError):  # the loop is closed: the server is going down, clients resume elsewhere
            self.loop.call_soon_threadsafe(work, *arguments)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Coming and going -------------------------------------------------------------------------------

    def join(self, line: Line) -> None:
        """A line comes in; where one person has too many, the oldest is closed, be it this one: who came to the door
        first is not always let in first."""
        here = self.lines[line.admission.session_id]
        here.add(line)
        own = [other for other in here if other.admission.user_id == line.admission.user_id]
        if len(own) > MOST_LINES_OF_ONE:
            self._drop(min(own, key=lambda other: other.since), protocol.TOO_MANY_LINES)
        if self.bells is not None and len(here) == 1:
            self.bells.ring(who=str(line.admission.session_id))

    def leave(self, line: Line) -> None:
        """A line is gone; does nothing for one that was dropped already."""
        session_id = line.admission.session_id
        here = self.lines.get(session_id)
        if here is None or line not in here:
            return
        here.discard(line)
        if here:
            self._show_presence(session_id)
        else:
            del self.lines[session_id]
            self._tell_presence(session_id)
            self.elsewhere.forget(session_id)
            self.leads.forget(session_id)

    def _drop(self, line: Line, code: int) -> None:
        line.close(code)
        self.leave(line)

    async def greet(self, line: Line, since: int | None) -> None:
        """Answers `hi`: exactly what was missed since the client's cursor, or the whole view."""
        admission = line.admission
        try:
            page = await self.read(_greeting, admission.session_id, admission.seat, since)
        except DatabaseAway:
            self._drop(line, protocol.TRY_AGAIN)
            return
        if page is None:
            line.cursor = since if since is not None else 0
            line.tell(protocol.deltas(line.cursor, []))
        else:
            line.cursor, view = page
            line.tell(
                protocol.dump(
                    t="hello",
                    v=protocol.VERSION,
                    e=rooms.EPOCH,
                    seat=admission.seat,
                    c=line.cursor,
                    now=clock(),
                    here=self._present(admission.session_id),
                    view=view,
                )
            )
        self._deliver(admission.session_id)
        self._show_presence(admission.session_id)

    # Telling ----------------------------------------------------------------------------------------

    def _settled(self, results: Sequence[tuple[Wish, Outcome]], sessions: Iterable[UUID]) -> None:
        moved = set(sessions)
        for wish, outcome in results:
            moved.add(wish.session_id)  # a refusal too may have brought memory up to what others wrote
            line = wish.origin
            if not isinstance(line, Line) or wish.id is None:
                continue
            if outcome.ok:
                line.owed.append(wish.id)
            else:
                self._refuse(line, wish.id, outcome)
        for session_id in moved:
            self._deliver(session_id)

    def _refuse(self, line: Line, command: UUID, outcome: Outcome) -> None:
        if outcome.code == "busy":  # nobody's fault: the client comes back and repeats the command by itself
            self._drop(line, protocol.TRY_AGAIN)
            return
        sentence = refusal_sentence(outcome.code, outcome.params, line.admission.language)
        line.tell(protocol.dump(t="no", id=str(command), code=outcome.code, text=sentence))
        if outcome.code == "logged_out":
            self._drop(line, protocol.LOGGED_OUT)
        elif outcome.code == "not_in_session":
            self._drop(line, protocol.NO_ACCESS)

    def _deliver(self, session_id: UUID) -> None:
        """One frame per line for all that is new in its stream and all that it is owed; equal frames are written once."""
        room = rooms.peek(session_id)
        written: dict[tuple[int, ...], Frame] = {}
        for line in tuple(self.lines.get(session_id, ())):
            if line.cursor == NOT_GREETED or line.closed:
                continue  # the greeting is under way; it brings what is owed
            new = room.since(line.admission.seat, line.cursor) if room is not None else None
            if new is None:
                line.cursor = NOT_GREETED
                self._start(self.greet(line, None))
            elif new:
                line.cursor += len(new)
                if line.owed:
                    line.tell(protocol.deltas(line.cursor, new, line.settled()))
                    continue
                key = (line.cursor, *map(id, new))
                frame = written.get(key)
                if frame is None:
                    frame = written[key] = protocol.deltas(line.cursor, new)
                line.tell(frame)
            elif line.owed:
                for ack in line.settled():
                    line.tell(protocol.dump(t="ack", id=str(ack), c=line.cursor))

    # Who is here --------------------------------------------------------------------------------------

    def _present(self, session_id: UUID) -> list[int]:
        return sorted(self._own_seats(session_id) | self.elsewhere.seats(session_id))

    def _own_seats(self, session_id: UUID) -> set[int]:
        return {line.admission.seat for line in self.lines.get(session_id, ())}

    def _show_presence(self, session_id: UUID, *, tell: bool = True) -> None:
        frame = protocol.dump(t="here", seats=self._present(session_id))
        for line in tuple(self.lines.get(session_id, ())):
            if line.cursor != NOT_GREETED:
                line.tell(frame)
        if tell:
            self._tell_presence(session_id)

    def _tell_presence(self, session_id: UUID) -> None:
        if self.bells is not None:
            self.bells.ring(**self.elsewhere.told(session_id, self._own_seats(session_id)))

    # Hearing --------------------------------------------------------------------------------------------

    def _answer(self, sender: str, bell: Bell) -> None:
        match bell:
            case {"rights": [name, user_id]}:
                session_id = UUID(name) if name else None
                if session_id and user_id is None:  # perhaps its content was deleted: keep none of it
                    self._start(self._forgotten(session_id))
                else:
                    self._start_recheck(session_id, user_id)
            case {"ended": str(key)}:
                self._ended(key)
            case {"who": str(name)} if UUID(name) in self.lines:
                self._tell_presence(UUID(name))
            case {"here": str(name)} if UUID(name) in self.lines:
                if self.elsewhere.heard(sender, bell):
                    self._show_presence(UUID(name), tell=False)

    # Watching ---------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        looked = rechecked = time.monotonic()
        while True:
            await asyncio.sleep(1)
            now = time.monotonic()
            for line in [line for here in self.lines.values() for line in here]:
                self._beat(line, now)
            for session_id in tuple(self.lines):
                self._do_what_is_due(session_id, now)
            with suppress(DatabaseAway):
                if now - looked >= self._look_every():
                    looked = now
                    await self._look()
                if now - rechecked > RECHECK_EVERY:
                    rechecked = now
                    await self._rechecked(None, None)

    def _do_what_is_due(self, session_id: UUID, now: float) -> None:
        """What nobody asks for: timers that ran out, and a lead that is to be lent out or given back."""
        room = rooms.peek(session_id)
        if room is None or room.state is None:
            return
        timer = engine.next_due(room.state)
        if timer is not None and timer <= clock():
            self.writer.put(Wish(session_id, Tick()))
        here = self._present(session_id)
        for command in self.leads.watch(session_id, room.state, frozenset(here), now):
            self.writer.put(Wish(session_id, command))

    def _look_every(self) -> float:
        alone = settings.EMBEDDED or (self.bells is not None and self.bells.healthy)
        return LOOK_EVERY if alone else LOOK_EVERY_WITHOUT_BELLS

    async def _look(self) -> None:
        """What bells may have failed to tell: new entries, and who is here in other processes."""
        if self.lines:
            self._look_into(await self.read(_behind, tuple(self.lines)))
        if self.bells is not None and self.bells.healthy:
            for session_id in tuple(self.lines):
                self._tell_presence(session_id)
                if self.elsewhere.expire(session_id):
                    self._show_presence(session_id, tell=False)

    def _beat(self, line: Line, now: float) -> None:
        if now - line.heard_at > DEAD_AFTER:
            self._drop(line, protocol.TOO_SLOW)
        elif now - line.beat_at > BEAT_EVERY and line.cursor != NOT_GREETED:
            line.beat_at = now
            line.tell(protocol.dump(t="beat", c=line.cursor, now=clock()))

    def _start_recheck(self, session_id: UUID | None, user_id: int | None) -> None:
        self._start(self._rechecked(session_id, user_id))

    async def _forgotten(self, session_id: UUID) -> None:
        await self.read(rooms.forget, session_id)  # in a thread: others may have the rooms
        await self._rechecked(session_id, None)

    async def _rechecked(self, session_id: UUID | None, user_id: int | None) -> None:
        asked: dict[tuple[UUID, str], list[Line]] = defaultdict(list)
        for line in [line for here in self.lines.values() for line in here]:
            admission = line.admission
            if session_id in (None, admission.session_id) and user_id in (None, admission.user_id):
                asked[admission.session_id, admission.login].append(line)
        for (session, login), lines in asked.items():
            answer = await self.read(admit, session, login, lines[0].admission.language)
            if isinstance(answer, int):
                for line in lines:
                    self._drop(line, answer)

    def _ended(self, key: str) -> None:
        for line in [line for here in self.lines.values() for line in here]:
            if key_of(line.admission.login) == key:
                self._drop(line, protocol.LOGGED_OUT)

    async def drain(self, seconds: float) -> None:
        """Closes all lines with "restart", spread over `seconds`, and lets the writer finish what is waiting."""
        self.draining = True
        lines = [line for here in self.lines.values() for line in here]
        for line in lines:
            self._drop(line, protocol.RESTART)
            await asyncio.sleep(seconds / len(lines))
        await self.writer.finish(10.0)
        if self.bells is not None:
            await self.loop.run_in_executor(None, self.bells.finish, 1.0)


def _greeting(session_id: UUID, seat: int, since: int | None) -> tuple[int, dict[str, Any]] | None:
    """Cursor and whole view of a seat; None where the ops after `since` are at hand, and shorter than starting anew."""
    room = load_room(session_id)
    with rooms.turn:
        missed = room.since(seat, since) if since is not None else None
        cursor, state = room.cursor(seat), room.state
    if missed is not None and sum(map(len, missed)) <= MOST_RESUMED:
        return None
    assert state is not None  # load_room opens the lobby
    return cursor, engine.view(state, seat)


def _behind(session_ids: tuple[UUID, ...]) -> list[UUID]:
    """Those of which more is in the log than in memory."""
    heads = Session.objects.filter(pk__in=session_ids, head__gt=0).values_list("pk", "head")
    known = rooms.known(session_ids)
    return [pk for pk, head in heads if known.get(pk, 0) < head]
