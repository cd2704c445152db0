"""A backup of a site that is at work, put back in an empty place, equals its source; and what is refused."""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.support.server import Server

pytestmark = pytest.mark.server

POSTGRES = os.environ.get("DATABASE_URL", "")
KIND = "postgresql" if POSTGRES else "sqlite"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Makes sites: each with data and, on PostgreSQL, a database of its own."""
    made = []

    def make(name: str) -> Server:
        return Server(tmp_path_factory.mktemp(name), **({"DATABASE_URL": fresh(name)} if POSTGRES else {}))

    def fresh(name: str) -> str:
        address, _, base = POSTGRES.rpartition("/")
        made.append(f"{base}_backup_{name}")
        drop(made[-1])
        with psycopg.connect(POSTGRES, autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{made[-1]}"')
        return f"{address}/{made[-1]}"

    def drop(name: str) -> None:
        with psycopg.connect(POSTGRES, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    yield make
    for name in made:
        drop(name)


def var(server: Server) -> Path:
    return Path(server.env["VAR_DIR"])


def rows(server: Server) -> dict[str, list[str]]:
    """Every row of every table."""
    if POSTGRES:
        with psycopg.connect(server.env["DATABASE_URL"]) as line:
            names = line.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            return {name: sorted(map(repr, line.execute(f'SELECT * FROM "{name}"'))) for (name,) in names}
    with closing(sqlite3.connect(var(server) / "tafelronde.sqlite3")) as line:
        names = line.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: sorted(map(repr, line.execute(f'SELECT * FROM "{name}"'))) for (name,) in names}


def files(server: Server) -> dict[str, tuple[bytes, int]]:
    """Every file that people brought, with who may read it."""
    return {
        str(path.relative_to(var(server))): (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
        for folder in ("media", "private")
        for path in (var(server) / folder).rglob("*")
        if path.is_file()
    }


def write(server: Server, name: str, content: bytes) -> None:
    path = var(server) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture(scope="module")
def source(site):
    server = site("source")
    server.migrate()
    server.manage("demo")
    write(server, "media/documents/verslag é.pdf", os.urandom(100_000))
    write(server, "private/photos/1/x.webp", b"portrait")
    (var(server) / "private/photos/1/x.webp").chmod(0o640)
    return server


@pytest.fixture(scope="module")
def archive(source, tmp_path_factory):
    path = tmp_path_factory.mktemp("kept") / "copy.tar.gz"
    assert "Kept the database and" in source.manage("backup", str(path))
    return path


def refusal(server: Server, *words: str) -> str:
    with pytest.raises(RuntimeError) as caught:
        server.manage(*words)
    text = str(caught.value)
    assert "Traceback" not in text
    return text


def test_restored_site_equals_its_source_row_by_row_and_file_by_file(site, source, archive):
    target = site("target")
    assert "Now run: manage.py migrate" in target.manage("restore", str(archive))
    assert rows(target) == rows(source)
    assert sum(map(len, rows(target).values())) > 300
    assert files(target) == files(source)
    assert len(files(target)) >= 2
    target.manage("migrate", "-v0", "--check")
    target.scene(people=2)  # new rows get new numbers
    assert list(var(target).glob(".tafelronde-*")) == []


@pytest.fixture(scope="module")
def taken(site):
    """A site with people and files of its own."""
    server = site("taken")
    server.migrate()
    server.scene(people=3)
    write(server, "media/eigen.txt", b"mine")
    return server


def test_unusable_archives_change_nothing(taken, archive, tmp_path):
    before = rows(taken), files(taken)
    half, other, newer, broken = (
        tmp_path / f"{name}.tar.gz" for name in ("half", "other", "newer", "broken")
    )
    half.write_bytes(archive.read_bytes()[:-2000])
    rebuild(archive, other, f'"database": "{KIND}"', '"database": "andere"')
    rebuild(archive, newer, '"accounts.0001_initial"', '"accounts.9001_later"')
    rebuild(archive, broken, "", "", database=b"PGDMP no" if POSTGRES else b"SQLite format 3\0" + b"x" * 5000)
    for path, why in (
        (half, "damaged"),
        (other, "is of a andere database"),
        (newer, "which is newer than this one"),
        (broken, "pg_restore failed" if POSTGRES else "cannot be read"),
        (tmp_path / "none", "There is no file"),
    ):
        text = refusal(taken, "restore", str(path), "--replace")
        assert "Nothing was changed." in text
        assert why in text
        assert (rows(taken), files(taken)) == before, path
    assert list(var(taken).glob(".tafelronde-*")) == []


def test_restore_takes_the_place_of_data_only_when_told_to(taken, source, archive):
    before = rows(taken), files(taken)
    assert "There is data here already" in refusal(taken, "restore", str(archive))
    assert (rows(taken), files(taken)) == before
    taken.manage("restore", str(archive), "--replace")
    assert (rows(taken), files(taken)) == (rows(source), files(source))


def test_freshly_migrated_site_without_people_counts_as_empty(site, source, archive):
    target = site("fresh")
    target.manage("migrate", "-v0")
    target.manage("restore", str(archive))
    assert rows(target) == rows(source)


def rebuild(archive: Path, target: Path, old: str, new: str, database: bytes | None = None) -> None:
    """The archive with another manifest, or another database under a right checksum, as a forger would make it."""
    folder = target.with_suffix(".folder")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    manifest = (folder / "manifest.json").read_text()
    if database is not None:
        fields = json.loads(manifest)
        fields["files"]["database"] = [len(database), hashlib.sha256(database).hexdigest()]
        manifest = json.dumps(fields)
        (folder / "database").write_bytes(database)
    assert old in manifest
    (folder / "manifest.json").write_text(manifest.replace(old, new))
    with tarfile.open(target, "w:gz") as tar:
        for path in sorted(folder.rglob("*"), key=lambda path: path.name == "manifest.json"):
            if path.is_file():
                tar.add(path, str(path.relative_to(folder)))
    shutil.rmtree(folder)


def keep_moving(server: Server, done: threading.Event) -> None:
    """Writes the same word at two people, in one transaction, again and again."""
    words = ["UPDATE accounts_user SET place = %s WHERE id IN (SELECT min(id) FROM accounts_user)"]
    words.append(words[0].replace("min", "max"))
    number = 0
    if POSTGRES:
        with psycopg.connect(server.env["DATABASE_URL"]) as line:
            while not done.is_set():
                number += 1
                with line.transaction():
                    for sentence in words:
                        line.execute(sentence, [str(number)])
        return
    with closing(
        sqlite3.connect(var(server) / "tafelronde.sqlite3", timeout=20, isolation_level=None)
    ) as line:
        while not done.is_set():
            number += 1
            line.execute("BEGIN IMMEDIATE")
            for sentence in words:
                line.execute(sentence.replace("%s", "?"), [str(number)])
            line.execute("COMMIT")
            done.wait(0.001)


def test_backup_of_a_running_site_is_one_moment_and_restore_waits_for_its_end(site, tmp_path):
    """While two rows are changed together, no backup ever holds one of them alone; nobody restores under a server."""
    server = site("running")
    server.migrate()
    server.scene(people=2)
    server.start()
    paths = [tmp_path / f"{number}.tar.gz" for number in range(2)]
    done = threading.Event()
    moving = threading.Thread(target=keep_moving, args=(server, done))
    moving.start()
    try:
        for path in paths:
            server.manage("backup", str(path))
        done.set()
        moving.join()
        assert "Stop" in refusal(server, "restore", str(paths[0]), "--replace")
    finally:
        done.set()
        server.stop()
    seen = []
    for path in paths:
        server.manage("restore", str(path), "--replace")
        first, last = places(server)
        assert first == last
        seen.append(int(first))
    assert seen == sorted(set(seen))


def places(server: Server) -> list[str]:
    """The words that `keep_moving` wrote last."""
    sentence = "SELECT place FROM accounts_user ORDER BY id"
    if POSTGRES:
        with psycopg.connect(server.env["DATABASE_URL"]) as line:
            return [place for (place,) in line.execute(sentence)]
    with closing(sqlite3.connect(var(server) / "tafelronde.sqlite3")) as line:
        return [place for (place,) in line.execute(sentence)]


def test_backup_refuses_what_would_harm(source, archive, tmp_path):
    content = archive.read_bytes()
    assert "exists already" in refusal(source, "backup", str(archive))
    assert archive.read_bytes() == content
    assert "no folder" in refusal(source, "backup", str(tmp_path / "none" / "x.tar.gz"))
    assert "open to everybody" in refusal(source, "backup", str(var(source) / "media" / "x.tar.gz"))


def test_backup_of_nothing_is_refused(site, tmp_path):
    assert "There is no data yet" in refusal(site("nothing"), "backup", str(tmp_path / "x.tar.gz"))
    assert list(tmp_path.iterdir()) == []


def test_missing_or_old_client_is_said(source, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    path = str(tmp_path / "x.tar.gz")
    server = Server(var(source), source.port, **{**source.env, "origin": source.origin, "PATH": str(tools)})
    if not POSTGRES:
        server.manage("backup", path)  # needs no client
        return
    assert "pg_dump is missing. Install the client of PostgreSQL" in refusal(server, "backup", path)
    (tools / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'\n")
    (tools / "pg_dump").chmod(0o755)
    assert "pg_dump is of version 9, the server of version" in refusal(server, "backup", path)
    assert not Path(path).exists()
