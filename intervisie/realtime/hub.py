"""The live lines of this process. Content is pulled from the rooms' streams by cursor: a bell only says "look"."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from django.db import close_old_connections

from intervisie import engine, rooms
from intervisie.actions import Outcome, Tick, Wish, load_room
from intervisie.phrases import refusal_sentence
from intervisie.realtime import protocol
from intervisie.realtime.identity import admit
from intervisie.realtime.line import BEAT_EVERY, DEAD_AFTER, NOT_GREETED, Line
from intervisie.realtime.writer import Writer

MOST_LINES_OF_ONE = 5
RECHECK_EVERY = 30.0  # seconds
MOST_RESUMED = 256 * 1024  # characters of missed ops; who missed more starts from the whole view

_NO_ACKS: Mapping[Line, list[UUID]] = {}


def now_ms() -> int:
    return int(time.time() * 1000)


class Hub:
    """All lines by session. `settle` and `recheck` may be called from any thread; the rest is the event loop's."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.writer = Writer()
        self.lines: dict[UUID, set[Line]] = defaultdict(set)
        self.draining = False
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="room-reader")
        self._tasks: set[asyncio.Task[Any]] = set()
        self._start(self._watch())

    async def read(self, function: Any, *arguments: Any) -> Any:
        """Runs a function that reads the database, in a thread of our own: never the one that all of Django shares."""
        return await self.loop.run_in_executor(self._pool, _with_fresh_connection, function, arguments)

    # Called from any thread -------------------------------------------------------------------------

    def settle(self, results: Sequence[tuple[Wish, Outcome]], sessions: Iterable[UUID]) -> None:
        """Commands were done or refused: tell the lines."""
        self._from_outside(self._settled(results, sessions))

    def recheck(self, session_id: UUID | None, user_id: int | None) -> None:
        """Rights may have changed: look again at the lines of this session and this user (None: of all)."""
        self._from_outside(self._rechecked(session_id, user_id))

    def end_login(self, login: str) -> None:
        """This log-in has ended: so do its lines."""
        self._from_outside(self._ended(login))

    def _from_outside(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            self.loop.call_soon_threadsafe(self._start, work)
        except RuntimeError:  # the loop is closed: the server is going down, clients resume elsewhere
            work.close()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Coming and going -------------------------------------------------------------------------------

    async def join(self, line: Line) -> None:
        """A line comes in; where one person has too many, the oldest is closed."""
        here = self.lines[line.admission.session_id]
        own = [other for other in here if other.admission.user_id == line.admission.user_id]
        if len(own) >= MOST_LINES_OF_ONE:
            await self._drop(min(own, key=lambda other: other.since), protocol.TOO_MANY_LINES)
        self.lines[line.admission.session_id].add(line)

    async def leave(self, line: Line) -> None:
        """A line is gone; does nothing for one that was dropped already."""
        session_id = line.admission.session_id
        here = self.lines.get(session_id)
        if here is None or line not in here:
            return
        here.discard(line)
        if here:
            await self._show_presence(session_id)
        else:
            del self.lines[session_id]

    async def _drop(self, line: Line, code: int) -> None:
        await line.close(code)
        await self.leave(line)

    async def greet(self, line: Line, since: int | None) -> None:
        """Answers `hi`: exactly what was missed since the client's cursor, or the whole view."""
        admission = line.admission
        page = await self.read(_greeting, admission.session_id, admission.seat, since)
        if page is None:
            line.cursor = since if since is not None else 0
            await line.tell(protocol.sealed(protocol.deltas(line.cursor, [])))
        else:
            line.cursor, view = page
            await line.tell(
                protocol.dump(
                    t="hello",
                    v=protocol.VERSION,
                    e=rooms.EPOCH,
                    seat=admission.seat,
                    c=line.cursor,
                    now=now_ms(),
                    here=self._present(admission.session_id),
                    view=view,
                )
            )
        owed, line.owed = line.owed, []
        await self._deliver(admission.session_id, {line: owed})
        await self._show_presence(admission.session_id)

    # Telling ----------------------------------------------------------------------------------------

    async def _settled(self, results: Sequence[tuple[Wish, Outcome]], sessions: Iterable[UUID]) -> None:
        acks: dict[UUID, dict[Line, list[UUID]]] = defaultdict(lambda: defaultdict(list))
        for wish, outcome in results:
            line = wish.origin
            if not isinstance(line, Line) or wish.id is None:
                continue
            if outcome.ok:
                acks[wish.session_id][line].append(wish.id)
            else:
                await self._refuse(line, wish.id, outcome)
        for session_id in {*sessions, *acks}:
            await self._deliver(session_id, acks.get(session_id, _NO_ACKS))

    async def _refuse(self, line: Line, command: UUID, outcome: Outcome) -> None:
        sentence = refusal_sentence(outcome.code, outcome.params, line.admission.language)
        await line.tell(protocol.dump(t="no", id=str(command), code=outcome.code, text=sentence))
        if outcome.code == "logged_out":
            await self._drop(line, protocol.LOGGED_OUT)
        elif outcome.code == "not_in_session":
            await self._drop(line, protocol.NO_ACCESS)

    async def _deliver(self, session_id: UUID, acks: Mapping[Line, Sequence[UUID]] = _NO_ACKS) -> None:
        """One frame per line for all that is new in its stream; equal frames are written once."""
        room = rooms.peek(session_id)
        written: dict[tuple[int, ...], str] = {}
        for line in tuple(self.lines.get(session_id, ())):
            if line.cursor == NOT_GREETED or line.closed:
                line.owed += acks.get(line, ())  # the greeting is under way; it says so when it is out
                continue
            new = room.since(line.admission.seat, line.cursor) if room is not None else None
            if new is None:
                line.cursor = NOT_GREETED
                line.owed += acks.get(line, ())
                self._start(self.greet(line, None))
                continue
            own = acks.get(line, ())
            if new:
                line.cursor += len(new)
                key = (line.cursor, *map(id, new))
                frame = written.get(key)
                if frame is None:
                    frame = written[key] = protocol.deltas(line.cursor, new)
                await line.tell(protocol.sealed(frame, own))
            else:
                for ack in own:
                    await line.tell(protocol.dump(t="ack", id=str(ack), c=line.cursor))

    def _present(self, session_id: UUID) -> list[int]:
        return sorted({line.admission.seat for line in self.lines.get(session_id, ())})

    async def _show_presence(self, session_id: UUID) -> None:
        frame = protocol.dump(t="here", seats=self._present(session_id))
        for line in tuple(self.lines.get(session_id, ())):
            if line.cursor != NOT_GREETED:
                await line.tell(frame)

    # Watching ---------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        rechecked = time.monotonic()
        while True:
            await asyncio.sleep(1)
            now = time.monotonic()
            for line in [line for here in self.lines.values() for line in here]:
                await self._beat(line, now)
            for session_id in tuple(self.lines):
                room = rooms.peek(session_id)
                if room is not None and room.state is not None and engine.due(room.state, now_ms()):
                    self.writer.put(Wish(session_id, Tick()))
            if now - rechecked > RECHECK_EVERY:
                rechecked = now
                await self._rechecked(None, None)

    async def _beat(self, line: Line, now: float) -> None:
        if now - line.heard_at > DEAD_AFTER:
            await self._drop(line, protocol.TOO_SLOW)
        elif now - line.beat_at > BEAT_EVERY and line.cursor != NOT_GREETED:
            line.beat_at = now
            await line.tell(protocol.dump(t="beat", c=line.cursor, now=now_ms()))

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
                    await self._drop(line, answer)

    async def _ended(self, login: str) -> None:
        for line in [line for here in self.lines.values() for line in here]:
            if line.admission.login == login:
                await self._drop(line, protocol.LOGGED_OUT)

    async def drain(self, seconds: float) -> None:
        """Closes all lines with "restart", spread over `seconds`, and lets the writer finish what is waiting."""
        self.draining = True
        lines = [line for here in self.lines.values() for line in here]
        for line in lines:
            await self._drop(line, protocol.RESTART)
            await asyncio.sleep(seconds / len(lines))
        await self.loop.run_in_executor(None, self.writer.finish, 10.0)


def _greeting(session_id: UUID, seat: int, since: int | None) -> tuple[int, dict[str, Any]] | None:
    """Cursor and whole view of a seat; None where the ops after `since` are at hand, and shorter than starting anew."""
    with rooms.turn:
        room = load_room(session_id)
        missed = room.since(seat, since) if since is not None else None
        if missed is not None and sum(map(len, missed)) <= MOST_RESUMED:
            return None
        assert room.state is not None  # load_room opens the lobby
        return room.cursor(seat), engine.view(room.state, seat)


def _with_fresh_connection(function: Any, arguments: tuple[Any, ...]) -> Any:
    close_old_connections()
    try:
        return function(*arguments)
    finally:
        close_old_connections()
