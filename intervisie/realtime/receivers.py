"""The hub of this process, and the signals that ring it."""

import asyncio
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models.signals import post_save

from intervisie import rooms, signals
from intervisie.actions import Outcome, Wish
from intervisie.realtime.hub import Hub

_hub: Hub | None = None


def hub_of(loop: asyncio.AbstractEventLoop) -> Hub:
    """The one hub of this process, made at the first socket."""
    global _hub
    if _hub is None or _hub.loop is not loop:
        _hub = Hub(loop)
    return _hub


def running_hub() -> Hub | None:
    """The hub, if any socket ever came in."""
    return _hub


def usable_cursor(frame: dict[str, Any]) -> int | None:
    """The cursor of a `hi` frame, if it is of this code's streams."""
    since = frame.get("since")
    if frame.get("e") != rooms.EPOCH or not isinstance(since, int) or isinstance(since, bool) or since < 0:
        return None
    return since


def connect() -> None:
    """Called once, when the app is ready."""
    signals.settled.connect(_settled, dispatch_uid="hub-settled")
    signals.rights_changed.connect(_rights_changed, dispatch_uid="hub-rights")
    user_logged_out.connect(_logged_out, dispatch_uid="hub-logout")
    post_save.connect(_person_saved, sender=get_user_model(), dispatch_uid="hub-person")


def _settled(results: list[tuple[Wish, Outcome]], sessions: list[UUID], **_: Any) -> None:
    if _hub is not None:
        _hub.settle(results, sessions)


def _rights_changed(session_id: UUID | None = None, user_id: int | None = None, **_: Any) -> None:
    if _hub is not None:
        _hub.recheck(session_id, user_id)


def _logged_out(request: Any, **_: Any) -> None:
    # The signal comes before the log-in is deleted, so there is nothing to look up: its lines end here.
    if _hub is not None and request is not None and request.session.session_key:
        _hub.end_login(request.session.session_key)


def _person_saved(instance: Any, created: bool, **_: Any) -> None:
    hub = _hub
    if hub is not None and not created:
        transaction.on_commit(lambda: hub.recheck(None, instance.pk))
