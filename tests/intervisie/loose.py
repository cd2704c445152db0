"""A game of any method, sub-groups and loops too: plays commands and keeps the log, and checks nothing on the way."""

from typing import Any

from intervisie.engine import Event, replay, view
from intervisie.engine import commands as c
from tests.intervisie.engine_support import Game


class Loose(Game):
    """A Game without its oracle; what it plays is for others to check."""

    def _happened(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        self.log += events
        self.state = replay(events, self.state)
        return events

    def tool(self, seat: int, do: str, **wanted: Any) -> dict[str, Any]:
        """The tool of this seat with these values. Raises StopIteration where there is none."""
        return next(
            tool
            for tool in view(self.state, seat)["me"]["tools"]
            if tool["do"] == do and all(tool.get(name) == value for name, value in wanted.items())
        )

    def go(self, seat: int | None = None, how: str = "next") -> "Loose":
        """The facilitator, or one of a sub-group, leaves the step."""
        seat = self.lead if seat is None else seat
        self.do(c.Advance(seat, self.state.table_of(seat).visit, how))
        return self
