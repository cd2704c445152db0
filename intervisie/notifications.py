"""Mail about sessions, with their calendar file. Neutral: never a title, a case, or a word of what was said."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from intervisie.enums import Invitation, SessionStatus
from intervisie.models import Participant, Session
from tafelronde.mail import send


def tell_invited(session_id: UUID, user_ids: Iterable[int]) -> None:
    """Asks people to come."""
    _send("invitation", _seats(session_id).filter(user__in=list(user_ids)))


def tell_moved(session_id: UUID) -> None:
    """Another day, hour or video link; to everybody but who declined and the organiser, who did it."""
    _send("moved", _awaited(session_id))


def tell_cancelled(session_id: UUID) -> None:
    _send("cancelled", _awaited(session_id))


def tell_organiser(session_id: UUID, user_id: int) -> None:
    """Somebody accepted or declined. Who organises needs no mail about the own answer."""
    seat = _seats(session_id).select_related("session__organiser").get(user=user_id)
    if seat.session.organiser_id != user_id:
        send("intervisie/answer", seat.session.organiser, {"seat": seat, "page": _page(seat.session)})


def calendar_file(session: Session) -> bytes:
    """The session for a calendar (RFC 5545): neutral title, no people, no video link."""
    event = Event()
    event.add("uid", str(session.pk))
    event.add("sequence", session.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", _("Intervisie"))
    event.add("url", f"{settings.SITE_URL}{_page(session)}")
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if session.status == SessionStatus.CANCELLED else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Tafelronde//Intervisie//NL")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()


def _page(session: Session) -> str:
    return reverse("intervisie:session", args=[session.pk])


def _seats(session_id: UUID) -> QuerySet[Participant]:
    return Participant.objects.filter(session=session_id, removed_at=None).select_related("user", "session")


def _awaited(session_id: UUID) -> QuerySet[Participant]:
    seats = _seats(session_id).exclude(invitation=Invitation.DECLINED)
    return seats.exclude(user=F("session__organiser"))


def _send(template: str, seats: Iterable[Participant]) -> None:
    for seat in seats:
        attachment = ("intervisie.ics", calendar_file(seat.session), "text/calendar")
        context = {"session": seat.session, "page": _page(seat.session)}
        send(f"intervisie/{template}", seat.user, context, attachments=[attachment])
