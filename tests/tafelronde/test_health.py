"""The addresses for who watches over the site: right, quick, kept by no cache."""

from threading import Event

import pytest
from django.db import DatabaseError, connections
from django.test import Client

from tafelronde import health


@pytest.fixture
def draining():
    health.stop_being_ready()
    yield
    health.ready = True


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_answers_whoever_asks_under_any_name_without_https(client, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(address, headers={"host": "10.0.0.7:8000"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"
    assert response.cookies == {}
    assert client.post(address).status_code == 405


def test_life_needs_no_database(client, monkeypatch):
    monkeypatch.setitem(connections.settings["default"], "NAME", "/nowhere/at/all")
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_draining_process_lives_but_is_not_ready(client, draining):
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"going down\n")
    assert response["Cache-Control"] == "no-store"


def _fails(self, *args):
    raise DatabaseError("no connection")


@pytest.fixture
def hangs():
    """Does not come back before the test is over; who waits for it all the same gets an answer."""
    over, cursor = Event(), type(connections["default"]).cursor

    def wait(self, *args):
        if over.wait(60):
            raise DatabaseError("too late")
        return cursor(self, *args)

    yield wait
    over.set()


def _says_no_database():
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (503, b"no database\n")


@pytest.mark.django_db
def test_not_ready_when_the_database_fails(monkeypatch):
    """What Django's own connection does when the database is away is put in its place for a moment."""
    monkeypatch.setattr(type(connections["default"]), "cursor", _fails)
    _says_no_database()


@pytest.mark.django_db
def test_readiness_waits_for_the_database_only_so_long(monkeypatch, hangs):
    monkeypatch.setattr(health, "SECONDS", 0.1)
    monkeypatch.setattr(type(connections["default"]), "cursor", hangs)
    _says_no_database()
