"""Lists methods and says what is wrong with them."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intervisie.engine import Method, MethodError, lint, method_files, parse, total_minutes
from intervisie.engine.method import turns_of

HEADS = ("id", "name", "steps", "minutes", "estimated", "group", "licence", "linter")
NUMBERS = {"steps", "minutes", "estimated"}


class Command(BaseCommand):
    help = (
        "Lists the methods that are shipped, or those in these files, with what the linter says. Ends with an error"
        " where one is not sound or cannot be read; with --verbosity 0 it says that alone."
    )
    requires_system_checks: Sequence[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, metavar="file", help="a method of your own, as JSON"
        )

    def handle(self, *args: Any, files: list[Path], verbosity: int, **options: Any) -> None:
        found = [(path, *_read(path)) for path in files or method_files()]
        if verbosity:
            rows = [_row(method, problems) for _, method, problems in found if method is not None]
            self.stdout.write("\n".join(_table([dict(zip(HEADS, HEADS, strict=True)), *rows])))
        wrong = [(path, problem) for path, _, problems in found for problem in problems]
        for path, problem in wrong:
            self.stderr.write(f"{path.name}: {problem}")
        if wrong:
            count = len({path for path, _ in wrong})
            raise CommandError(f"{count} of {len(found)} not sound.")
        if verbosity:
            self.stdout.write(f"{len(found)} sound." if len(found) > 1 else "Sound.")


def _read(path: Path) -> tuple[Method | None, list[str]]:
    """The method in this file, None where there is none, and what is wrong."""
    try:
        method = parse(json.loads(path.read_text(encoding="utf-8")))
    except MethodError as fault:
        return None, [str(fault)]
    except OSError as fault:
        return None, [f"cannot be read: {fault.strerror}"]
    except (ValueError, RecursionError) as fault:
        return None, [f"is not JSON: {fault}"]
    return method, lint(method)


def _row(method: Method, problems: list[str]) -> dict[str, str]:
    group = method.group
    return {
        "id": method.id,
        "name": method.name.en,
        "steps": str(len(method.steps)),
        "minutes": f"{total_minutes(method):g}",
        "estimated": f"{_estimated(method):.0%}",
        "group": f"{group.min}-{group.max}, best {group.ideal}",
        "licence": method.licence,
        "linter": f"{len(problems)} wrong" if problems else "sound",
    }


def _estimated(method: Method) -> float:
    """The share of its minutes for which no source gives the figure."""
    people = method.group.ideal
    guessed = sum(
        step.minutes.default * (people if step.minutes.per_person else 1) * turns_of(method, index, people)
        for index, step in enumerate(method.steps)
        if step.minutes.estimated
    )
    return guessed / total_minutes(method)


def _table(rows: list[dict[str, str]]) -> Iterator[str]:
    """Lines with columns as wide as they need; numbers to the right."""
    widths = {head: max(len(row[head]) for row in rows) for head in HEADS}
    for row in rows:
        cells = (
            row[head].rjust(widths[head]) if head in NUMBERS else row[head].ljust(widths[head])
            for head in HEADS
        )
        yield "  ".join(cells).rstrip()
