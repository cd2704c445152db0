"""Mail servers on loopback: one that works or refuses (aiosmtpd), and one that hangs or hangs up where it is told to."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Post:
    """Takes mail and keeps it. `refusals` are answers to give instead, in turn: {"RCPT": ["451 later"]}."""

    def __init__(self, **refusals: list[str]) -> None:
        self.raw: list[bytes] = []
        self.receivers: list[str] = []
        self.refusals = refusals

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]  # type: ignore[misc]

    def _refusal(self, verb: str) -> str | None:
        answers = self.refusals.get(verb)
        return answers.pop(0) if answers else None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if refusal := self._refusal("RCPT"):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if refusal := self._refusal("DATA"):
            return refusal
        self.raw.append(envelope.content)
        self.receivers += envelope.rcpt_tos
        return "250 OK"


@contextmanager
def mail_server(post: Any) -> Iterator[int]:
    """The port of a server that hands everything to `post`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


class BadServer:
    """Speaks just enough SMTP, and at `at` ("greeting", "RCPT", "DATA" or "end") hangs, or hangs up.

    "end" is after the whole message and before the answer to it. `messages` counts how many came in whole; `reached` is
    set when a client gets to that point.
    """

    def __init__(self, at: str, *, hangs: bool) -> None:
        self.at, self.hangs = at, hangs
        self.messages = self.visits = 0
        self.reached, self._over = threading.Event(), threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "BadServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.visits += 1
            with line, line.makefile("rwb") as stream, suppress(OSError):
                self._talk(stream)

    def _talk(self, stream: Any) -> None:
        if self._stuck("greeting"):
            return
        self._say(stream, "220 loopback")
        for command in stream:
            verb = command[:4].strip().upper().decode()
            if self._stuck(verb):
                return
            if verb == "QUIT":
                return
            self._say(stream, "354 go on" if verb == "DATA" else "250 OK")
            if verb == "DATA":
                while stream.readline() not in (b".\r\n", b""):
                    pass
                self.messages += 1
                if self._stuck("end"):
                    return
                self._say(stream, "250 OK")

    def _stuck(self, point: str) -> bool:
        if point != self.at:
            return False
        self.reached.set()
        if self.hangs:
            self._over.wait(30)
        return True

    def _say(self, stream: Any, words: str) -> None:
        stream.write(f"{words}\r\n".encode())
        stream.flush()
