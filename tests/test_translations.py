"""The Dutch catalogues are complete, agree with their texts and are compiled."""

import importlib
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


def test_a_text_has_one_translation_whichever_catalogue_it_is_in():
    """Django makes one catalogue of all: of two translations of one text only one would ever be read."""
    found = {}
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            found.setdefault((entry.msgctxt, entry.msgid), set()).add(
                str(entry.msgstr or entry.msgstr_plural)
            )
    assert {text: dutch for text, dutch in found.items() if len(dutch) > 1} == {}


OTHERS = ("django", "wagtail", "allauth")
# What our buttons say in the imperative, as all of them do; and words that mean the same there.
OURS_ALL_THE_SAME = {
    "(optional)", "Cancel", "Cancelled", "Caption", "Change", "Clear all filters", "Close", "Continue", "Delete",
    "Home", "Loading", "Log in", "Log out", "Pages", "Refresh", "Remove", "Save", "description", "item", "slug",
}  # fmt: skip


def test_no_text_of_ours_changes_what_a_library_says():
    """A text of ours that a library has too, and means otherwise, needs a context: `pgettext`."""
    ours, changed = {}, set()
    for path in CATALOGUES:
        ours |= {e.msgid: e.msgstr for e in polib.pofile(str(path)) if not e.msgctxt and e.msgstr}
    for name in OTHERS:
        folder = Path(importlib.import_module(name).__file__).parent
        for path in folder.rglob("locale/nl/LC_MESSAGES/django.mo"):
            for entry in polib.mofile(str(path)):
                if not entry.msgctxt and entry.msgstr and ours.get(entry.msgid, entry.msgstr) != entry.msgstr:
                    changed.add(entry.msgid)
    assert changed == OURS_ALL_THE_SAME


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
