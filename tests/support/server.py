"""A server of ours as a process of its own, on loopback: started, killed, started again."""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

# As in docs/operations.md.
UVICORN = [
    "--ws",
    "websockets-sansio",
    "--ws-per-message-deflate",
    "false",
    "--no-proxy-headers",
    "--no-access-log",
    "--log-level",
    "error",
]


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port: int, process: "subprocess.Popen[Any]", seconds: float = 120) -> None:
    """Returns when something listens there. Raises RuntimeError where the process ends, or takes longer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"no server came up on port {port}")


class Server:
    """`manage.py serve` on its own data. `origin` is the address that browsers and sockets name.

    With `uvicorn` it is that server instead, as docs/operations.md starts it. What it logs goes to the file `errors`,
    where one is named.
    """

    def __init__(
        self,
        var_dir: Path,
        port: int | None = None,
        *,
        uvicorn: bool = False,
        errors: Path | None = None,
        **env: str,
    ) -> None:
        self.uvicorn = uvicorn
        self.errors = errors
        self.port = port or free_port()
        self.origin = env.pop("origin", f"http://localhost:{self.port}")
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/tmp"),
            "TAFELRONDE_ENV": "development",
            "VAR_DIR": str(var_dir),
            "PORT": str(self.port),
            "SITE_URL": self.origin,
            **{name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)},
            **env,
        }
        self.process: subprocess.Popen[str] | None = None

    def manage(self, *words: str, stdin: str | None = None) -> str:
        """Runs a management command on this server's data. Raises CalledProcessError with what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.env,
            input=stdin,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def migrate(self) -> None:
        """Makes this server's data, with nothing in it yet."""
        if self.env.get("DATABASE_URL"):
            self.manage("migrate", "-v0")
        else:
            shutil.copytree(_empty_site(), self.env["VAR_DIR"], dirs_exist_ok=True)

    def scene(self, **wanted: Any) -> dict[str, Any]:
        """People, log-ins and a session in this server's data; see tests/support/scene.py."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.support.scene"],
            cwd=ROOT,
            env=self.env,
            input=json.dumps(wanted),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"the scene failed:\n{done.stdout}\n{done.stderr}")
        return json.loads(done.stdout)

    def start(self, timeout: float = 120.0) -> "Server":
        """Starts and waits until it says that it is ready. Raises RuntimeError where it does not."""
        words = ["-m", "uvicorn", "asgi:application", *UVICORN] if self.uvicorn else ["manage.py", "serve"]
        with self.errors.open("a") if self.errors else nullcontext() as errors:
            self.process = subprocess.Popen(
                [sys.executable, *words, "--port", str(self.port)],
                cwd=ROOT,
                env=self.env,
                stdout=subprocess.DEVNULL if self.uvicorn else subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        if self.uvicorn:
            wait_for_port(self.port, self.process, timeout)
            return self
        assert self.process.stdout is not None
        began = time.monotonic()
        for line in self.process.stdout:
            if "is ready" in line:
                return self
            if time.monotonic() - began > timeout:
                break
        self.kill()
        raise RuntimeError("the server did not get ready")

    def kill(self) -> None:
        """As a power cut: no chance to finish anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As a deploy: it may finish. Returns the exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, number: int) -> int:
        if self.process is None:
            return 0
        self.process.send_signal(number)
        code = self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None
        return code


@cache
def _empty_site() -> Path:
    """The data of a new site on SQLite, to be copied: the migrations take a quarter of a minute."""
    folder = Path(tempfile.mkdtemp(prefix="tafelronde-"))
    atexit.register(shutil.rmtree, folder)
    Server(folder, DATABASE_URL="").manage("migrate", "-v0")
    return folder
