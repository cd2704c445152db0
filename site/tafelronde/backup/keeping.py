"""What a backup holds, and the order in which it is made and put back."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from tafelronde import VERSION, lock
from tafelronde.backup import databases
from tafelronde.backup.archive import Manifest, Unusable, pack, unpack

DATABASE = "database"


class Refused(Exception):
    """It cannot be done here and now; the message says why."""


def folders() -> dict[str, Path]:
    """The folders with files that people brought, by their name in the archive."""
    return {"media": Path(settings.MEDIA_ROOT), "private": settings.VAR_DIR / "private"}


def backup(path: Path) -> Manifest:
    """Copies database and files into a new file while the server goes on. Raises Refused, databases.Failed."""
    path = path.absolute()
    if path.exists():
        raise Refused(f"{path} exists already.")
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}.")
    for public in (Path(settings.MEDIA_ROOT), Path(settings.STATIC_ROOT)):
        if path.is_relative_to(public):
            raise Refused(f"{public} is open to everybody. Keep the backup elsewhere.")
    database = databases.current()
    known = databases.migrations()
    if not known:
        raise Refused("There is no data yet.")
    manifest = Manifest(VERSION, database.kind, timezone.now().isoformat(timespec="seconds"), known)
    with _scratch(path.parent) as scratch:
        # The database first: a file that comes later is one too many, and does no harm.
        database.dump(scratch / DATABASE)
        pack(path, manifest, [(DATABASE, scratch / DATABASE), *_files()])
    return manifest


def restore(path: Path, *, replace: bool) -> Manifest:
    """Puts a backup back, whole or not at all. Raises Refused, archive.Unusable, databases.Failed.

    Where people have accounts or files already, it does so only with `replace`; then what was there is gone.
    """
    if not path.is_file():
        raise Refused(f"There is no file {path}.")
    database = databases.current()
    with ExitStack() as stack:
        _alone(stack, database)
        if not replace and (databases.has_people() or any(_files())):
            raise Refused(
                "There is data here already. With --replace the backup takes its place, and it is gone."
            )
        scratch = stack.enter_context(_scratch(settings.VAR_DIR))
        manifest = unpack(path, scratch)
        _check(path, manifest, database.kind)
        _exchange(scratch, database)
    return manifest


def _alone(stack: ExitStack, database: databases.Database) -> None:
    """Keeps servers out. Raises Refused where somebody is at work."""
    if settings.EMBEDDED:
        held = lock.take()
        if held is None:
            raise Refused(f"A server runs on {settings.VAR_DIR}. Stop it first.")
        stack.enter_context(held)
    if busy := database.in_use():
        raise Refused(f"There are {busy}. Stop the server first.")


def _check(path: Path, manifest: Manifest, kind: str) -> None:
    if manifest.database != kind:
        raise Unusable(f"{path} is of a {manifest.database} database, and this site uses {kind}.")
    loader = MigrationLoader(None)
    ours = {f"{app}.{name}" for app, name in loader.disk_migrations} | {
        f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces
    }
    if set(manifest.migrations) - ours:
        raise Unusable(
            f"{path} was made by version {manifest.version}, which is newer than this one ({VERSION})."
        )
    if DATABASE not in manifest.files or {name.split("/")[0] for name in manifest.files} - {
        DATABASE,
        *folders(),
    }:
        raise Unusable(f"{path} does not hold what a backup of Tafelronde holds.")


def _exchange(scratch: Path, database: databases.Database) -> None:
    """New folders in the place of the old ones, then the database; where that fails the old folders come back."""
    moves: list[tuple[Path, Path]] = []
    try:
        for name, folder in folders().items():
            if folder.exists():
                _move(folder, scratch / f"old-{name}", moves)
            if (scratch / name).exists():
                _move(scratch / name, folder, moves)
        database.load(scratch / DATABASE)
    except BaseException:
        for source, target in reversed(moves):
            target.rename(source)
        raise


def _move(source: Path, target: Path, moves: list[tuple[Path, Path]]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    moves.append((source, target))


def _files() -> Iterator[tuple[str, Path]]:
    """Every file that people brought: its name in the archive and where it is."""
    for name, folder in folders().items():
        for place, _, files in os.walk(folder):
            for file in sorted(files):
                path = Path(place, file)
                yield f"{name}/{path.relative_to(folder).as_posix()}", path


@contextmanager
def _scratch(place: Path) -> Iterator[Path]:
    """A folder for its owner alone, gone afterwards; beside what it is for, so that moving is renaming."""
    with tempfile.TemporaryDirectory(prefix=".tafelronde-", dir=place) as folder:
        yield Path(folder)
