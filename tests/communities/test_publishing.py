"""Publishing a page brings its row up to date, and nothing else does."""

import pytest

from communities.models import Community
from tests.communities.factories import (
    make_leerkring_page,
    make_meeting,
)

pytestmark = pytest.mark.django_db


def test_publishing_a_leerkring_makes_its_row():
    page = make_leerkring_page(title="Slim samenwerken", slug="slim-samenwerken", joining="open")
    row = Community.objects.get()
    assert page.community == row
    assert (row.title, row.slug, row.joining, row.edition.title) == (
        "Slim samenwerken",
        "slim-samenwerken",
        "open",
        "najaar 2026",
    )


def test_meeting():
    meeting = make_meeting()
    assert meeting.page.meeting == meeting
