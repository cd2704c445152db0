"""How somebody looks at a session: all of it, its course alone, or nothing of what others do."""

from typing import Any, NamedTuple

from intervisie.engine.roles import stance_of
from intervisie.engine.state import State
from intervisie.engine.visibility import sees_content

View = dict[str, Any]
_LOOKING = {"turned": "veiled", "away": "veiled"}


class Eye(NamedTuple):
    """Who looks, and how: `open`, `process` (no content), `veiled` (turned or away: no sign of who does what),
    `absent` (has not agreed) or `gone` (unknown or removed)."""

    seat: int
    how: str


def eye_of(state: State, seat: int) -> Eye:
    """How this seat looks at the session now."""
    person = state.people.get(seat)
    if person is None or person.removed:
        return Eye(seat, "gone")
    if not person.agreed:
        return Eye(seat, "absent")
    how = _LOOKING.get(stance_of(state, seat))
    return Eye(seat, how or ("open" if sees_content(state, seat) else "process"))


def reads(state: State, eye: Eye) -> bool:
    """Whether what is said can be read with this eye at all."""
    return eye.how in ("open", "veiled") and sees_content(state, eye.seat)
