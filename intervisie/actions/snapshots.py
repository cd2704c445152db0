"""Snapshots of long logs: a cache, so that a room is rebuilt without replaying all that was ever done in it."""

import logging
from collections.abc import Iterable
from uuid import UUID

from django.db import Error, transaction

from intervisie import rooms
from intervisie.actions.batch import Work
from intervisie.enums import SessionStatus
from intervisie.models import Session, Snapshot

logger = logging.getLogger(__name__)

SNAPSHOT_EVERY = 1000  # entries; replaying that many takes less than a second


def snapshot_due(work: Work) -> bool:
    """Whether so much was written since the last one that it is time for the next."""
    return work.seq // SNAPSHOT_EVERY > work.began // SNAPSHOT_EVERY


def take_snapshots(works: Iterable[Work]) -> None:
    """Keeps what memory has of the sessions for which it is time, each in a transaction of its own."""
    for session_id in [work.room.session_id for work in works if snapshot_due(work)]:
        with rooms.turn:
            room = rooms.peek(session_id)
            if room is None:
                continue
            seq, payload = room.seq, rooms.snapshot_of(room)
        try:
            _keep(session_id, seq, payload)
        except Error as fault:
            logger.warning("No snapshot was taken: %s", type(fault).__name__)


@transaction.atomic
def _keep(session_id: UUID, seq: int, payload: bytes) -> None:
    """Not where the session was erased meanwhile: nothing of it may come back."""
    row = Session.objects.select_for_update().filter(pk=session_id, head__gte=seq)
    if row.exclude(status=SessionStatus.ERASED).exists():
        Snapshot.objects.update_or_create(session_id=session_id, defaults={"seq": seq, "payload": payload})
