"""Several server processes as one site, and the Redis and PostgreSQL they need, to be stopped and started at will."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import redis

from tests.support.proxy import Line
from tests.support.server import Server, free_port

PROCESSES = int(os.environ.get("PROCESSES", "1"))


def a_site(var_dir: Path, **env: str) -> "Server | Cluster":
    """One server, or with PROCESSES=2 in the environment two of them behind one address."""
    return Cluster(var_dir, **env) if PROCESSES > 1 else Server(var_dir, **env)


class Cluster:
    """A daphne and a uvicorn on the same data; each new connection goes to the next. Speaks as one `Server`."""

    def __init__(self, var_dir: Path, **env: str) -> None:
        ports = free_port(), free_port()
        self.line = Line(*ports)
        self.port = self.line.port
        self.origin = f"http://localhost:{self.port}"
        env |= {"origin": self.origin, "PORT": str(self.port)}  # one address, and one name for the cookie
        self.members = [
            Server(var_dir, port, uvicorn=port == ports[1], **env)  # type: ignore[arg-type]
            for port in ports
        ]
        self._next_to_fall = 0

    def manage(self, *words: str, stdin: str | None = None) -> str:
        return self.members[0].manage(*words, stdin=stdin)

    def migrate(self) -> None:
        self.members[0].migrate()

    def scene(self, **wanted: Any) -> dict[str, Any]:
        return self.members[0].scene(**wanted)

    def start(self) -> "Cluster":
        """Starts whoever does not run."""
        for member in self.members:
            if member.process is None:
                member.start()
        return self

    def kill(self) -> None:
        """One process falls as in a power cut, the next time the other."""
        self.members[self._next_to_fall].kill()
        self._next_to_fall = 1 - self._next_to_fall

    def stop(self) -> int:
        codes = [member.stop() for member in self.members]
        self.line.close()
        return max(codes)


class Redis:
    """A Redis of our own that keeps nothing on disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Redis":
        words = [
            "redis-server",
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while True:
            try:
                self.client().ping()
                return self
            except redis.RedisError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port, socket_timeout=30, decode_responses=True)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(60)
            self._process = None


class Postgres:
    """A PostgreSQL of our own, in a folder of its own, since it does not run as root."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        self._data = Path(tempfile.mkdtemp(prefix="postgres-"))
        if os.geteuid() == 0:
            shutil.chown(self._data, "postgres")
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "--no-sync")

    def start(self) -> "Postgres":
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        self._run(
            "pg_ctl", "-D", str(self._data), "-w", "-l", str(self._data / "log"), "-o", options, "start"
        )
        return self

    def stop(self) -> None:
        """At once, as in a restart by its keeper: open connections are cut."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "fast", "stop")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._data)

    def _run(self, tool: str, *words: str) -> None:
        folder = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*user, str(folder / tool), *words], check=True, stdout=subprocess.DEVNULL, cwd="/")
