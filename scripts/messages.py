"""Brings the Dutch catalogues up to date with the source, or with --check tells where they are not. Needs gettext."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
APPS = sorted(folder.parent for place in ("*/locale", "site/**/locale") for folder in ROOT.glob(place))
CATALOGUE = Path("locale/nl/LC_MESSAGES/django.po")


def extract(app: Path) -> polib.POFile:
    """Runs makemessages in the folder of one app and returns its Dutch catalogue."""
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "--locale",
        "nl",
        "--no-location",
        "--no-obsolete",
        "--verbosity",
        "0",
    ]
    subprocess.run(command, cwd=app, check=True)
    return polib.pofile(str(app / CATALOGUE))


def texts(catalogue: polib.POFile) -> set[tuple[str | None, str]]:
    """The texts in use, each with its context."""
    return {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}


def check(app: Path) -> list[str]:
    """What is missing from the catalogue of one app, or too much; found in a copy, so that nothing changes."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / app.name
        shutil.copytree(app, copy, ignore=shutil.ignore_patterns("static", "*.pyc"))
        wanted = texts(extract(copy))
    found = texts(polib.pofile(str(app / CATALOGUE))) if (app / CATALOGUE).exists() else set()
    lines = [f"{app.name}: not in the catalogue: {text!r}" for _, text in sorted(wanted - found, key=str)]
    return lines + [
        f"{app.name}: no longer in the source: {text!r}" for _, text in sorted(found - wanted, key=str)
    ]


def update(app: Path) -> str:
    """Writes the catalogue of one app and compiles it; returns a line about what is left to translate."""
    catalogue = extract(app)
    catalogue.save_as_mofile(str((app / CATALOGUE).with_suffix(".mo")))
    left = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
    return f"{app.name}: {left} to translate"


def main() -> int:
    if not shutil.which("xgettext"):
        print("gettext is missing. On Debian or Ubuntu: sudo apt install gettext", file=sys.stderr)
        return 1
    if "--check" not in sys.argv:
        print("\n".join(update(app) for app in APPS))
        return 0
    faults = [fault for app in APPS for fault in check(app)]
    if faults:
        print("\n".join(faults), "\nRun `make messages`, then translate.", sep="\n", file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
