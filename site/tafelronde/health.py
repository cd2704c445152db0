"""Is this process alive, and may it be sent visitors? For whoever watches over it; says nothing else.

Answered before anything else looks at the request: whoever watches comes from inside, without https, under any name.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

SECONDS = 2.0  # to wait for the database
_asker = ThreadPoolExecutor(1, thread_name_prefix="readiness")

# Turned off while the process drains; the addresses below are all that reads it.
ready = True


def stop_being_ready() -> None:
    global ready
    ready = False


class HealthMiddleware:
    """Answers /healthz and /readyz; everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = ANSWERS.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return _say("only to be read\n", 405)
        return answer()


def alive() -> HttpResponse:
    return _say("ok\n", 200)


def readiness() -> HttpResponse:
    """200 when visitors can come, 503 while draining or without a database that answers in time."""
    if not ready:
        return _say("going down\n", 503)
    asked = _asker.submit(_database_answers)
    try:
        answered = asked.result(SECONDS)
    except TooLate:
        asked.cancel()
        answered = False
    if not answered:
        log.error("The database does not answer.")
        return _say("no database\n", 503)
    return _say("ok\n", 200)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except DatabaseError:
        return False
    finally:
        connection.close()


def _say(word: str, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(word, content_type="text/plain", status=status, headers=headers)


ANSWERS = {"/healthz": alive, "/readyz": readiness}
