"""The provider of tests/support/openid.py as a process of its own, and people who come from there."""

import json
import subprocess
import sys
import urllib.request
from typing import Any

from tests.support.pages import Answer, Browser
from tests.support.server import ROOT, free_port, wait_for_port


class Provider:
    """The provider's process, and what its people and operators do there."""

    def __init__(self, callback: str, port: int | None = None) -> None:
        self.port = port or free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        words = [sys.executable, "-m", "tests.support.openid", str(self.port), callback]
        self.process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for_port(self.port, self.process)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    def lie(self, **lies: Any) -> None:
        self._post("/lie", lies)

    def consent(self, address: str, person: dict[str, Any] | None) -> str:
        """Says yes as this person, or no: where the provider sends the browser then."""
        assert address.startswith(f"{self.issuer}/authorize?")
        return self._post(address.removeprefix(self.issuer), {"person": person}).goes_to

    def _post(self, path: str, words: dict[str, Any]) -> Answer:
        browser = Browser(self.issuer)
        request = urllib.request.Request(self.issuer + path, data=json.dumps(words).encode())
        request.add_header("Content-Type", "application/json")
        return browser._ask(request)


def somebody(name: str, **claims: Any) -> dict[str, Any]:
    return {
        "sub": f"sub-{name}",
        "email": f"{name}@kampen.example",
        "email_verified": True,
        "given_name": name.title(),
        "family_name": "Bekker",
        **claims,
    }


def came_back(browser: Browser, provider: Provider, person: dict[str, Any] | None) -> Answer:
    """From the button on the log-in page to what our callback answers."""
    return browser.get(provider.consent(browser.get("/account/openid/login/").goes_to, person))


def sign_up(browser: Browser, provider: Provider, person: dict[str, Any], **fields: str) -> Answer:
    assert came_back(browser, provider, person).goes_to == "/account/3rdparty/signup/"
    form = {
        "first_name": person["given_name"],
        "last_name": "Bekker",
        "organisation": "",
        "email": person["email"],
    }
    return browser.post("/account/3rdparty/signup/", **{**form, **fields})
