"""The tree is as docs/architecture.md says: who imports whom, where rows are written, what `site/` holds."""

import sys

import pytest

from tests import architecture
from tests.architecture import ROOT, SITE, faults


def test_source_keeps_to_the_architecture():
    found = [fault for module, source in architecture.sources() for fault in faults(module, source)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("module", "line", "fault"),
    [
        ("communities.actions", "from intervisie.models import Case", "communities may not know"),
        ("knowledge.views", "from intervisie import queries", "knowledge may not know"),
        ("tafelronde.accounts.views", "from communities.models import Community", "accounts may not know"),
        ("intervisie.views", "from communities.forms import JoinForm", "communities's own"),
        ("intervisie.views.room", "import communities.views", "communities's own"),
        ("communities.views", "from tafelronde.middleware import ADMIN_PREFIX", "communities may not know"),
        ("communities.models.meeting", "from communities.actions import join", "models may not import"),
        ("communities.models", "from communities import actions", "models may not import"),
        ("communities.rules", "from communities.models import Meeting", "rules may not import"),
        ("intervisie.realtime.hub", "from intervisie.views import rooms", "realtime may not import"),
        ("intervisie.engine.machine", "from django.utils import timezone", "the engine may not import"),
        ("intervisie.engine.machine", "from intervisie.enums import CastRole", "the engine may not import"),
        ("intervisie.engine", "import intervisie.models", "the engine may not import"),
        ("communities.views", "from .models import Meeting", "write imports in full"),
        ("communities.views", "def view():\n    import json", "an import inside view"),
        (
            "communities.views",
            "class V:\n    async def get(self):\n        from json import loads",
            "an import inside",
        ),
        ("communities.views", "with transaction.atomic():\n    pass", "a transaction outside actions"),
        ("communities.queries", "@atomic\ndef join(): ...", "a transaction outside actions"),
        ("communities.views", "meeting.save(update_fields=['title'])", "a write outside actions"),
        ("communities.forms", "Rsvp.objects.create(user=user)", "a write outside actions"),
        ("communities.feeds", "meetings.filter(old=True).update(status='x')", "a write outside actions"),
        ("communities.views", "membership.delete()", "a write outside actions"),
        ("tafelronde.pages.views", "Rsvp.objects.get_or_create(user=user)", "a write outside actions"),
        ("communities.utils", "x = 1", "utils is no name"),
    ],
)
def test_planted_fault_is_found(module, line, fault):
    assert [found for found in faults(module, f'"""Planted."""\n{line}') if fault in found]


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("communities.actions", "from communities.models import Meeting"),
        ("communities.actions", "with transaction.atomic():\n    meeting.save()"),
        ("communities.rules", "if TYPE_CHECKING:\n    from communities.models import Meeting"),
        ("communities.views", "from tafelronde.templatetags import ui"),
        ("communities.views", "context.update(title='x')\nrecipe.create()"),
        ("communities.forms", "super().save()"),
        (
            "communities.apps",
            "class Config:\n    def ready(self):\n        from communities import notifications",
        ),
        ("intervisie.engine.machine", "import dataclasses\nfrom intervisie.engine.state import State"),
        ("intervisie.views", "from communities import queries\nfrom tafelronde.accounts.models import User"),
        ("tafelronde.asgi", "from intervisie.realtime.routing import patterns"),
        ("tafelronde.pages.views", "from knowledge.queries import news_visible_to"),
    ],
)
def test_allowed_line_passes(module, line):
    assert faults(module, f'"""Fine."""\n{line}') == []


def test_module_without_docstring_is_found():
    assert faults("communities.views", "x = 1") == [
        "communities.views: no docstring that says what lives there"
    ]


def test_site_is_a_folder_that_holds_one_package():
    assert [path.name for path in SITE.iterdir() if path.name != "__pycache__"] == ["tafelronde"]
    assert (SITE / "tafelronde" / "__init__.py").is_file()


def test_nothing_on_the_path_hides_a_standard_module():
    on_path = {path.stem for folder in (ROOT, SITE) for path in folder.iterdir() if path != SITE}
    assert on_path & set(sys.stdlib_module_names) == set()
