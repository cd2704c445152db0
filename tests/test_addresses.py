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
from tests.addresses.faults import faults_of, wrongly_written
from tests.addresses.routes import DESK
from tests.addresses.rows import addresses, rows_of
from tests.addresses.scene import ROLES, build

PARTS = {
    "site": "communities_membership",
    "desk": "wagtailusers_userprofile",
}  # and a table that is written to


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


def test_who_is_refused_or_only_looks_may_write_little():
    wrote, own = {"communities_membership", "accounts_login"}, {"accounts_login"}
    assert wrongly_written("POST", "/kring/{kring}/verlaten/", "302 /start/", wrote) == set()
    assert wrongly_written("POST", "/kring/{kring}/verlaten/", "404", wrote) == wrote
    assert wrongly_written("HEAD", "/kring/{kring}/verlaten/", "200", wrote) == wrote
    assert wrongly_written("HEAD", "/account/2fa/totp/activate/", "200", wrote) == wrote - own
    assert wrongly_written("OPTIONS", "/account/2fa/totp/activate/", "200", own) == own


@pytest.mark.parametrize("part", PARTS)
def test_everybody_gets_the_answer_of_the_table_and_no_secret_of_others(part, asker, request):
    answers, read, written, faults = {}, defaultdict(set), set(), []
    for route, address in rows_of(part):
        path = asker.path(address)
        if lands_elsewhere(path, route):
            faults.append(f"{address} is not answered by {route}")
        given = ask_everything(asker, address)
        faults += faults_of(asker, address, given)
        written |= {name for answer in given.values() for name in answer.wrote}
        answers[address] = words_of(asker, address, given)
        for role in ROLES:
            for secret in asker.shown(given["GET", role], path):
                read[secret].add(role)
    found = table.lines(answers)
    faults += [
        f"the {secret} shows nowhere to the {role}"
        for secret in asker.scene.secrets
        for role in sorted(asker.readers(secret, path) - read[secret])
    ]
    assert not faults, "\n".join(faults)
    assert PARTS[part] in written
    if request.config.getoption("--write-addresses"):
        table.write(part, found)
    told = table.read(part)
    assert found == told, "\n".join(difflib.unified_diff(told, found, "the table", "the answers", n=0))


def ask_everything(asker, address):
    """Every answer by method and role. Looking for something is not asked for with POST, and the desk is not asked with
    HEAD: its views are not ours, and asking takes as long as with GET."""
    without = {"POST"} if "?" in address else set()
    without |= {"HEAD"} if address.startswith(f"/{DESK}") else set()
    methods = [method for method in table.METHODS if method not in without]
    return {
        (method, role): asker.ask(method, asker.path(address), role) for method in methods for role in ROLES
    }


def words_of(asker, address, given):
    """Method → a word for each role."""
    words = defaultdict(list)
    for (method, _role), answer in given.items():
        words[method].append(asker.word(answer, address))
    return words
