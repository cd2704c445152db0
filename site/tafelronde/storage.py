"""Static files as `collectstatic` puts them out: sheets joined, ours minified, a hash of the content in every name."""

import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage
from rjsmin import jsmin
from servestatic.storage import CompressedManifestStaticFilesStorage

from tafelronde.sheets import SHEETS

INSTALLED = Path(sysconfig.get_path("purelib"))
Found = dict[str, tuple[Storage, str]]  # the name of a static file: where its source lies

_STRING = r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\''
_COMMENT = re.compile(rf"({_STRING})|/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(rf"({_STRING})|\s*([{{}};])\s*|([,:])\s+|\s+", re.DOTALL)


def cssmin(css: str) -> str:
    """The sheet without comments and needless white space. A space that may mean "inside" stays."""
    css = _COMMENT.sub(lambda match: match[1] or "", css)
    css = _SPACE.sub(lambda match: match[1] or match[2] or match[3] or " ", css)
    return css.replace(";}", "}").strip()


def joined(names: tuple[str, ...], found: Found) -> str:
    """The sheets of these names as one. Raises KeyError where one is missing."""
    return "\n".join(_read(*found[name]) for name in names)


def compacted(found: Found) -> dict[str, str]:
    """The joined sheets, and our own sheets and scripts minified, by name. What came with a package stays as it is."""
    made = {name: cssmin(joined(parts, found)) for name, parts in SHEETS.items()}
    for name, (storage, path) in found.items():
        if Path(storage.path(path)).is_relative_to(INSTALLED):
            continue
        if name.endswith(".css"):
            made[name] = cssmin(_read(storage, path))
        elif name.endswith(".js"):
            made[name] = jsmin(_read(storage, path))
    return made


def _read(storage: Storage, path: str) -> str:
    with storage.open(path) as file:
        return file.read().decode()


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also rewrites the addresses inside ES modules, so that one module finds the hashed name of the next."""

    support_js_module_import_aggregation = True
    manifest_strict = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file, looked up once: what the manifest says holds as long as the process."""
        if settings.DEBUG or force:
            return super().url(name, force)
        if name not in self._addresses:
            self._addresses[name] = super().url(name)
        return self._addresses[name]

    def post_process(self, paths: Found, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Called by `collectstatic` with all that it found."""
        self._addresses.clear()
        if not dry_run:
            paths = paths | {name: self._put(name, text) for name, text in compacted(paths).items()}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _put(self, name: str, text: str) -> tuple[Storage, str]:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return self, name
