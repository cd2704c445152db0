"""Who is measured: each starts its server and says how its clients talk."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql

from tests.benchmarks.process import ROOT, Process, Running, free_port
from tests.benchmarks.swarm import Seat, Swarm
from tests.support.server import UVICORN

MEMBERS = 8


class Contestant(Protocol):
    name: str
    loads: frozenset[str]  # beside "flat out": burst, calm, slow, storm, many

    def start(self) -> Running: ...
    def seats(self, rooms: range) -> list[list[Seat]]: ...
    def swarm(self, ports: list[int]) -> Swarm: ...


def _run(count: int, command: list[str], env: dict[str, str]) -> Running:
    """As many processes of this command, each with a port of its own at the end."""
    ports = [free_port() for _ in range(count)]
    core = 0 if count == 1 else None
    return Running([Process([*command, "--port", str(port)], port, env, core) for port in ports])


class Textbook:
    """The chat of the Channels tutorial; where a database is given, with a row for each message."""

    def __init__(self, name: str, loads: str, server: str = "daphne", processes: int = 1, **env: str) -> None:
        self.name, self.loads = name, frozenset(loads.split())
        self.processes = processes
        self.env = {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.textbook.settings", **env}
        quiet = {"daphne": ["-v", "0"], "uvicorn": ["--log-level", "error"]}[server]
        application = "tests.benchmarks.textbook.asgi:application"
        self.command = [sys.executable, "-m", server, *quiet, application]

    def start(self) -> Running:
        if "TEXTBOOK_DATABASE" in self.env:
            migrate = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "-v0"]
            subprocess.run(migrate, cwd=ROOT, env={**os.environ, **self.env}, check=True)
        return _run(self.processes, self.command, self.env)

    def seats(self, rooms: range) -> list[list[Seat]]:
        headers = ("Host: localhost", "Origin: http://localhost")
        return [[Seat(f"/ws/chat/r{room}/", headers)] * MEMBERS for room in rooms]

    def swarm(self, ports: list[int]) -> Swarm:
        return Swarm(ports, lambda text: json.dumps({"message": text}).encode())


class Raw(Textbook):
    """A bare broadcast with `websockets`, to the same clients."""

    def __init__(self, name: str, loads: str) -> None:
        super().__init__(name, loads)
        self.command = [sys.executable, "-m", "tests.benchmarks.raw"]


class Data:
    """What our servers work on: prepared once, fresh for every start. `database` is empty for SQLite."""

    def __init__(self, folder: Path, rooms: int, nameless: int, database: str = "") -> None:
        self.folder, self.database = folder, database
        self._wanted = str(rooms), str(nameless)

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
            "DATABASE_URL": self.database,
            "REDIS_URL": "",
            **other,
        }

    def fresh(self) -> None:
        """As it was prepared, which the first call does."""
        if not hasattr(self, "rooms"):
            self._prepare()
        self._copy("prepared", "tafelronde")

    def _prepare(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.database:
            self._copy("template1", "tafelronde")
        self._manage("migrate", "-v0")
        self._manage("demo", TAFELRONDE_ENV="development", LOG_LEVEL="ERROR")
        self._manage("collectstatic", "--noinput", "-v0")
        made = json.loads(self.run([sys.executable, "-m", "tests.benchmarks.rooms", *self._wanted]))
        self.cookie, self.rooms = made["cookie"], {"open": made["rooms"], "nameless": made["nameless"]}
        self._copy("tafelronde", "prepared")

    def _copy(self, source: str, target: str) -> None:
        if not self.database:
            shutil.copy(self.folder / f"{source}.sqlite3", self.folder / f"{target}.sqlite3")
            return
        with psycopg.connect(self.database.rpartition("/")[0] + "/postgres", autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)))
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(target), sql.Identifier(source)
                )
            )

    def _manage(self, *words: str, **env: str) -> None:
        self.run([sys.executable, "manage.py", *words], **env)

    def run(self, command: list[str], **env: str) -> str:
        """What the command printed, run with the settings of the server and `env`. Raises CalledProcessError."""
        environment = {**os.environ, **self.env(**env)}
        return subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout


class Ours:
    """As in production: `manage.py serve`, or uvicorn as docs/operations.md starts it. `rooms`: open or nameless."""

    def __init__(
        self,
        name: str,
        loads: str,
        data: Data,
        server: str = "daphne",
        processes: int = 1,
        rooms: str = "open",
        **env: str,
    ) -> None:
        self.name, self.loads, self.rooms = name, frozenset(loads.split()), rooms
        self.data, self.processes, self.other = data, processes, env
        self.command = {
            "daphne": [sys.executable, "manage.py", "serve", "--host", "127.0.0.1"],
            "uvicorn": [sys.executable, "-m", "uvicorn", "tests.benchmarks.slow:application", *UVICORN],
        }[server]

    def start(self) -> Running:
        self.data.fresh()
        return _run(self.processes, self.command, self.data.env(**self.other))

    def seats(self, rooms: range) -> list[list[Seat]]:
        return [
            [self._seat(room["session"], key) for key in room["keys"]]
            for room in self.data.rooms[self.rooms][rooms.start : rooms.stop]
        ]

    def swarm(self, ports: list[int]) -> Swarm:
        return Swarm(ports, _say, beat=b'{"t":"beat"}')

    def _seat(self, session: str, key: str) -> Seat:
        headers = ("Host: localhost", "Origin: https://localhost", f"Cookie: {self.data.cookie}={key}")
        return Seat(f"/ws/sessie/{session}/", headers, b'{"t":"hi","v":1,"since":null}', b'"t":"hello"')


def _say(text: str) -> bytes:
    return json.dumps({"t": "do", "id": str(uuid.uuid4()), "do": "say", "text": text}).encode()
