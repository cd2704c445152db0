"""Runs the jobs: sends mail, reminds. Where serve does not do it itself."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from tafelronde.worker import Worker


class Command(BaseCommand):
    help = "Sends mail and does the jobs of every minute until it is told to stop (SIGTERM, Ctrl+C)."
    requires_system_checks = "__all__"

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        self.stdout.write("The worker is ready.")
        self.stdout.flush()
        worker.run()
