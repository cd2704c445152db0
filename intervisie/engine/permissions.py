"""The one table of who may do what, where: command by role, place and stance. Asked by `decide` and by `tools`."""

from dataclasses import dataclass

from intervisie.engine.method import KINDS, STANCES
from intervisie.engine.state import CLOSING

PLACES = ("lobby", *KINDS, CLOSING, "ended")
ALL_STANCES = ("acts", "waits", *STANCES)
_SILENT = {"listen": "listening", "turned": "turned", "away": "away"}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STEPS = frozenset(KINDS)
_EVERYWHERE = _STEPS | {"lobby", CLOSING}
_OPEN = _set("acts waits")
_ANY = frozenset(ALL_STANCES)
_TABLE = _set("B C F O N")


@dataclass(frozen=True, slots=True)
class Row:
    """Where a command is possible, for which roles, in which stances; `agreed`: only for who takes part."""

    places: frozenset[str]
    roles: frozenset[str]
    stances: frozenset[str]
    agreed: bool = True


_LEAD = frozenset("F")  # of everybody
_STEER = frozenset("FL")  # of a table: the facilitator, and each of a sub-group
_CLOCK = frozenset("FLT")

TABLE: dict[str, Row] = {
    "agree": Row(_EVERYWHERE, _TABLE, _ANY, agreed=False),
    "stop": Row(_EVERYWHERE, _TABLE, _ANY, agreed=False),
    "start": Row(_set("lobby"), _LEAD, _ANY),
    "advance": Row(_STEPS, _STEER, _ANY),
    "back": Row(_STEPS | {CLOSING}, _STEER, _ANY),
    "extend": Row(_STEPS, _CLOCK, _ANY),
    "pause": Row(_STEPS, _CLOCK, _ANY),
    "resume": Row(_STEPS, _CLOCK, _ANY),
    "give_floor": Row(_set("tell ask round talk write commit"), _STEER, _ANY),
    "choose": Row(_set("judge"), _STEER, _ANY),
    "hand_over": Row(_EVERYWHERE, _LEAD, _ANY),
    "appoint": Row(_EVERYWHERE, _LEAD, _ANY),
    "replan": Row(_STEPS, _LEAD, _ANY),
    "clear_stop": Row(_EVERYWHERE, _LEAD, _ANY),
    "end": Row(_set("closing"), _LEAD, _ANY),
    "say": Row(_set("tell ask write round talk judge commit closing"), _TABLE, _set("acts")),
    "pass": Row(_set("tell ask write round talk commit"), _TABLE, _set("acts")),
    "vote": Row(_set("judge"), _TABLE, _set("acts")),
    "edit": Row(_STEPS | {CLOSING}, _TABLE, _OPEN),
    "withdraw": Row(_STEPS | {CLOSING}, _TABLE, _OPEN),
    "ready": Row(_STEPS, _set("B C F"), _OPEN),
    "chat": Row(_STEPS, _TABLE, _OPEN),
    "note": Row(_STEPS, _TABLE, _set("turned")),
    "aside": Row(_STEPS, _TABLE, _set("acts waits listen")),
    "mark": Row(_STEPS, _TABLE, _set("turned")),
    "unseal": Row(_STEPS | {CLOSING}, _set("B"), _OPEN),
}


_WHOSE = {
    **dict.fromkeys((_LEAD, _STEER, _CLOCK), "facilitator_only"),
    frozenset("B"): "bringer_only",
}


def permit(do: str, hats: str, agreed: bool, place: str, stance: str) -> str | None:
    """None if the command is possible here in this role and stance, else the code of the refusal.

    `hats` are the letters of the role and of what else somebody does (`roles.hats_of`). `place` is the phase, or the kind of the step while running. Raises KeyError for an unknown command.
    """
    row = TABLE[do]
    if place == "ended":
        return "ended"
    if row.agreed and not agreed:
        return "not_agreed"
    if row.roles.isdisjoint(hats):
        return _WHOSE.get(row.roles, "not_your_role")
    if stance in _SILENT and stance not in row.stances:
        return _SILENT[stance]
    if place not in row.places:
        return _misplaced(row, place)
    if stance not in row.stances:
        return "not_turned" if row.stances == {"turned"} else "not_your_turn"
    return None


def _misplaced(row: Row, place: str) -> str:
    if row.places == {"lobby"}:
        return "already_started"
    return {"lobby": "not_started", CLOSING: "in_closing"}.get(place, "not_in_this_step")
