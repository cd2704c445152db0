"""Runs the jobs that wait in the database: a thread of the server in embedded mode, else a process of its own."""

import logging
import threading
import time

from django.db import close_old_connections, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from tafelronde.jobs import every_minute

logger = logging.getLogger(__name__)

BACKEND = "database"
PAUSE_SECONDS = 1.0
MINUTE = 60.0


class Worker:
    """Looks once a second for jobs and runs them; puts the job of every minute among them.

    Looking is a plain read: the library's own loop would lock a SQLite database each time.
    """

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._next_minute = time.monotonic()
        self._jobs = db_worker.Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name=BACKEND,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

    def run(self) -> None:
        """Returns after `stop`. Survives a database that is away for a while."""
        while not self._stopping.is_set():
            try:
                self._work()
            except Exception as error:
                logger.error("The worker goes on after %s", type(error).__name__)
            finally:
                close_old_connections()
            self._stopping.wait(PAUSE_SECONDS)

    def stop(self) -> None:
        """The job that runs is finished, no other one begins."""
        self._stopping.set()
        self._jobs.running = False

    def _work(self) -> None:
        close_old_connections()
        waiting = DBTaskResult.objects.ready().filter(backend_name=BACKEND)
        if time.monotonic() >= self._next_minute:
            self._next_minute = time.monotonic() + MINUTE
            if not waiting.filter(task_path=every_minute.module_path).exists():
                every_minute.enqueue()
        if waiting.exists():
            self._jobs.run()


class WorkerThread(threading.Thread):
    """A worker beside a server. It ends with its process, whatever ends that."""

    def __init__(self) -> None:
        super().__init__(name="worker", daemon=True)
        self._worker = Worker()

    def run(self) -> None:
        try:
            self._worker.run()
        finally:
            connections.close_all()

    def stop(self, seconds: float) -> None:
        self._worker.stop()
        self.join(seconds)
