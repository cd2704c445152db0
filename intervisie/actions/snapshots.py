"""Snapshots of long logs: a cache, so that a room is rebuilt without replaying all that was ever done in it."""

import logging
from collections.abc import Iterable

from django.db import Error

from intervisie import rooms
from intervisie.actions.batch import Work
from intervisie.models import Snapshot

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
            Snapshot.objects.update_or_create(
                session_id=session_id, defaults={"seq": seq, "payload": payload}
            )
        except Error as fault:
            logger.warning("No snapshot was taken: %s", type(fault).__name__)
