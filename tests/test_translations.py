"""The Dutch catalogues are complete, agree with their texts and are compiled."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = sorted(
    path for app in ("*", "site/**") for path in ROOT.glob(f"{app}/locale/nl/LC_MESSAGES/django.po")
)
APPS = [str(path.parents[3].relative_to(ROOT)) for path in CATALOGUES]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+")


def pairs(entry):
    """Each source text of an entry with its translations."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, text) for number, text in entry.msgstr_plural.items() if number]


def test_every_app_has_a_catalogue():
    assert {"communities", "intervisie", "knowledge", "site/tafelronde"} <= set(APPS)


each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=APPS)


@each_catalogue
def test_catalogue_is_complete_and_without_guesses(path):
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@each_catalogue
def test_catalogue_keeps_placeholders_and_tags(path):
    for entry in polib.pofile(str(path)):
        for source, translation in pairs(entry):
            assert sorted(PLACEHOLDER.findall(translation)) == sorted(PLACEHOLDER.findall(source)), source


@each_catalogue
def test_catalogue_is_compiled(path):
    def texts(catalogue):
        return {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in catalogue if not e.obsolete}

    compiled = path.with_suffix(".mo")
    assert compiled.is_file()
    assert texts(polib.mofile(str(compiled))) == texts(polib.pofile(str(path)))
