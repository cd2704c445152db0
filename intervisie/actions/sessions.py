"""Writes around the live room: planning, inviting, answering, and deleting what was said. The room itself: perform."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.models import Community, Meeting
from intervisie import notifications, queries, rooms, rules
from intervisie.actions.perform import admit_participant, remove_participant
from intervisie.enums import CastRole, Invitation, SessionStatus
from intervisie.models import Case, Entry, Guest, Participant, Session, Snapshot
from intervisie.signals import rights_changed
from tafelronde.accounts.actions import invite

if TYPE_CHECKING:
    from tafelronde.accounts.models import User


REMINDED_BEFORE = timedelta(days=1)


class NoFacilitator(Exception):
    """A session without anybody who leads it cannot be played."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the organiser decides about a session. `method` is the method's JSON."""

    title: str
    method: dict[str, Any]
    starts_at: datetime
    meeting: Meeting | None = None
    video_url: str = ""


@transaction.atomic
def plan_session(
    user: "User",
    plan: Plan,
    *,
    community: Community | None,
    cast: "Sequence[tuple[User, CastRole]]",
    guests: Iterable[str] = (),
    case: Case | None = None,
) -> Session:
    """A new session with its seats in the order of `cast`; everybody but `user` is invited by mail.

    `guests` are addresses without an account. With `case` the choice is made beforehand: it is that of `user`, who
    needs a seat then. Raises PermissionDenied where `user` may not plan, NoFacilitator where nobody leads.
    """
    if not rules.may_plan(user, community) or (case and not rules.may_see_case(user, case)):
        raise PermissionDenied
    session = Session.objects.create(
        organiser=user,
        community=community,
        meeting=plan.meeting,
        title=plan.title,
        method_id=plan.method["id"],
        method=plan.method,
        starts_at=plan.starts_at,
        video_url=plan.video_url,
    )
    _invite(session, cast, guests, by=user)
    _require_facilitator(session)
    if case:
        seat = session.participants.get(user=user)
        session.participants.filter(pk=seat.pk).update(case=case)
        session.chosen_seat = seat.seat
        session.save(update_fields=["chosen_seat"])
    return session


@transaction.atomic
def edit_session(user: "User", session: Session, plan: Plan) -> None:
    """Changes a session that has not begun; tells the invited by mail if another day, hour or video link was chosen.

    Raises PermissionDenied for who may not, also where it began a moment ago.
    """
    session = _locked(session, rules.may_edit_session, user)
    moved = (session.starts_at, session.video_url) != (plan.starts_at, plan.video_url)
    session.title, session.meeting, session.video_url = plan.title, plan.meeting, plan.video_url
    session.method_id, session.method = plan.method["id"], plan.method
    session.starts_at = plan.starts_at
    session.sequence += moved
    session.save(
        update_fields=[
            "title", "meeting", "video_url", "method_id", "method", "starts_at", "sequence"
        ]
    )  # fmt: skip
    if moved:
        notifications.tell_moved(session)


@transaction.atomic
def cancel_session(user: "User", session: Session) -> None:
    """Calls a session off; the invited get a mail and their cases stay with them. A second time does nothing."""
    if _already(session, SessionStatus.CANCELLED):
        return
    session = _locked(session, rules.may_edit_session, user)
    session.status = SessionStatus.CANCELLED
    session.sequence += 1
    session.save(update_fields=["status", "sequence"])
    session.participants.update(case=None)
    session.guests.all().delete()
    notifications.tell_cancelled(session)
    _then(partial(rights_changed.send, sender=None, session_id=session.pk, user_id=None))


@transaction.atomic
def invite_to_session(
    user: "User", session: Session, *, cast: "Sequence[tuple[User, CastRole]]", guests: Iterable[str] = ()
) -> None:
    """Gives people a seat and a mail, also while it runs; who was removed before gets the old seat back."""
    session = _locked(session, rules.may_manage_participants, user)
    _invite(session, cast, guests, by=user)


@transaction.atomic
def uninvite_guest(user: "User", guest: Guest) -> None:
    """Takes back what an address without an account was asked."""
    _locked(guest.session, rules.may_manage_participants, user)
    guest.delete()


@transaction.atomic
def seat_guest(user: "User") -> None:
    """Somebody logs in: the sessions to which their address was asked get them as a participant."""
    for guest in Guest.objects.filter(email=user.email.lower()):
        session = Session.objects.select_for_update(of=("self",)).get(pk=guest.session_id)
        guest.delete()
        if session.status in rules.OPEN:
            _seat(session, [(user, CastRole.MEMBER)], by=None)  # the mail that led here was enough


@transaction.atomic
def change_role(user: "User", seat: Participant, *, role: CastRole) -> None:
    """Asks somebody for something else, before the start. Raises NoFacilitator where nobody would lead."""
    session = _locked(seat.session, rules.may_edit_session, user)
    seat.role = role
    if role != CastRole.MEMBER:
        seat.case = None
        _choose_at_the_table(session, seat)
    seat.save(update_fields=["role", "case"])
    _require_facilitator(session)
    _bring_up_to_date(seat)


@transaction.atomic
def remove_from_session(user: "User", seat: Participant) -> None:
    """Takes somebody's seat away; a live line of theirs ends at once. Raises NoFacilitator where nobody would lead."""
    session = _locked(seat.session, rules.may_manage_participants, user)
    seat.removed_at, seat.case = timezone.now(), None
    seat.save(update_fields=["removed_at", "case"])
    _choose_at_the_table(session, seat)
    _require_facilitator(session)
    _then(remove_participant, session.pk, seat)


