"""Puts a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tafelronde.backup.archive import Unusable
from tafelronde.backup.databases import Failed
from tafelronde.backup.keeping import Refused, restore


class Command(BaseCommand):
    help = "Puts back what `backup` wrote. Stop the server first; run `migrate` afterwards."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="take the place of the data that is here")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            manifest = restore(file, replace=replace)
        except (Refused, Unusable, Failed, OSError) as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        count = len(manifest.files) - 1
        self.stdout.write(
            f"Restored the database and {count} files of {manifest.made_at}. Now run: manage.py migrate"
        )
