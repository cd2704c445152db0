"""Makes the search index again."""

from typing import Any

from django.core.management.base import BaseCommand

from tafelronde.search.actions import rebuild
from tafelronde.search.enums import Kind


class Command(BaseCommand):
    help = (
        "Makes the search index again from pages and people, in one transaction, and says what can be found."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts = rebuild()
        self.stdout.write(f"The search index is made again: {counts.total()} entries.")
        for kind in Kind:
            self.stdout.write(f"  {kind.value:<12} {counts[kind]:>6}")
