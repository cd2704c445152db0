"""Is this process alive, and may it be sent visitors? For whoever watches over it; says nothing else."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

# Turned off while the process drains; the addresses below are all that reads it.
ready = True


def stop_being_ready() -> None:
    global ready
    ready = False


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def readiness(request: HttpRequest) -> HttpResponse:
    """200 when visitors can come, 503 while draining or without a database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database\n", content_type="text/plain", status=503)
    if not ready:
        return HttpResponse("going down\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
