"""Who may do what with cases and sessions. Nobody has rights by being a superuser or a coordinator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communities.enums import MembershipStatus
from intervisie.enums import CastRole, Invitation, SessionStatus

if TYPE_CHECKING:
    from communities.models import Community
    from intervisie.models import Case, Participant, Session
    from tafelronde.accounts.models import User

BEFORE = (SessionStatus.PLANNED,)
OPEN = (SessionStatus.PLANNED, SessionStatus.RUNNING)
WITH_ROOM = (SessionStatus.PLANNED, SessionStatus.RUNNING, SessionStatus.ENDED)
WITH_CONTENT = (SessionStatus.RUNNING, SessionStatus.ENDED)


def seat_of(user: User, session: Session) -> Participant | None:
    """The seat of `user`, or None for who was not asked or was removed. One query, none where seats are prefetched."""
    seats = (seat for seat in session.participants.all() if seat.user_id == user.pk)
    return next((seat for seat in seats if seat.removed_at is None), None)


def is_facilitator(user: User, session: Session) -> bool:
    seat = seat_of(user, session)
    return seat is not None and seat.role == CastRole.FACILITATOR


# Cases


def may_see_case(user: User, case: Case) -> bool:
    """The owner alone. What a session sees of a case is the copy that the owner brought in."""
    return case.owner_id == user.pk


def may_delete_case(user: User, case: Case) -> bool:
    """The owner, but not while the case lies on a table."""
    return (
        may_see_case(user, case) and not case.brought.filter(session__status=SessionStatus.RUNNING).exists()
    )


# Sessions


def may_plan(user: User, community: Community | None) -> bool:
    """Outside a leerkring anybody with an account, inside one its active members."""
    if not user.is_authenticated:
        return False
    return (
        community is None or community.memberships.filter(user=user, status=MembershipStatus.ACTIVE).exists()
    )


def may_see_session(user: User, session: Session) -> bool:
    """That it takes place, when, and who is asked: the organiser and who is asked, declined or not."""
    return session.organiser_id == user.pk or seat_of(user, session) is not None


def may_edit_session(user: User, session: Session) -> bool:
    """Also: may cancel it."""
    return session.organiser_id == user.pk and session.status in BEFORE


def may_manage_participants(user: User, session: Session) -> bool:
    return session.organiser_id == user.pk and session.status in OPEN


def may_answer(user: User, session: Session) -> bool:
    return session.status in OPEN and seat_of(user, session) is not None


def may_bring_case(user: User, session: Session) -> bool:
    """Who leads, watches or takes notes brings nothing; after the start cases are pitched in the room itself."""
    seat = seat_of(user, session)
    return (
        session.status in BEFORE
        and seat is not None
        and seat.role == CastRole.MEMBER
        and seat.invitation != Invitation.DECLINED
    )


def may_enter_room(user: User, session: Session) -> bool:
    """Who accepted. The agreement on confidentiality is made in the room, before anything is shown."""
    seat = seat_of(user, session)
    return session.status in WITH_ROOM and seat is not None and seat.invitation == Invitation.ACCEPTED


def may_see_harvest(user: User, session: Session) -> bool:
    """Who accepted and agreed to confidentiality, once the session is over and as long as its content is there."""
    seat = seat_of(user, session)
    return (
        session.status == SessionStatus.ENDED
        and seat is not None
        and seat.invitation == Invitation.ACCEPTED
        and seat.agreed_at is not None
    )


def may_erase(user: User, session: Session) -> bool:
    """The organiser may, without having been able to read it; so may whoever leads."""
    return session.status in WITH_CONTENT and (
        session.organiser_id == user.pk or is_facilitator(user, session)
    )
