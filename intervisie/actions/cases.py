"""Writes of cases."""

from functools import partial
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from intervisie import rules
from intervisie.actions.perform import admit_participant
from intervisie.enums import Invitation, SessionStatus
from intervisie.models import Case, Participant, Session

if TYPE_CHECKING:
    from tafelronde.accounts.models import User


class CaseFields(TypedDict):
    """What the owner writes down."""

    title: str
    situation: str
    own_role: str
    parties: list[str]
    question: str
    outcome: str


@transaction.atomic
def write_case(user: "User", **fields: Unpack[CaseFields]) -> Case:
    """A new case, seen by `user` alone."""
    return Case.objects.create(owner=user, **fields)


@transaction.atomic
def edit_case(user: "User", case: Case, **fields: Unpack[CaseFields]) -> None:
    """Raises PermissionDenied where the case is not the user's."""
    if not rules.may_see_case(user, case):
        raise PermissionDenied
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=[*fields, "changed_at"])
    for seat in _waiting(case):
        transaction.on_commit(partial(admit_participant, seat.session_id, seat))


@transaction.atomic
def delete_case(user: "User", case: Case) -> None:
    """Takes the case away for good, also from sessions still to come. Raises PermissionDenied while it is on a table."""
    if not rules.may_delete_case(user, case):
        raise PermissionDenied
    seats = _waiting(case)
    _no_longer_chosen(case)
    case.delete()
    for seat in seats:
        seat.case = None
        transaction.on_commit(partial(admit_participant, seat.session_id, seat))


def _waiting(case: Case) -> list[Participant]:
    """Seats for which the case lies ready. A room that is open already must hear what becomes of it."""
    return list(
        case.brought.filter(
            session__status=SessionStatus.PLANNED, invitation=Invitation.ACCEPTED, removed_at=None
        ).select_related("user", "case")
    )


def _no_longer_chosen(case: Case) -> None:
    """Sessions to come for which the case was chosen beforehand choose at the table."""
    ahead = Session.objects.filter(status=SessionStatus.PLANNED)
    ahead.filter(participants__case=case, chosen_seat=F("participants__seat")).update(chosen_seat=None)
