"""Every address of the site × method × role gets the answer of the tables in tests/addresses/, and shows no secret of others.

The tables are made by `make addresses`; who changes them says so in a review. docs/testing.md says how to read them.
"""

import difflib
from collections import defaultdict
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.core.files.storage import InMemoryStorage
from django.urls import resolve

from tafelronde import health
from tafelronde.accounts.models import User
from tests.addresses import table
from tests.addresses.asking import Asker
from tests.addresses.rows import addresses, rows_of
from tests.addresses.scene import ROLES, build

PARTS = ("site", "desk")
FAILS_ON_PURPOSE = "/beheer/failwhale/"  # of Wagtail, for who wants to see what a fault looks like


@pytest.fixture
def asker(db, settings, tmp_path, monkeypatch):
    """Everybody and everything, with files of its own."""
    monkeypatch.setattr(User._meta.get_field("photo"), "storage", InMemoryStorage(base_url="/foto/"))
    settings.MEDIA_ROOT = settings.MAILBOX_DIR = tmp_path
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 3600  # seconds; a slow machine may not change an answer
    cache.clear()
    return Asker(build())


def lands_elsewhere(path, route):
    """Whether another route than the one that was meant takes this path. Joined routes lose the signs at their ends."""
    bare = unquote(path.split("?")[0])
    return bare not in health.ANSWERS and resolve(bare).route.replace("^", "") != route.replace("^", "")


def test_every_address_has_a_row_and_every_row_an_address():
    """A new address without a row fails here: `make addresses` asks it, after it is said what its parameters stand for."""
    for part in PARTS:
        told = [line.split("\t")[0] for line in table.read(part)[1:]]
        assert list(dict.fromkeys(told)) == [address for _route, address in rows_of(part)], part


def test_address_of_a_kind_that_is_not_known_is_refused():
    with pytest.raises(LookupError, match="what 'shoe' stands for"):
        addresses("kring/<int:shoe>/")
    with pytest.raises(LookupError, match="an expression"):
        addresses(r"^kring/(\d+)/$")


@pytest.mark.parametrize("part", PARTS)
def test_everybody_gets_the_answer_of_the_table_and_no_secret_of_others(part, asker, request):
    answers, read = defaultdict(dict), defaultdict(set)
    elsewhere, leaks, failures = [], [], []
    for route, address in rows_of(part):
        path = asker.path(address)
        if lands_elsewhere(path, route):
            elsewhere.append(f"{address} is not answered by {route}")
        for method in ("GET",) if "?" in address else ("GET", "POST"):
            words = answers[address][method] = []
            for role in ROLES:
                answer = asker.ask(method, path, role)
                words.append(asker.word(answer, address))
                for secret in asker.shown(answer, path):
                    read[secret].add(role)
                    if role not in asker.readers(secret, path):
                        leaks.append(f"{method} {address} shows the {secret} to the {role}")
                if answer.status_code >= 500 and address != FAILS_ON_PURPOSE:
                    failures.append(f"{method} {address} fails for the {role}")
    found = table.lines(answers)
    unread = [
        f"the {secret} shows nowhere to the {role}"
        for secret in asker.scene.secrets
        for role in sorted(asker.readers(secret, path) - read[secret])
    ]
    assert (elsewhere, leaks, failures, unread) == ([], [], [], [])
    if request.config.getoption("--write-addresses"):
        table.write(part, found)
    told = table.read(part)
    assert found == told, "\n".join(difflib.unified_diff(told, found, "the table", "the answers", n=0))
