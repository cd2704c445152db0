"""The hub of this process, and the signals that ring it."""

import asyncio
from collections.abc import Collection
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from intervisie import rooms, signals
from intervisie.actions import Outcome, Wish
from intervisie.realtime.bells import bells
from intervisie.realtime.hub import Hub
from intervisie.realtime.identity import key_of
from tafelronde.accounts.models import LogIn

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
    signals.caught_up.connect(_caught_up, dispatch_uid="hub-caught-up")
    signals.rights_changed.connect(_rights_changed, dispatch_uid="hub-rights")
    post_delete.connect(_login_ended, sender=LogIn, dispatch_uid="hub-login")
    post_save.connect(_person_saved, sender=get_user_model(), dispatch_uid="hub-person")


def _settled(results: list[tuple[Wish, Outcome]], moved: Collection[UUID], **_: Any) -> None:
    if _hub is not None:
        _hub.settle(results, moved)
    if moved:
        _ring(moved=[str(session_id) for session_id in moved])


def _caught_up(session_ids: Collection[UUID], **_: Any) -> None:
    if _hub is not None:
        _hub.settle([], session_ids)


def _rights_changed(session_id: UUID | None = None, user_id: int | None = None, **_: Any) -> None:
    if _hub is not None:
        _hub.recheck(session_id, user_id)
    _ring(rights=[str(session_id) if session_id else None, user_id])


def _login_ended(instance: LogIn, **_: Any) -> None:
    if instance.user_id is not None:
        transaction.on_commit(partial(_end_lines, key_of(instance.session_key)))


def _end_lines(key: str) -> None:
    if _hub is not None:
        _hub.end_login(key)
    _ring(ended=key)


def _person_saved(instance: Any, created: bool, **_: Any) -> None:
    if not created:
        transaction.on_commit(partial(_rights_changed, None, instance.pk))


def _ring(**bell: Any) -> None:
    """Tells the other processes, where there are any."""
    ours = bells()
    if ours is not None:
        ours.ring(**bell)
