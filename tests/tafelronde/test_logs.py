"""The log says what happened to a request and where an error arose, and nothing that anybody typed."""

import ast
import json
import logging
import re
import subprocess
import sys
from http.client import HTTPConnection
from io import StringIO
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from tafelronde.accounts.actions import invite
from tafelronde.logs import JsonLines
from tafelronde.urls import urlpatterns as site_urls
from tests.architecture import sources
from tests.intervisie.factories import CASE, do, make_session
from tests.support.server import ROOT, Server, free_port
from tests.tafelronde.factories import PASSWORD, make_user

CANARY = "kanarie"
LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}


def breaks(request, token):
    """As a database does: the message of the error quotes what it was given."""
    try:
        raise DatabaseError(f"Key (text)=({request.POST.get('text')}) exists")
    except DatabaseError as error:
        raise ValueError(f"{token} {request.POST}") from error


def tells(request):
    """A library that logs more than it should."""
    library = logging.getLogger("a.library")
    library.warning("Could not read %s", CANARY)
    library.warning(f"Could not read {CANARY}")
    return HttpResponse("ok")


urlpatterns = [path("kapot/<str:token>/", breaks), path("praat/", tells), *site_urls]


@pytest.fixture
def lines(monkeypatch):
    """What a production log would hold: a function that gives its lines as objects."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def requests_in(lines):
    return [line for line in lines() if line["logger"] == "tafelronde.logs"]


@pytest.mark.django_db
def test_request_is_one_line_of_known_fields(client, lines):
    response = client.get("/robots.txt?next=/kanarie/", headers={"user-agent": CANARY})
    (line,) = requests_in(lines)
    assert line.keys() == {"time", "level", "logger", "request", "method", "route", "status", "ms"}
    assert (line["method"], line["route"], line["status"]) == ("GET", "robots.txt", 200)
    assert line["request"] == response["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", line["request"])
    assert CANARY not in json.dumps(line)


@pytest.mark.django_db
def test_every_request_has_a_number_of_its_own(client, lines):
    assert len({client.get("/robots.txt")["X-Request-ID"] for _ in range(3)}) == 3


@pytest.mark.django_db
def test_address_that_nobody_knows_is_not_repeated(client, lines):
    client.get(f"/{CANARY}.php?{CANARY}")
    client.generic(CANARY.upper(), "/robots.txt")
    first, second = requests_in(lines)
    assert (first["route"], first["status"]) == (None, 404)
    assert second["method"] == "other"
    assert CANARY not in json.dumps(lines()).lower()


@pytest.mark.django_db(transaction=True)
def test_nothing_that_was_typed_is_in_the_log(client, lines):
    """Accounts, passwords, reset links, invitations, cases, contributions: through the forms and the room."""
    user = make_user(f"{CANARY}@voorbeeld.test", first_name="Kanarie", is_superuser=True)
    client.post("/account/login/", {"login": user.email, "password": f"{CANARY}-fout"})
    client.post("/account/password/reset/", {"email": user.email})
    reset = re.search(r"http\S+(/account/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    client.get(reset, follow=True)
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    invite(user, f"{CANARY}-gast@voorbeeld.test")
    token = re.search(r"/uitnodiging/([^/\s]+)/", mail.outbox[-1].body)[1]
    client.get(f"/uitnodiging/{token}/")
    client.post(reverse("intervisie:case_new"), {**CASE, "parties": "x", "situation": CANARY, "title": ""})
    client.post(reverse("intervisie:case_new"), {**CASE, "parties": "x", "situation": CANARY})
    session = make_session(user, title=CANARY)
    room = reverse("intervisie:room", args=[session.pk])
    do(session, user, "agree")
    for words in ({"do": "chat", "text": CANARY}, {"do": CANARY, "text": CANARY}):
        client.post(room, {**words, "id": str(uuid4())})
    text = json.dumps(lines()).lower()
    assert len(requests_in(lines)) > 8
    for secret in (CANARY, token.lower(), reset.lower(), PASSWORD, "voorbeeld.test", str(session.pk)):
        assert secret not in text, secret


@pytest.mark.django_db
def test_error_is_told_by_type_and_place_alone(settings, lines):
    settings.ROOT_URLCONF = __name__
    response = Client(raise_request_exception=False).post(
        f"/kapot/{CANARY}-token/?q={CANARY}", {"text": CANARY}
    )
    assert response.status_code == 500
    text = json.dumps(lines())
    assert CANARY not in text
    (line,) = [line for line in lines() if line["level"] == "ERROR"]
    assert [error["type"] for error in line["error"]] == ["ValueError", "django.db.utils.DatabaseError"]
    assert re.fullmatch(r"tests/tafelronde/test_logs.py:\d+ in breaks", line["error"][0]["at"][-1])
    assert line["request"] == response["X-Request-ID"]
    assert requests_in(lines)[0]["route"] == "kapot/<str:token>/"


@pytest.mark.django_db
def test_values_that_a_library_logs_stay_out(settings, client, lines):
    settings.ROOT_URLCONF = __name__
    client.get("/praat/")
    first, second = [line for line in lines() if line["logger"] == "a.library"]
    assert re.fullmatch(r"Could not read %s \(tests/tafelronde/test_logs.py:\d+\)", first["message"])
    assert re.fullmatch(r"tests/tafelronde/test_logs.py:\d+", second["message"])


def test_our_own_code_logs_sentences_that_stand_in_the_code():
    """A text put together before it is logged could hold anything, so each one is written out."""
    calls = [
        (module, node)
        for module, source in sources()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and ast.unparse(node.func.value) in ("log", "logger")
    ]
    assert len(calls) > 3
    texts = [(module, node.args[1 if node.func.attr == "log" else 0]) for module, node in calls]
    assert [
        f"{module}: {ast.unparse(text)}" for module, text in texts if not isinstance(text, ast.Constant)
    ] == []


def test_errors_are_mailed_to_nobody():
    """Django's own handler would mail tracebacks with what was posted."""
    kinds = [
        type(handler).__name__
        for name in ("django", "django.request", "")
        for handler in logging.getLogger(name).handlers
    ]
    assert "AdminEmailHandler" not in kinds


@pytest.mark.server
def test_production_server_writes_json_without_content(tmp_path):
    port = free_port()
    production = {
        "TAFELRONDE_ENV": "production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "leerkring.test",
        "TRUSTED_PROXY_COUNT": "1",
        "origin": "https://leerkring.test",
    }
    server = Server(tmp_path, port, **production)
    server.migrate()
    server.manage("collectstatic", "--noinput", "-v0")
    with subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port), "--host", "127.0.0.1"],
        cwd=ROOT,
        env=server.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert "is ready" in process.stdout.readline()
        for method, address in (("GET", f"/{CANARY}/"), ("POST", "/account/login/"), ("GET", "/readyz")):
            line = HTTPConnection("127.0.0.1", port)
            head = {"Host": "leerkring.test", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
            line.request(method, f"{address}?{CANARY}", f"login={CANARY}&password={CANARY}", head)
            line.getresponse().read()
            line.close()
        process.terminate()
        _, said = process.communicate(timeout=60)
    entries = [json.loads(line) for line in said.splitlines()]
    assert [entry["status"] for entry in entries if "status" in entry] == [404, 403]
    assert CANARY not in said
