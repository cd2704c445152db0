"""The statements are filled from the settings, say where something misses, and name every work of others."""

import re
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.urls import reverse

from tafelronde import VERSION
from tafelronde.papers.checks import check_statements
from tafelronde.papers.licences import WORKS
from tafelronde.papers.organisation import Ground, Organisation, Status, organisation
from tafelronde.post import actions as post
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
PAPERS = ("privacy", "accessibility", "colophon", "security")
FILLED = {
    "ORGANISATION_NAME": "Gemeente Meerwold",
    "ORGANISATION_ADDRESS": "Markt 1\n1234 AB Meerwold",
    "CONTACT_EMAIL": "leerkring@meerwold.test",
    "DPO_EMAIL": "fg@meerwold.test",
    "PRIVACY_GROUND": "public-task",
    "LOG_DAYS": 17,
    "BACKUP_DAYS": 31,
    "ACCESSIBILITY_STATUS": "B",
    "STATEMENTS_DATE": date(2026, 5, 31),
    "SECURITY_CONTACT": "https://meerwold.test/melden",
}
# Code, and notes to who builds: no works to be named. The rest is.
CODE = {".css", ".js", ".md", ".py", ".pyc"}


@pytest.fixture
def filled(settings):
    for name, value in FILLED.items():
        setattr(settings, name, value)


def read(client, name, language="nl"):
    client.cookies["language"] = language
    response = client.get(reverse(name))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_statement_is_for_everybody_and_hides_what_misses(client, name, language):
    html = read(client, name, language)
    assert f'<html lang="{language}"' in html
    assert html.count("<h1>") == 1
    assert "ORGANISATION_NAME" not in html
    assert "None" not in html


@pytest.mark.parametrize("name", PAPERS)
def test_administrators_see_what_misses(client, name):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    html = read(client, name)
    assert all(f"<code>{missing}</code>" in html for missing in FILLED)
    client.force_login(make_user())
    assert "ORGANISATION_NAME" not in read(client, name)


@pytest.mark.parametrize("name", PAPERS)
def test_nothing_misses_once_it_is_filled_in(client, filled, name):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    html = read(client, name)
    assert "<code>" not in html
    assert "Gemeente Meerwold<br>Markt 1<br>1234 AB Meerwold" in html
    assert "31 mei 2026" in html


def test_privacy_statement_says_who_how_long_and_on_which_ground(client, filled):
    html = read(client, "privacy", "en")
    for words in ("mailto:fg@meerwold.test", "17 days", "31 days", "a task of public interest", "14 days"):
        assert words in html


def test_privacy_statement_tells_how_long_the_outbox_remembers(client):
    assert timedelta(days=60) == post.KEPT
    assert "60 days" in read(client, "privacy", "en")


def test_privacy_statement_tells_the_days_of_the_session_cookie(client, settings):
    assert settings.SESSION_COOKIE_AGE == 14 * 24 * 3600
    assert "at most 14 days" in read(client, "privacy", "en")


@pytest.mark.parametrize("letter", ["A", "B", "C", "D"])
def test_accessibility_statement_says_its_status(client, filled, settings, letter):
    settings.ACCESSIBILITY_STATUS = letter
    settings.ACCESSIBILITY_REPORT_URL = "https://meerwold.test/audit"
    assert f">{Status(letter).label}</span>" in read(client, "accessibility")
    html = read(client, "accessibility", "en")
    assert 'href="https://meerwold.test/audit"' in html
    assert "no report of an independent audit" not in html


def test_settings_take_what_the_statements_know(settings):
    source = (ROOT / "site/tafelronde/settings.py").read_text()
    for name, kinds in (("PRIVACY_GROUND", Ground), ("ACCESSIBILITY_STATUS", Status)):
        words = re.search(rf'"{name}",\s*\(([^)]*)\)', source)[1]
        assert re.findall(r'"([^"]*)"', words) == ["", *kinds.values]


def test_deploy_check_names_what_misses(settings, filled):
    assert check_statements(None) == []
    settings.DPO_EMAIL = settings.ORGANISATION_NAME = ""
    (warning,) = check_statements(None)
    assert warning.id == "tafelronde.W001"
    assert "Set: ORGANISATION_NAME, DPO_EMAIL." in warning.msg


def test_only_the_report_may_be_left_out(filled):
    assert organisation().missing == []
    assert {name.upper() for name in Organisation.__dataclass_fields__} - set(FILLED) == {
        "ACCESSIBILITY_REPORT_URL"
    }


def test_colophon_names_every_work_with_its_licence(client):
    html = read(client, "colophon")
    for work in WORKS:
        assert work.name in html
        assert f'<a href="{work.licence_url}">{work.licence}</a>' in html
    assert VERSION in html


def works_in_folders():
    """Every file of ours that is no code, by its path under `static` or `data`."""
    folders = [
        path
        for base in (
            ROOT / "site/tafelronde",
            *(ROOT / app for app in ("communities", "intervisie", "knowledge")),
        )
        for kind in ("static", "data")
        for path in base.rglob(kind)
    ]
    return {
        str(path.relative_to(folder))
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in CODE
    }


def test_every_font_icon_picture_and_table_of_data_has_its_licence():
    files = works_in_folders()
    assert len(files) > 10
    patterns = [(work.name, pattern) for work in WORKS for pattern in work.files]
    owners = {file: [name for name, pattern in patterns if fnmatch(file, pattern)] for file in files}
    assert {file: names for file, names in owners.items() if len(names) != 1} == {}
    assert [pattern for _, pattern in patterns if not any(fnmatch(file, pattern) for file in files)] == []


@pytest.mark.parametrize("name", PAPERS)
def test_statements_are_linked_from_every_page(client, name):
    assert f'href="{reverse(name)}"' in client.get("/kennis/").content.decode()


def test_statement_asks_the_database_nothing(client, django_assert_num_queries):
    read(client, "privacy")
    with django_assert_num_queries(0):
        read(client, "privacy")


def security_txt(client):
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_security_txt_says_what_rfc_9116_asks(client, filled, settings):
    settings.SITE_URL = "https://leerkring.test"
    fields = security_txt(client)
    expires = datetime.strptime(fields.pop("Expires"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=90) < expires - datetime.now(UTC) < timedelta(days=365)
    assert fields == {
        "Contact": "https://meerwold.test/melden",
        "Preferred-Languages": "nl, en",
        "Canonical": "https://leerkring.test/.well-known/security.txt",
        "Policy": "https://leerkring.test/beveiliging/",
    }
    assert client.get("/beveiliging/").status_code == 200


def test_security_txt_makes_a_mail_address_a_link_and_falls_back_on_the_contact(client, filled, settings):
    settings.SECURITY_CONTACT = ""
    assert security_txt(client)["Contact"] == "mailto:leerkring@meerwold.test"
    settings.SECURITY_CONTACT = "cert@meerwold.test"
    assert security_txt(client)["Contact"] == "mailto:cert@meerwold.test"


def test_security_txt_without_contact_is_not_there(client):
    assert client.get("/.well-known/security.txt").status_code == 404


def test_version_is_that_of_publiccode():
    text = (ROOT / "publiccode.yml").read_text()
    assert re.search(r"^softwareVersion: (.+)$", text, re.MULTILINE)[1] == VERSION
