"""Whatever ends a log-in or the right to be somewhere ends the live lines at once. Real sockets, a running server."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.support.client import RoomClient
from tests.support.pages import Browser
from tests.support.server import Server

pytestmark = pytest.mark.server

LOGGED_OUT, NO_ACCESS = 4401, 4403
AT_ONCE = 15.0  # seconds, half of what it takes where nobody says that a log-in ended
PASSWORD, NEW_PASSWORD = "een-lange-zin-voor-tests", "vijf-warme-truien"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(Path(tmp_path_factory.mktemp("var")))
    server.migrate()
    server.start()
    yield server
    server.stop()


def in_shell(server: Server, code: str) -> str:
    """What this code prints, run on the server's data."""
    return server.manage("shell", "-v0", "-c", code).strip().splitlines()[-1]


def person(email: str) -> str:
    return f"__import__('tafelronde.accounts.models', fromlist=['User']).User.objects.get(email={email!r})"


class Table:
    """A running session with somebody at seat 2 who is logged in on two devices, and the facilitator as a witness."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.scene = server.scene(people=3, method="INC6", agree=True)
        self.cookie = self.scene["cookie"]
        self.email = self.scene["people"][1]["email"]
        self.id = in_shell(
            server, f"u = {person(self.email)}; u.set_password({PASSWORD!r}); u.save(); print(u.pk)"
        )
        self.here, self.elsewhere = (self.browser(self.new_log_in(self.email)) for _ in range(2))
        self.organiser = self.browser(self.scene["people"][0]["key"])

    def new_log_in(self, email: str) -> str:
        return self.server.scene(log_in=[email])[email]

    def browser(self, key: str) -> Browser:
        return Browser(self.server.origin, {self.cookie: key})

    def line(self, key: str) -> RoomClient:
        return RoomClient(self.server.origin, self.scene["session"], self.cookie, key)


def play(server: Server, act: Callable[[Table], Any], *, here: list[int], elsewhere: list[int]) -> None:
    """Opens a line on both devices, acts, and looks which lines closed at once, with which code.

    What is said after that reaches nobody whose line should be closed.
    """
    table = Table(server)
    keys = [one.cookies[table.cookie] for one in (table.here, table.elsewhere, table.organiser)]

    async def journey() -> None:
        async with AsyncExitStack() as stack:
            mine, other, lead = [await stack.enter_async_context(table.line(key)) for key in keys]
            await asyncio.to_thread(act, table)
            async with asyncio.timeout(AT_ONCE):
                while (mine.closes, other.closes) != (here, elsewhere):
                    await asyncio.sleep(0.02)
            await lead.do("stop", text="na het einde", anonymous=False)
            for line, closes in ((mine, here), (other, elsewhere)):
                if closes:
                    assert not [text for text in line.raw if "na het einde" in text]
                else:
                    await line.until(lambda view: view["stops"])
            assert lead.closes == []

    asyncio.run(journey())


def test_logging_out(server: Server) -> None:
    play(server, lambda table: table.here.post("/account/logout/"), here=[LOGGED_OUT], elsewhere=[])


def test_logging_out_on_one_other_device(server: Server) -> None:
    def act(table: Table) -> None:
        handle = hashlib.sha256(table.elsewhere.cookies[table.cookie].encode()).hexdigest()
        table.here.post(f"/account/2fa/logins/{handle}/end/", page="/account/2fa/")

    play(server, act, here=[], elsewhere=[LOGGED_OUT])


def test_logging_out_everywhere_else(server: Server) -> None:
    def act(table: Table) -> None:
        table.here.post("/account/2fa/logins/end/", page="/account/2fa/")

    play(server, act, here=[], elsewhere=[LOGGED_OUT])


def test_a_new_password(server: Server) -> None:
    """The key of the log-in that changed it is renewed, so its line comes back with the next page."""

    def act(table: Table) -> None:
        fields = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
        table.here.post("/account/password/change/", **fields)
        assert table.here.get("/profiel/").status == 200

    play(server, act, here=[LOGGED_OUT], elsewhere=[LOGGED_OUT])


def test_a_password_that_was_forgotten(server: Server) -> None:
    def act(table: Table) -> None:
        token = "from allauth.account.forms import default_token_generator as tokens"
        key = in_shell(server, f"{token}; print(tokens.make_token({person(table.email)}))")
        visitor = table.browser("")
        uid = in_shell(
            server,
            f"from allauth.account.utils import user_pk_to_url_str as uid; print(uid({person(table.email)}))",
        )
        page = visitor.get(f"/account/password/reset/key/{uid}-{key}/").goes_to
        assert visitor.post(page, password1=NEW_PASSWORD).goes_to == "/account/password/reset/key/done/"

    play(server, act, here=[LOGGED_OUT], elsewhere=[LOGGED_OUT])


def test_a_deactivated_account(server: Server) -> None:
    def act(table: Table) -> None:
        boss = table.scene["people"][2]["email"]
        in_shell(server, f"u = {person(boss)}; u.is_staff = u.is_superuser = True; u.save(); print(u.pk)")
        fields = {"email": table.email, "first_name": "Joris", "last_name": "Bekker", "language": "nl"}
        answer = table.browser(table.new_log_in(boss)).post(
            f"/beheer/django/accounts/user/{table.id}/change/", **fields
        )
        assert answer.goes_to, answer.text

    play(server, act, here=[LOGGED_OUT], elsewhere=[LOGGED_OUT])


def test_a_closed_account(server: Server) -> None:
    def act(table: Table) -> None:
        table.here.post("/profiel/sluiten/", password=PASSWORD)

    play(server, act, here=[LOGGED_OUT], elsewhere=[LOGGED_OUT])


def test_removal_from_the_session(server: Server) -> None:
    def act(table: Table) -> None:
        page = f"/intervisie/{table.scene['session']}/mensen/"
        answer = table.organiser.post(f"{page}2/weg/", page=page)
        assert answer.goes_to, answer.text

    play(server, act, here=[NO_ACCESS], elsewhere=[NO_ACCESS])
