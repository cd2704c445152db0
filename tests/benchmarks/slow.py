"""Our application with one page more, which keeps a connection to the database busy for 100 ms."""

from asgi import application  # isort: skip (sets Django up)
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tafelronde import urls

ADDRESS = "bench/slow/"
SECONDS = 0.1


def slow(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [SECONDS])
    return HttpResponse("Slow.")


urls.urlpatterns.insert(0, path(ADDRESS, slow))

__all__ = ["application"]
