"""Asks an address as somebody, leaves no trace, and says in a word or two what came back."""

import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

from tests.addresses.routes import DESK
from tests.addresses.rows import NOTHING_IS
from tests.addresses.scene import WANTED, Scene
from tests.addresses.table import OTHER

# What goes along, so that a view which does listen has something to read.
SENT = {method: {"data": "{}", "content_type": "application/json"} for method in OTHER}
READS = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")  # what all other SQL is not


def _for_now() -> transaction.Atomic:
    """A block in which also what insists on the outermost transaction may be done, as in Django's own TestCase."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    return block


class _Browser(RequestFactory):
    """Django's test client without its memory: copies of all that templates were given take half of the time."""

    def __init__(self) -> None:
        super().__init__()
        self._handler = ClientHandler(enforce_csrf_checks=False)  # a right is more than a token

    def request(self, **environ: Any) -> HttpResponseBase:  # type: ignore[override]
        return self._handler(self._base_environ(**environ))


class Asker:
    """One scene, asked again and again. Raises nothing: what fails is an answer too."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.things = {**NOTHING_IS, "wanted": WANTED, **scene.things}
        self._browser = _Browser()
        self._doors = {reverse("account_login"), reverse("admin_login")}
        self._written: set[str] = set()

    def path(self, address: str) -> str:
        """The address with things in the place of their names. Raises KeyError for an unknown name."""
        return re.sub(r"{([^}]+)}", lambda name: quote(self.things[name[1]]), address)

    def ask(self, method: str, path: str, role: str) -> HttpResponseBase:
        """The answer, with nothing changed by it: no row, no log-in, no count of attempts. `wrote` names tables."""
        known = {} if role == "visitor" else {settings.SESSION_COOKIE_NAME: self.scene.cookies[role]}
        self._browser.cookies = SimpleCookie(known)
        if method == "POST":
            cache.clear()
        self._written = set()
        with _for_now(), connection.execute_wrapper(self._note):
            answer = getattr(self._browser, method.lower())(path, **SENT.get(method, {}))
            answer.text_shown = b"".join(answer)  # type: ignore[attr-defined]
            transaction.set_rollback(True)
        answer.wrote = self._written  # type: ignore[attr-defined]
        return answer

    def _note(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Notes in which table something is written: the name in `INSERT INTO name`, `UPDATE name`, `DELETE FROM name`."""
        if not sql.lstrip("( ").upper().startswith(READS):  # what is joined begins with a bracket
            words = sql.replace('"', " ").split()
            self._written.add(words[1 if words[0] == "UPDATE" else 2])
        return execute(sql, *rest)

    def word(self, answer: HttpResponseBase, address: str) -> str:
        """A status, and for a redirect where to: "login", or an address with the names of the things in it."""
        if "Location" not in answer:
            return str(answer.status_code)
        goal = urlsplit(answer["Location"]).path
        if goal in self._doors:
            return "login"
        if goal == self.path(address).split("?")[0]:
            return f"{answer.status_code} here"
        for name in re.findall(r"{([^}]+)}", address):
            goal = re.sub(rf"(?<=/){re.escape(quote(self.things[name]))}(?=[/-])", f"{{{name}}}", goal)
        return f"{answer.status_code} {re.sub(r'(?<=/)[0-9]+(?=/)', '*', goal)}"

    def shown(self, answer: HttpResponseBase, path: str) -> list[str]:
        """The names of the secrets in this answer, headers and all. What stands in the address itself is no secret."""
        content = answer.text_shown  # type: ignore[attr-defined]
        headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
        text = f"{headers}\n{answer.cookies.output()}\n{content.decode(errors='replace')}".lower()
        secrets = self.scene.secrets.items()
        return [name for name, one in secrets if one.word in text and one.word not in path.lower()]

    def leaks(self, answer: HttpResponseBase, path: str, role: str) -> list[str]:
        """The names of the secrets in this answer that this role may not read at this address."""
        return [name for name in self.shown(answer, path) if role not in self.readers(name, path)]

    def readers(self, secret: str, path: str) -> frozenset[str]:
        """The roles that may read this secret at this address."""
        desk = path.startswith(f"/{DESK}")
        return self.scene.secrets[secret].desk if desk else self.scene.secrets[secret].site
