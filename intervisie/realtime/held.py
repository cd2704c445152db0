"""Connections to the database that a thread of the room server keeps while it is busy: opening one costs more than a query."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import close_old_connections, connection

T = TypeVar("T")

RESTED = 1.0  # seconds without work, after which a connection is no longer trusted without a look

_mine = threading.local()


def with_held_connection(function: Callable[..., T], *arguments: object) -> T:
    """Calls the function in this thread, on a new connection where the last one failed or rested."""
    if connection.errors_occurred or time.monotonic() - getattr(_mine, "worked_at", 0.0) > RESTED:
        close_old_connections()
    result = function(*arguments)
    _mine.worked_at = time.monotonic()
    return result
