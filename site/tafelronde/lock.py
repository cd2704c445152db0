"""The lock on the data of the embedded mode: SQLite serves one server, and a restore wants none (settled 16)."""

import fcntl
from typing import IO

from django.conf import settings


def take() -> IO[str] | None:
    """Holds the lock until the file is closed or the process ends. None where another process has it."""
    lock = (settings.VAR_DIR / "server.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock
