"""Writes of intervisie."""

from intervisie.actions.at_once import Attempt
from intervisie.actions.batch import Outcome, Tick, Wish, clock
from intervisie.actions.cases import delete_case, edit_case, write_case
from intervisie.actions.log import can_write_at_once
from intervisie.actions.on_loop import LoopLog
from intervisie.actions.perform import (
    admit_participant,
    load_room,
    perform,
    perform_many,
    perform_under_lock,
    read_on,
    remove_participant,
)
from intervisie.actions.sessions import (
    NoFacilitator,
    Plan,
    answer_invitation,
    bring_case,
    cancel_session,
    change_role,
    edit_session,
    erase_session,
    give_up_seats,
    invite_to_session,
    plan_session,
    remind_of_sessions,
    remove_from_session,
    seat_guest,
    uninvite_guest,
)
from intervisie.actions.snapshots import snapshot_due, take_snapshots

__all__ = [
    "Attempt",
    "LoopLog",
    "NoFacilitator",
    "Outcome",
    "Plan",
    "Tick",
    "Wish",
    "admit_participant",
    "answer_invitation",
    "bring_case",
    "can_write_at_once",
    "cancel_session",
    "change_role",
    "clock",
    "delete_case",
    "edit_case",
    "edit_session",
    "erase_session",
    "give_up_seats",
    "invite_to_session",
    "load_room",
    "perform",
    "perform_many",
    "perform_under_lock",
    "plan_session",
    "read_on",
    "remind_of_sessions",
    "remove_from_session",
    "remove_participant",
    "seat_guest",
    "snapshot_due",
    "take_snapshots",
    "uninvite_guest",
    "write_case",
]
