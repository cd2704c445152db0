"""Where the demo's pages are and how many queries a warm one asks of a member: `python -m tests.benchmarks.queries`."""

import json
import os
import sys

from tests.benchmarks.process import ROOT

sys.path.insert(0, str(ROOT / "site"))
os.environ["DJANGO_SETTINGS_MODULE"] = "tafelronde.settings"

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from communities.enums import MembershipStatus, Role  # noqa: E402
from communities.models import LeerkringPage, MeetingPage, Membership  # noqa: E402
from knowledge.models import NewsIndexPage  # noqa: E402
from tafelronde.pages.models import HomePage  # noqa: E402

PAGES = {"home": HomePage, "leerkring": LeerkringPage, "meeting": MeetingPage, "news": NewsIndexPage}


def main() -> None:
    client = Client(headers={"host": "localhost", "x-forwarded-proto": "https"})
    members = Membership.objects.filter(status=MembershipStatus.ACTIVE, role=Role.MEMBER)
    client.force_login(members.earliest("pk").user)
    found = {}
    for name, kind in PAGES.items():
        path = kind.objects.live().first().relative_url(None) or "/"
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        found[name] = {"path": path, "queries": len(asked)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
