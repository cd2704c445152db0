"""Who is measured: each starts its server and says how its clients talk."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

from tests.benchmarks.process import ROOT, Process, free_port
from tests.benchmarks.swarm import Seat, Swarm

MEMBERS = 8
DATABASE = "tafelronde.sqlite3"


class Textbook:
    """The chat of the Channels tutorial on daphne, its layer in memory."""

    name = "textbook"

    def start(self) -> Process:
        port = free_port()
        command = [sys.executable, "-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(port)]
        return Process([*command, "tests.benchmarks.textbook.asgi:application"], port)

    def seats(self, rooms: range) -> list[list[Seat]]:
        headers = ("Host: localhost", "Origin: http://localhost")
        return [[Seat(f"/ws/chat/r{room}/", headers)] * MEMBERS for room in rooms]

    def swarm(self, port: int) -> Swarm:
        return Swarm(port, lambda text: json.dumps({"message": text}).encode())


class Raw(Textbook):
    """A bare broadcast with `websockets`, to the same clients."""

    name = "raw"

    def start(self) -> Process:
        port = free_port()
        return Process([sys.executable, "-m", "tests.benchmarks.raw", str(port)], port)


class Ours:
    """`manage.py serve` as in production, with SQLite. Every start has a fresh copy of the prepared data."""

    name = "ours"

    def __init__(self, folder: Path, rooms: int) -> None:
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        self._manage("migrate", "-v0")
        self._manage("demo", TAFELRONDE_ENV="development")
        self._manage("collectstatic", "--noinput", "-v0")
        made = json.loads(self.run([sys.executable, "-m", "tests.benchmarks.rooms", str(rooms)]))
        self.cookie, self.rooms = made["cookie"], made["rooms"]
        shutil.copy(folder / DATABASE, folder / "prepared.sqlite3")

    def start(self) -> Process:
        shutil.copy(self.folder / "prepared.sqlite3", self.folder / DATABASE)
        port = free_port()
        command = [sys.executable, "manage.py", "serve", "--host", "127.0.0.1", "--port", str(port)]
        return Process(command, port, self.env())

    def seats(self, rooms: range) -> list[list[Seat]]:
        return [
            [self._seat(room["session"], key) for key in room["keys"]]
            for room in self.rooms[rooms.start : rooms.stop]
        ]

    def swarm(self, port: int) -> Swarm:
        return Swarm(port, _say, beat=b'{"t":"beat"}')

    def _seat(self, session: str, key: str) -> Seat:
        headers = ("Host: localhost", "Origin: https://localhost", f"Cookie: {self.cookie}={key}")
        return Seat(f"/ws/sessie/{session}/", headers, b'{"t":"hi","v":1,"since":null}', b'"t":"hello"')

    def env(self, **other: str) -> dict[str, str]:
        """The settings of the server: production, behind a proxy that says https, without the limit on frames."""
        return {
            "TAFELRONDE_ENV": "production",
            "SECRET_KEY": "only-for-the-bench-" + "x" * 40,
            "ALLOWED_HOSTS": "localhost",
            "SITE_URL": "https://localhost",
            "TRUSTED_PROXY_COUNT": "1",
            "ROOM_FRAMES_PER_SECOND": "100000",
            "LOG_LEVEL": "WARNING",
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": "",
            **other,
        }

    def _manage(self, *words: str, **env: str) -> None:
        self.run([sys.executable, "manage.py", *words], **env)

    def run(self, command: list[str], **env: str) -> str:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **self.env(**env)},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout


def _say(text: str) -> bytes:
    return json.dumps({"t": "do", "id": str(uuid.uuid4()), "do": "say", "text": text}).encode()
