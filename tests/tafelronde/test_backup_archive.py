"""An archive is taken whole or not at all, and never reaches outside its folder."""

import gzip
import io
import json
import stat
import tarfile

import pytest

from tafelronde.backup.archive import MANIFEST, Manifest, Unusable, pack, unpack


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "a").write_bytes(b"database" * 1000)
    (tmp_path / "b").write_bytes(b"")
    path = tmp_path / "copy.tar.gz"
    members = [
        ("database", tmp_path / "a"),
        ("media/é ü/leeg.txt", tmp_path / "b"),
        ("media/weg", tmp_path / "c"),
    ]
    pack(path, Manifest("1", "sqlite", "now", ["a.0001"]), members)
    return path


def rebuilt(archive, change):
    """The same archive with its members, name → bytes, changed by hand."""
    with tarfile.open(archive) as tar:
        members = {member.name: tar.extractfile(member).read() for member in tar}
    change(members)
    with tarfile.open(archive, "w:gz") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return archive


def test_what_goes_in_comes_out(archive, tmp_path):
    manifest = unpack(archive, tmp_path / "out")
    assert (tmp_path / "out/database").read_bytes() == b"database" * 1000
    assert (tmp_path / "out/media/é ü/leeg.txt").read_bytes() == b""
    assert manifest.files.keys() == {"database", "media/é ü/leeg.txt"}
    assert (manifest.version, manifest.database, manifest.migrations) == ("1", "sqlite", ["a.0001"])


def test_archive_is_for_its_owner_alone(archive):
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert [path.name for path in archive.parent.glob("*.part")] == []


def test_nothing_is_left_where_writing_fails(tmp_path):
    path = tmp_path / "copy.tar.gz"
    with pytest.raises(IsADirectoryError):
        pack(path, Manifest("1", "sqlite", "now", []), [("database", tmp_path)])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_half_an_archive_is_refused(archive, tmp_path, share):
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(Unusable):
        unpack(archive, tmp_path / "out")


def test_one_other_byte_anywhere_is_refused(archive, tmp_path):
    content = gzip.decompress(archive.read_bytes())
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        start = tar.getmember("database").offset_data
    changed = bytearray(content)
    changed[start + 10] ^= 1
    archive.write_bytes(gzip.compress(bytes(changed)))
    with pytest.raises(Unusable, match="'database' is not as it was"):
        unpack(archive, tmp_path / "out")


def edit(**fields):
    def change(members):
        members[MANIFEST] = json.dumps({**json.loads(members[MANIFEST]), **fields}).encode()

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (edit(format=2), "has format 2; this version reads format 1"),
        (edit(product="andere"), "is no backup of Tafelronde"),
        (edit(files={}), "is not as it was"),
        (edit(files=None), "damaged or no backup"),
        (edit(more=1), "damaged or no backup"),
        (lambda members: members.pop(MANIFEST), "its manifest is missing"),
        (lambda members: members.update({MANIFEST: b"[]"}), "damaged or no backup"),
        (lambda members: members.update({MANIFEST: b"\xff{"}), "damaged or no backup"),
        (lambda members: members.pop("database"), "'database' is not as it was"),
        (lambda members: members.update({"media/more": b"x"}), "holds 'media/more'"),
    ],
)
def test_archive_that_says_something_else_is_refused(archive, tmp_path, change, why):
    with pytest.raises(Unusable, match=why):
        unpack(rebuilt(archive, change), tmp_path / "out")


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "media/../../outside"])
def test_archive_that_reaches_outside_is_refused(archive, tmp_path, name):
    def change(members):
        first = {name: b"x", **members}
        members.clear()
        members.update(first)

    with pytest.raises(Unusable, match="a place outside itself"):
        unpack(rebuilt(archive, change), tmp_path / "out/deep")
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_archive_with_links_or_the_like_is_refused(tmp_path, kind):
    path = tmp_path / "copy.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        info = tarfile.TarInfo("media/x")
        info.type, info.linkname = kind, "/etc/hostname"
        tar.addfile(info)
    with pytest.raises(Unusable, match="holds 'media/x'"):
        unpack(path, tmp_path / "out")


@pytest.mark.parametrize(
    "content", [b"", b"not an archive", gzip.compress(b"no tar", mtime=0), b"\x1f\x8b\x08broken"]
)
def test_other_files_are_refused(tmp_path, content):
    path = tmp_path / "copy.tar.gz"
    path.write_bytes(content)
    with pytest.raises(Unusable):
        unpack(path, tmp_path / "out")
