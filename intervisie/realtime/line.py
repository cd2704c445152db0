"""One live socket of one seat, as the hub holds it."""

import time
from uuid import UUID

from intervisie.realtime import protocol
from intervisie.realtime.identity import Admission
from intervisie.realtime.wire import Frame, Wire

BEAT_EVERY = 10.0  # seconds; clients may count on 15
DEAD_AFTER = 45.0  # seconds without any frame from the client
MOST_UNCONFIRMED = 1024 * 1024  # characters sent since the client last said how far it is

NOT_GREETED = -1


class Line:
    """Sends to one client. `since` is when it came to the door, on the monotonic clock; `cursor` how far in its stream
    it was brought."""

    __slots__ = (
        "admission",
        "beat_at",
        "closed",
        "cursor",
        "heard_at",
        "owed",
        "since",
        "unconfirmed",
        "wire",
    )

    def __init__(self, admission: Admission, wire: Wire, since: float) -> None:
        self.admission = admission
        self.wire = wire
        self.cursor = NOT_GREETED
        self.owed: list[UUID] = []  # commands that are done, and not yet told to be
        self.unconfirmed = 0
        self.closed = False
        self.since = since
        self.heard_at = self.beat_at = time.monotonic()

    def heard(self, confirmed: bool) -> None:
        """The client sent a frame; `confirmed` if it said that it has read all that came."""
        self.heard_at = time.monotonic()
        if confirmed:
            self.unconfirmed = 0

    def settled(self) -> list[UUID]:
        """What is owed; from now on that counts as told."""
        owed, self.owed = self.owed, []
        return owed

    def tell(self, frame: Frame) -> None:
        """Sends a frame. A client that leaves too much unconfirmed is closed; it comes back and resumes."""
        if self.closed:
            return
        if self.unconfirmed > MOST_UNCONFIRMED:  # what went before; one long frame alone is no reason
            self.close(protocol.TOO_SLOW)
        else:
            self.unconfirmed += len(frame.text)
            self.wire.send(frame)

    def close(self, code: int) -> None:
        """Closes with a code of docs/realtime.md; a second close does nothing."""
        if not self.closed:
            self.closed = True
            self.wire.close(code)
