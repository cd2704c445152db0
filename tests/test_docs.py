"""The documents say what the code says: settings, commands, dependencies, make targets."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
OPERATIONS = (ROOT / "docs/operations.md").read_text()
OURS = {"tafelronde", "communities", "intervisie", "knowledge"}


def table_names(text, heading):
    """The names in code letters of the first column of the tables under a heading."""
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def settings_read():
    """Names that settings read from the environment."""
    source = (ROOT / "site/tafelronde/settings.py").read_text()
    return set(re.findall(r'env\.(?:text|flag|number|words|some|days|day|choice)\(\s*"(\w+)"', source))


def direct(requirements):
    return set(re.findall(r"^([\w-]+)", (ROOT / requirements).read_text(), re.MULTILINE))


def test_every_setting_stands_in_the_table_and_every_row_is_read():
    assert table_names(OPERATIONS, "Settings") == settings_read()


def test_environment_is_read_through_one_module_alone():
    readers = [path for path in (ROOT / "site").rglob("*.py") if "os.environ" in path.read_text()]
    assert {path.name for path in readers} == {"env.py"}


def test_every_command_of_ours_stands_in_operations():
    ours = {name for name, app in get_commands().items() if str(app).split(".")[0] in OURS}
    assert ours
    assert {name for name in ours if f"`manage.py {name}`" not in OPERATIONS} == set()


@pytest.mark.parametrize(
    ("requirements", "heading"),
    [("requirements.txt", "To run"), ("requirements-dev.txt", "To test and check")],
)
def test_every_dependency_has_its_reason(requirements, heading):
    reasons = table_names((ROOT / "docs/dependencies.md").read_text(), heading)
    assert direct(requirements) - {"-r", "-c"} == reasons


@pytest.mark.parametrize("requirements", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_pinned_exactly(requirements):
    lines = [line for line in (ROOT / requirements).read_text().splitlines() if line[:1].isalpha()]
    assert [line for line in lines if not re.fullmatch(r"[\w-]+(\[[\w,]+\])?==[\w.]+", line)] == []


def test_every_make_target_stands_in_help():
    makefile = (ROOT / "Makefile").read_text()
    phony = set(re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split())
    targets = set(re.findall(r"^([a-z0-9]\w*):", makefile, re.MULTILINE))
    assert targets == phony == set(re.findall(r"^(\w+):.*## ", makefile, re.MULTILINE))


def test_links_between_documents_lead_somewhere():
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [
        (path.relative_to(ROOT), target)
        for path in documents
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert links == []
