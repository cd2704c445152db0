"""One file that holds a database, files, and last a manifest that says what should be there."""

import gzip
import hashlib
import json
import os
import tarfile
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

FORMAT = 1
PRODUCT = "tafelronde"
MANIFEST = "manifest.json"
MOST_MANIFEST = 256 * 1024 * 1024
_PIECE = 1024 * 1024
_BROKEN = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError, TypeError, AttributeError)


class Unusable(Exception):
    """This archive cannot be put back; the message says why."""


@dataclass
class Manifest:
    """What an archive says of itself. `files` gives the size and SHA-256 of each, `migrations` what the database knew."""

    version: str
    database: str
    made_at: str
    migrations: list[str]
    files: dict[str, list[object]] = field(default_factory=dict)
    product: str = PRODUCT
    format: int = FORMAT


class _Hashed:
    """A file that counts and hashes what is read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.size, self.hash = file, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.size += len(piece)
        self.hash.update(piece)
        return piece

    @property
    def seal(self) -> list[object]:
        return [self.size, self.hash.hexdigest()]


def pack(path: Path, manifest: Manifest, members: Iterable[tuple[str, Path]]) -> None:
    """Writes `path`, for its owner alone, whole or not at all. A member that vanished meanwhile is left out."""
    part = path.with_name(f"{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6, format=tarfile.PAX_FORMAT) as tar:
                for name, source in members:
                    _add(tar, manifest, name, source)
                _add_manifest(tar, manifest)
            raw.flush()
            os.fsync(raw.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _add(tar: tarfile.TarFile, manifest: Manifest, name: str, source: Path) -> None:
    try:
        file = source.open("rb")
    except FileNotFoundError:
        return
    with file:
        state = os.fstat(file.fileno())
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = state.st_size, int(state.st_mtime), state.st_mode & 0o777
        reader = _Hashed(file)
        tar.addfile(info, reader)  # type: ignore[arg-type]
        manifest.files[name] = reader.seal


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(text), 0o600
    tar.addfile(info, BytesIO(text))


def unpack(path: Path, into: Path) -> Manifest:
    """Puts the files of the archive into the folder `into` and checks each. Raises Unusable; then `into` is worthless."""
    try:
        return _unpack(path, into)
    except _BROKEN as error:
        raise Unusable(f"{path} is damaged or no backup of Tafelronde.") from error


def _unpack(path: Path, into: Path) -> Manifest:
    found: dict[str, list[object]] = {}
    text = b""
    with gzip.open(path) as stream:
        with tarfile.open(fileobj=stream, mode="r:") as tar:
            for member in tar:
                if not member.isreg() or member.name in found or text:
                    raise Unusable(f"{path} holds {member.name!r}, which no backup of Tafelronde does.")
                content = tar.extractfile(member)
                assert content is not None
                if member.name == MANIFEST:
                    text = content.read(MOST_MANIFEST)
                else:
                    found[member.name] = _write(content, into / safe(member.name), member)
        while piece := stream.read(_PIECE):  # to its very end, where the sum over the whole file stands
            if any(piece):
                raise Unusable(f"{path} holds more than a backup of Tafelronde does.")
    manifest = _manifest(path, text)
    if found != manifest.files:
        names = sorted(found.keys() | manifest.files)
        wrong = next(name for name in names if found.get(name) != manifest.files.get(name))
        raise Unusable(f"{path} is damaged or was changed: {wrong!r} is not as it was.")
    return manifest


def safe(name: str) -> PurePosixPath:
    """`name` as a path that stays in its folder. Raises Unusable."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts or "\0" in name:
        raise Unusable(f"The archive names a place outside itself: {name!r}.")
    return path


def _write(content: IO[bytes], target: Path, member: tarfile.TarInfo) -> list[object]:
    target.parent.mkdir(parents=True, exist_ok=True)
    reader = _Hashed(content)
    with target.open("xb") as file:
        while piece := reader.read(_PIECE):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    target.chmod(member.mode & 0o777)
    os.utime(target, (member.mtime, member.mtime))
    return reader.seal


def _manifest(path: Path, text: bytes) -> Manifest:
    if not text:
        raise Unusable(f"{path} is not complete: its manifest is missing.")
    fields = json.loads(text)
    if fields.get("product") != PRODUCT:
        raise Unusable(f"{path} is no backup of Tafelronde.")
    if fields.get("format") != FORMAT:
        raise Unusable(f"{path} has format {fields.get('format')!r}; this version reads format {FORMAT}.")
    return Manifest(**fields)
