"""Loads the demo: a whole leerkring to look around in."""

import shutil
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tafelronde.demo import people
from tafelronde.demo.load import load

PASSWORD = "samen-aan-tafel"  # noqa: S105 - for everybody in the demo, printed on purpose

LOG_INS = [
    ("a member who brings a case", people.MEMBERS[2]),
    ("a member", people.MEMBERS[0]),
    ("a facilitator", people.MEMBERS[7]),
    ("the coordinator", people.COORDINATOR),
    ("an editor", people.EDITOR),
    ("an administrator", people.ADMINISTRATOR),
    ("somebody who asked to join", people.VISITOR),
]


class Command(BaseCommand):
    help = "Loads the demo (development only). Loading it twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo has a password that everybody knows: it is for development only.")
        if load(PASSWORD) and settings.DEVELOPMENT:
            shutil.rmtree(
                settings.MAILBOX_DIR, ignore_errors=True
            )  # the mails of making it tell nobody anything
        self.stdout.write("Log in with one of these, password: " + PASSWORD)
        for role, person in LOG_INS:
            self.stdout.write(f"  {person.email:<32} {role}")
