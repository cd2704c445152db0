"""What the engine is told of a session and its people when the lobby opens, or when somebody comes in later."""

from uuid import UUID

from intervisie import engine
from intervisie.enums import Invitation
from intervisie.models import Participant, Session
from intervisie.queries import times_brought


def opening(session_id: UUID) -> engine.Open:
    """The first command of every log: the method, who is here, and the cases they prepared."""
    session = Session.objects.get(pk=session_id)
    seats = (
        Participant.objects.filter(session=session, invitation=Invitation.ACCEPTED, removed_at__isnull=True)
        .select_related("user", "case")
        .order_by("seat")
    )
    brought = times_brought(session, [participant.user_id for participant in seats])
    people = tuple(person_of(participant, brought.get(participant.user_id, 0)) for participant in seats)
    cases = {participant.seat: case for participant in seats if (case := case_of(participant))}
    chosen = session.chosen_seat if session.chosen_seat in cases else None
    return engine.Open(engine.parse(session.method), people, cases, chosen)


def person_of(participant: Participant, brought: int) -> engine.Person:
    user = participant.user
    return engine.Person(
        seat=participant.seat,
        name=user.get_full_name(),
        short=user.table_name,
        initials=user.initials,
        org=user.organisation,
        cast=participant.role,
        brought=brought,
    )


def case_of(participant: Participant) -> engine.CaseText | None:
    case = participant.case
    if case is None:
        return None
    return engine.CaseText(
        title=case.title,
        question=case.question,
        situation=case.situation,
        own_role=case.own_role,
        parties=tuple(case.parties),
        outcome=case.outcome,
    )
