"""Starts the server: daphne, with the lock of the embedded mode and an orderly end."""

# daphne.server makes its event loop and installs its reactor when it is imported: a faster kind of loop has to be
# chosen before, and nothing else may import Twisted first.
import tafelronde.fast_loop  # noqa: F401  # isort: skip
from daphne.server import Server  # isort: skip

import asyncio
import logging
import os
import signal
import time
from argparse import ArgumentParser, BooleanOptionalAction
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from intervisie.realtime import receivers
from tafelronde import health, lock
from tafelronde.asgi import application
from tafelronde.worker import WorkerThread

logger = logging.getLogger(__name__)

DRAIN_SECONDS = 3.0
WORKER_SECONDS = 5.0  # that a job which runs at the end may take
MOST_FRAME_BYTES = 4 * 1024 * 1024


class Command(BaseCommand):
    help = "Serves the site and the live sessions on PORT until it is told to stop (SIGTERM, Ctrl+C)."
    requires_system_checks = "__all__"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1" if settings.DEBUG else "0.0.0.0")  # noqa: S104
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument(
            "--worker",
            action=BooleanOptionalAction,
            default=settings.EMBEDDED or settings.DEVELOPMENT,
            help="Send mail and do the jobs too, in a thread (default: without DATABASE_URL, and in development).",
        )

    def handle(self, *args: Any, host: str, port: int, worker: bool, **options: Any) -> None:
        held = _only_server() if settings.EMBEDDED else None
        self.worker = WorkerThread() if worker else None
        self.began = time.monotonic()
        self.address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}"  # noqa: S104
        self.server = Server(
            application,
            endpoints=[f"tcp:port={port}:interface={host}"],
            signal_handlers=False,
            http_timeout=60,
            websocket_timeout=-1,
            # Autobahn counts what we send too, and a whole view may be large; what comes in is held to
            # protocol.MOST_BYTES when it is read.
            websocket_max_message_size=MOST_FRAME_BYTES,
            websocket_max_frame_size=MOST_FRAME_BYTES,
            server_name="",
            ready_callable=self._ready,
        )
        self.server.run()
        if self.worker is not None and self.worker.is_alive():
            self.worker.stop(WORKER_SECONDS)
        if held is not None:
            held.close()
        if not self.server.listening_addresses:
            raise CommandError(f"Port {port} is taken. Choose another one with PORT.")

    def _ready(self) -> None:
        loop = asyncio.get_event_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop, loop)
        loop.call_soon(self._say_ready)

    def _say_ready(self) -> None:
        if self.server.listening_addresses:
            self.stdout.write(f"Tafelronde is ready: {self.address}")
            self.stdout.flush()
            if self.worker is not None:
                self.worker.start()

    def _stop(self, loop: asyncio.AbstractEventLoop) -> None:
        if not health.ready:  # a second signal: at once
            os._exit(1)
        health.stop_being_ready()
        self._draining = loop.create_task(self._drain())

    async def _drain(self) -> None:
        hub = receivers.running_hub()
        try:
            if hub is not None:
                await hub.drain(DRAIN_SECONDS)
        except Exception:
            logger.exception("The lines could not be closed in order")
        finally:
            self.server.stop()


def _only_server() -> IO[str]:
    """Holds the lock on the data. Raises CommandError where another server has it."""
    held = lock.take()
    if held is None:
        raise CommandError(
            f"Another server already runs on {settings.VAR_DIR}. Stop it, or choose other data with VAR_DIR; "
            "for more than one process use PostgreSQL (docs/operations.md)."
        )
    return held
