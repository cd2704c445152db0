"""The method player: pure rules on frozen data. It knows no clock, no randomness, no database and no framework."""

from intervisie.engine.commands import NAMES, WISHES, Command, Join, Lend, Open, Remove, Restore, Wish
from intervisie.engine.errors import MethodError, Refused
from intervisie.engine.events import Event, event_from_json, event_kind, event_to_json
from intervisie.engine.evolve import evolve, replay
from intervisie.engine.fanout import Op, Ops, apply, fan_out
from intervisie.engine.library import load_shipped, method_files, shipped_json
from intervisie.engine.lint import lint
from intervisie.engine.machine import decide
from intervisie.engine.method import Method, Step, Text, total_minutes
from intervisie.engine.parse import parse
from intervisie.engine.permissions import permit
from intervisie.engine.roles import role_of, stance_of
from intervisie.engine.snapshot import state_from_json, state_to_json
from intervisie.engine.state import CaseText, Item, Person, State, Table
from intervisie.engine.steps import due, next_due
from intervisie.engine.tools import tools
from intervisie.engine.view import View, view
from intervisie.engine.visibility import Sight, can_see
from intervisie.engine.wire import command_from_wire

__all__ = [
    "NAMES",
    "WISHES",
    "CaseText",
    "Command",
    "Event",
    "Item",
    "Join",
    "Lend",
    "Method",
    "MethodError",
    "Op",
    "Open",
    "Ops",
    "Person",
    "Refused",
    "Remove",
    "Restore",
    "Sight",
    "State",
    "Step",
    "Table",
    "Text",
    "View",
    "Wish",
    "apply",
    "can_see",
    "command_from_wire",
    "decide",
    "due",
    "event_from_json",
    "event_kind",
    "event_to_json",
    "evolve",
    "fan_out",
    "lint",
    "load_shipped",
    "method_files",
    "next_due",
    "parse",
    "permit",
    "replay",
    "role_of",
    "shipped_json",
    "stance_of",
    "state_from_json",
    "state_to_json",
    "tools",
    "total_minutes",
    "view",
]
