"""Who is on the other side of a socket: read from the log-in, once at the start and again whenever rights change."""

import hashlib
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user

from intervisie.enums import CastRole, Invitation, SessionStatus
from intervisie.models import Participant, Session
from intervisie.realtime import protocol
from tafelronde.accounts.models import LogIn
from tafelronde.accounts.rules import needs_second_step_to_lead


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody with a seat in a session that can be entered."""

    session_id: UUID
    user_id: int
    seat: int
    login: str
    language: str


def login_of(scope: dict[str, Any]) -> tuple[str, str]:
    """Log-in key and language from the cookies of the handshake; empty where there are none."""
    cookies = SimpleCookie()
    for name, value in scope.get("headers", []):
        if name == b"cookie":
            cookies.load(value.decode("latin-1"))
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    language = cookies.get(settings.LANGUAGE_COOKIE_NAME)
    return (key.value if key else "", language.value if language else "")


def key_of(login: str) -> str:
    """What may be told of a log-in between processes: enough to know it by, useless to log in with."""
    return hashlib.sha256(login.encode()).hexdigest()[:24]


def admit(session_id: UUID, login: str, language: str) -> Admission | int:
    """The admission, or the code to close the socket with. Reads the database."""
    store = LogIn.get_session_store_class()(login)
    user = get_user(SimpleNamespace(session=store)) if login else None  # type: ignore[arg-type]
    if user is None or not user.is_authenticated or not user.is_active:
        return protocol.LOGGED_OUT
    status = Session.objects.filter(pk=session_id).values_list("status", flat=True).first()
    if status is None:
        return protocol.NO_SESSION
    seat = (
        Participant.objects.filter(
            session_id=session_id, user=user, invitation=Invitation.ACCEPTED, removed_at__isnull=True
        )
        .only("seat", "role")
        .first()
    )
    if seat is None or (seat.role == CastRole.FACILITATOR and needs_second_step_to_lead(user)):
        return protocol.NO_ACCESS
    if status == SessionStatus.ERASED:
        return protocol.ERASED
    if status == SessionStatus.CANCELLED:
        return protocol.NO_SESSION
    offered = dict(settings.LANGUAGES)
    spoken = next((word for word in (language, user.language) if word in offered), settings.LANGUAGE_CODE)
    return Admission(session_id, user.pk, seat.seat, login, spoken)
