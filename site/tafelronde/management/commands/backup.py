"""Keeps a copy of all data in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tafelronde.backup.databases import Failed
from tafelronde.backup.keeping import Refused, backup


class Command(BaseCommand):
    help = "Writes database and uploads into one new file, readable by its owner alone. The server may go on meanwhile."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            manifest = backup(file)
        except (Refused, Failed, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        self.stdout.write(f"Kept the database and {len(manifest.files) - 1} files in {file}.")
