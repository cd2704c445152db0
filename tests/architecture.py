"""Reads source and tells where it breaks docs/architecture.md. Used by test_architecture.py alone."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "site"

# Inside an app: a module may import from its own row and the rows above it.
ROWS = [
    {"engine", "enums", "atlas", "colours", "smtp", "signals", "codec", "names", "phrases", "photos"}
    | {"dutch", "analyser", "signs", "marks"},
    {"rules"},
    {"models", "pages", "blocks", "index", "texts"},
    {"queries", "rooms", "sessions"},
    {"notifications", "writing"},
    {"actions"},
    {"delivery"},
    {"tasks"},
    {"forms", "feeds", "realtime", "room", "wagtail_hooks", "admin", "adapter", "templatetags"},
    {"views", "management"},
    {"urls", "apps"},
]
# Between apps: whom an app may know.
KNOWS = {
    "accounts": set(),
    "post": {"accounts"},
    "communities": {"accounts"},
    "intervisie": {"accounts", "communities"},
    "knowledge": {"accounts", "communities"},
    "pages": {"accounts", "communities", "intervisie", "knowledge"},
    "search": {"accounts", "communities", "knowledge"},
    "tafelronde": {"search", "accounts", "communities", "intervisie", "knowledge", "pages", "post"},
}
SHARED = {"models", "enums", "queries", "actions", "rules", "signals", "tasks", "delivery"}
HELPERS = {"calendars", "env", "mail", "prepared", "templatetags"}  # of tafelronde, for every app
JOINTS = {"urls", "asgi", "management", "demo"}  # of tafelronde: where the parts are joined, so they see all

WRITES = {"save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUERYSET_WRITES = {
    "create",
    "update",
}  # words of other things too, so only after `.objects` or a queryset's verb
MAY_WRITE = {
    "actions",
    "models",
    "demo",
    "photos",
}  # demo: people with a password; photos: pictures, not rows


def split(module: str) -> tuple[str, str]:
    """The app and the part of a dotted name: ("accounts", "models"); ("", "") for what is not ours."""
    parts = [*module.split("."), "", ""]
    if parts[0] == "tafelronde" and parts[1] in KNOWS:
        parts = parts[1:]
    return (parts[0], parts[1]) if parts[0] in KNOWS else ("", "")


def sources() -> Iterator[tuple[str, str]]:
    """Dotted name and source of every module of ours, migrations left out."""
    for folder, base in [
        (SITE / "tafelronde", SITE),
        *((ROOT / app, ROOT) for app in KNOWS if (ROOT / app).is_dir()),
    ]:
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                yield (
                    ".".join(path.relative_to(base).with_suffix("").parts).removesuffix(".__init__"),
                    path.read_text(),
                )


def imports(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """Every imported name in full, and whether it is there for the type checker alone."""
    for_types = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test).endswith("TYPE_CHECKING")
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in for_types) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names] if not node.level else ["relative"]
            )
            yield from ((name, id(node) in for_types) for name in names)


def row(part: str) -> int:
    """The row of a part, -1 where it has none."""
    return next((number for number, parts in enumerate(ROWS) if part in parts), -1)


def import_faults(module: str, tree: ast.Module) -> Iterator[str]:
    """Imports that docs/architecture.md does not allow."""
    app, part = split(module)
    for name, for_types in imports(tree):
        other, other_part = split(name)
        if name == "relative":
            yield f"{module}: write imports in full"
        elif ".engine" in module and not name.startswith("intervisie.engine") and not in_stdlib(name):
            yield f"{module}: the engine may not import {name}"
        elif not other or (app == "tafelronde" and (part in JOINTS or other == "tafelronde")):
            continue
        elif other == app:
            if not for_types and other_part and row(other_part) > row(part):
                yield f"{module}: {part} may not import {name}"
        elif other == "tafelronde" and other_part in HELPERS:
            continue
        elif other not in KNOWS[app]:
            yield f"{module}: {app} may not know {name}"
        elif other_part not in SHARED:
            yield f"{module}: {name} is {other}'s own"


def in_stdlib(name: str) -> bool:
    return name.split(".")[0] in sys.stdlib_module_names


def inline_import_faults(module: str, tree: ast.Module) -> Iterator[str]:
    """Imports inside functions, but for `ready` in apps.py."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            allowed = function.name == "ready" and module.endswith(".apps")
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom) and not allowed:
                    yield f"{module}:{node.lineno}: an import inside {function.name}"


def write_faults(module: str, tree: ast.Module) -> Iterator[str]:
    """Transactions outside actions, and rows written outside actions and models."""
    part = split(module)[1]
    for node in ast.walk(tree):
        if part != "actions" and "atomic" in {getattr(node, "attr", ""), getattr(node, "id", "")}:
            yield f"{module}:{node.lineno}: a transaction outside actions"
        if part not in MAY_WRITE and isinstance(node, ast.Call) and is_write(node.func):
            yield f"{module}:{node.lineno}: a write outside actions: {ast.unparse(node)}"


def is_write(function: ast.expr) -> bool:
    """Whether calling `function` writes rows, as far as its name tells."""
    if not isinstance(function, ast.Attribute):
        return False
    receiver = ast.unparse(function.value)
    if function.attr in WRITES:
        return not receiver.startswith("super()")
    from_queryset = any(word in receiver for word in (".objects", ".filter(", ".exclude(", ".all()"))
    return function.attr in QUERYSET_WRITES and from_queryset


def faults(module: str, source: str) -> list[str]:
    """All faults of one module, as sentences."""
    tree = ast.parse(source)
    found = [*import_faults(module, tree), *inline_import_faults(module, tree), *write_faults(module, tree)]
    app, part = split(module)
    if app not in {"tafelronde"} and part and row(part) < 0:
        found.append(f"{module}: {part} is no name of docs/architecture.md")
    if tree.body and not ast.get_docstring(tree):
        found.append(f"{module}: no docstring that says what lives there")
    return found
