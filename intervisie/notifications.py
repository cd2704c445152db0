"""Mail about sessions, with their calendar file. Neutral: never a title, a case, or a word of what was said."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from intervisie.enums import Invitation, SessionStatus
from intervisie.models import Participant, Session
from tafelronde import calendars
from tafelronde.accounts.models import User
from tafelronde.mail import Kind, send, send_all

_LETTER = "intervisie.notifications.letter_of_session"
_END = "intervisie.notifications.letter_of_end"
_REMINDER = "intervisie.notifications.reminder_of_session"
_ANSWER = "intervisie.notifications.letter_of_answer"
FILE_NAME = "intervisie.ics"


def tell_invited(session: Session, user_ids: Iterable[int]) -> None:
    """Asks people to come; who was removed and is asked again gets another mail."""
    people = User.objects.filter(pk__in=list(user_ids))
    send_all("intervisie/invitation", people, _values(session), writer=_LETTER, before=session.ends_at)


def tell_moved(session: Session) -> None:
    """Another day, hour or video link; to everybody but who declined and the organiser, who did it."""
    _tell("moved", session)


def tell_cancelled(session: Session) -> None:
    _tell("cancelled", session)


def tell_organiser(seat: Participant) -> None:
    """Somebody accepted or declined. Who organises needs no mail about the own answer."""
    organiser = seat.session.organiser
    if organiser.pk != seat.user_id:
        send("intervisie/answer", organiser, {"seat": seat.pk}, writer=_ANSWER, kind=Kind.ANSWERS)


def remind(session: Session, *, invited_before: datetime) -> None:
    """To everybody who did not decline, once for this hour; not to who was asked only after `invited_before`."""
    send_all(
        "intervisie/reminder",
        _people(_awaited(session.pk).filter(invited_at__lte=invited_before)),
        _values(session),
        writer=_REMINDER,
        kind=Kind.SESSION_REMINDERS,
        about=f"{session.pk}/{int(session.starts_at.timestamp())}",
        before=session.starts_at,
    )


def calendar_file(session: Session) -> bytes:
    """The session for any calendar: neutral title, no people, no video link."""
    return calendars.file_of(_event(session)).to_ical()


def letter_of_session(person: User, *, session: str) -> dict[str, Any] | None:
    """What a mail with the calendar file says when it leaves; None for who no longer has a seat."""
    seat = _seat(person, session)
    if seat is None or seat.session.status == SessionStatus.CANCELLED:
        return None  # that has its own mail
    return _words(seat) | {"calendar": _calendar_mail(seat)}


def letter_of_end(person: User, *, session: str) -> dict[str, Any] | None:
    seat = _seat(person, session)
    return _words(seat) | {"calendar": _calendar_mail(seat)} if seat else None


def reminder_of_session(person: User, *, session: str) -> dict[str, Any] | None:
    seat = _seat(person, session)
    if seat is None or seat.session.status != SessionStatus.PLANNED:
        return None
    return _words(seat)


def letter_of_answer(person: User, *, seat: int) -> dict[str, Any]:
    row = Participant.objects.select_related("user", "session").get(pk=seat)
    return {"seat": row, "page": _page(row.session)}


def _seat(person: User, session: str) -> Participant | None:
    """The seat of somebody who did not decline."""
    return _awaited(session).filter(user=person).select_related("session__organiser").first()


def _words(seat: Participant) -> dict[str, Any]:
    return {"session": seat.session, "page": _page(seat.session)}


def _calendar_mail(seat: Participant) -> tuple[str, Calendar]:
    return FILE_NAME, calendars.invitation_of(_event(seat.session), seat.user.email)


def _event(session: Session) -> Event:
    event = calendars.event(
        str(session.pk),
        session.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        cancelled=session.status == SessionStatus.CANCELLED,
    )
    event.add("summary", _("Intervisie"))
    event.add("url", f"{settings.SITE_URL}{_page(session)}")
    event.add("class", "PRIVATE")
    return event


def _page(session: Session) -> str:
    return reverse("intervisie:session", args=[session.pk])


def _values(session: Session) -> dict[str, str]:
    return {"session": str(session.pk)}


def _awaited(session_id: UUID | str) -> QuerySet[Participant]:
    seats = Participant.objects.filter(session=session_id, removed_at=None)
    return seats.exclude(invitation=Invitation.DECLINED).select_related("user", "session")


def _people(seats: QuerySet[Participant]) -> list[User]:
    return [seat.user for seat in seats]


def _tell(news: str, session: Session) -> None:
    """To everybody who may come but the organiser, once for this state of the session."""
    send_all(
        f"intervisie/{news}",
        _people(_awaited(session.pk).exclude(user=session.organiser_id)),
        _values(session),
        writer=_LETTER if news == "moved" else _END,
        about=f"{session.pk}/{session.sequence}",
    )
