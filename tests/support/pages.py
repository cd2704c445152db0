"""A browser without a screen, for tests with a running server: follows nothing, keeps cookies, fills in forms."""

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from email.message import Message
from html import unescape


@dataclass
class Answer:
    status: int
    headers: Message
    text: str

    @property
    def goes_to(self) -> str:
        """Where it sends the browser; empty where it does not."""
        return self.headers.get("Location", "")


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class Browser:
    """`origin` is the server's; addresses may be paths of it or whole addresses elsewhere, which get no cookies."""

    def __init__(self, origin: str, cookies: dict[str, str] | None = None) -> None:
        self.origin = origin
        self.cookies = {name: value for name, value in (cookies or {}).items() if value}
        self._opener = urllib.request.build_opener(_StayHere)

    def get(self, address: str) -> Answer:
        return self._ask(urllib.request.Request(urllib.parse.urljoin(self.origin, address)))

    def post(self, address: str, page: str = "", **fields: str | None) -> Answer:
        """Posts a form as it stands on `page` (the address itself, if none is given), with these fields."""
        fields = {"csrfmiddlewaretoken": self.token(page or address), **fields}
        data = urllib.parse.urlencode({name: value for name, value in fields.items() if value is not None})
        request = urllib.request.Request(urllib.parse.urljoin(self.origin, address), data=data.encode())
        request.add_header("Origin", self.origin)
        return self._ask(request)

    def token(self, page: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(page).text)
        assert found, f"{page} has no form"
        return found[1]

    def _ask(self, request: urllib.request.Request) -> Answer:
        ours = request.full_url.startswith(self.origin)
        if ours and self.cookies:
            request.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        try:
            with self._opener.open(request) as answer:
                return self._read(answer, ours)
        except urllib.error.HTTPError as answer:  # also what is no error, as redirects are not followed
            with answer:
                return self._read(answer, ours)

    def _read(self, answer: "urllib.response.addinfourl", ours: bool) -> Answer:
        for line in answer.headers.get_all("Set-Cookie", []) if ours else []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return Answer(answer.status or 0, answer.headers, unescape(answer.read().decode()))