@transaction.atomic
def answer_invitation(user: "User", session: Session, *, accept: bool) -> None:
    """Accepts or declines; the organiser hears of it. Answering may be done again until the session is over."""
    session = _locked(session, rules.may_answer, user)
    seat = session.participants.get(user=user)
    answer = Invitation.ACCEPTED if accept else Invitation.DECLINED
    if seat.invitation == answer:
        return
    seat.invitation = answer
    if not accept:
        seat.case = None
        _choose_at_the_table(session, seat)
    seat.save(update_fields=["invitation", "case"])
    notifications.tell_organiser(seat)
    if accept:
        _bring_up_to_date(seat)
    else:
        _then(remove_participant, session.pk, seat)


@transaction.atomic
def give_up_seats(user: "User") -> None:
    """For who closes the account: out of every session that did not begin. Who organises it hears of that.

    Who would lead goes too, as nobody can be kept; the organiser asks somebody else.
    """
    seats = user.seats.filter(session__status=SessionStatus.PLANNED, removed_at=None)
    for seat in seats.select_related("session__organiser").order_by("session_id"):
        session = Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)
        if session.status == SessionStatus.PLANNED:
            seat.invitation, seat.removed_at, seat.case = Invitation.DECLINED, timezone.now(), None
            seat.save(update_fields=["invitation", "removed_at", "case"])
            _choose_at_the_table(session, seat)
            if seat.session.organiser.is_active:
                notifications.tell_organiser(seat)
            _then(remove_participant, session.pk, seat)


@transaction.atomic
def bring_case(user: "User", session: Session, *, case: Case | None) -> None:
    """Lays a case of one's own ready for the session, or takes it back with None. Nobody else sees which.

    Taking back the one that was chosen beforehand leaves the choice to the group.
    """
    session = _locked(session, rules.may_bring_case, user)
    if case and not rules.may_see_case(user, case):
        raise PermissionDenied
    seat = session.participants.get(user=user)
    seat.case = case
    seat.save(update_fields=["case"])
    if case is None:
        _choose_at_the_table(session, seat)
    _bring_up_to_date(seat)


@transaction.atomic
def erase_session(user: "User", session: Session) -> None:
    """Deletes all that was said and written in a session. What stays: that it took place, when, and who was there.

    A second time does nothing. Raises PermissionDenied for who may not.
    """
    if _already(session, SessionStatus.ERASED):
        return
    session = _locked(session, rules.may_erase, user)
    Entry.objects.filter(session=session).delete()
    Snapshot.objects.filter(session=session).delete()
    session.guests.all().delete()
    session.participants.update(case=None, intention_on=None)
    now = timezone.now()
    session.status, session.erased_at, session.head = SessionStatus.ERASED, now, 0
    session.ended_at = session.ended_at or now
    session.title, session.video_url = session.neutral_title, ""
    session.save(update_fields=["status", "erased_at", "head", "ended_at", "title", "video_url"])
    _then(rooms.forget, session.pk)
    _then(partial(rights_changed.send, sender=None, session_id=session.pk, user_id=None))


@transaction.atomic
def remind_of_sessions(now: datetime | None = None) -> None:
    """One mail the day before a session, to who comes or has not answered. Doing it again does nothing."""
    now = now or timezone.now()
    for session in queries.sessions_between(now, now + REMINDED_BEFORE):
        notifications.remind(session, invited_before=session.starts_at - REMINDED_BEFORE)


def _locked(session: Session, rule: Any, user: "User") -> Session:
    """The row as it is now, held until the commit, if the rule still says yes."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if not rule(user, session):
        raise PermissionDenied
    return session


def _already(session: Session, status: SessionStatus) -> bool:
    return Session.objects.select_for_update(of=("self",)).get(pk=session.pk).status == status


def _invite(
    session: Session, cast: "Sequence[tuple[User, CastRole]]", guests: Iterable[str], *, by: "User"
) -> None:
    """Seats and mails for people with an account; for the others a mail with which they make one."""
    invited = _seat(session, cast, by=by)
    if invited:
        notifications.tell_invited(session, invited)
    page = reverse("intervisie:session", args=[session.pk])
    for email in guests:
        if Guest.objects.get_or_create(session=session, email=email)[1]:
            invite(by, email, next_url=page)


def _seat(session: Session, cast: "Iterable[tuple[User, CastRole]]", *, by: "User | None") -> list[int]:
    """A seat for who has none, numbered on from the last one. `by` has accepted already; the others' ids come back."""
    taken = dict(session.participants.values_list("user_id", "removed_at"))
    asked = []
    for person, role in cast:
        if person.pk in taken and taken[person.pk] is None:
            continue
        answer = Invitation.ACCEPTED if person == by else Invitation.INVITED
        sits = {"role": role, "invitation": answer, "removed_at": None}
        seat, _ = session.participants.update_or_create(
            user=person, defaults=sits, create_defaults={**sits, "seat": len(taken) + 1}
        )
        taken[person.pk] = None
        asked += [person.pk] if person != by else []
        _bring_up_to_date(seat)
    return asked


def _bring_up_to_date(seat: Participant) -> None:
    """Where the room is open already, it hears who sits here, cast as what, with which case."""
    if seat.invitation == Invitation.ACCEPTED:
        _then(admit_participant, seat.session_id, seat)


def _choose_at_the_table(session: Session, seat: Participant) -> None:
    """Where this seat's case was chosen beforehand, it no longer is."""
    if session.chosen_seat == seat.seat:
        session.chosen_seat = None
        session.save(update_fields=["chosen_seat"])


def _require_facilitator(session: Session) -> None:
    if not session.participants.filter(role=CastRole.FACILITATOR, removed_at=None).exists():
        raise NoFacilitator


def _then(verb: Callable[..., object], *arguments: object) -> None:
    transaction.on_commit(partial(verb, *arguments))
