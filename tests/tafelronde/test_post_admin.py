"""The outbox in the admin: its state for administrators alone, and never what a mail says. And how mails are made."""

import re
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse

from tafelronde.mail import send
from tafelronde.post.colours import colours
from tafelronde.post.models import Letter
from tafelronde.post.writing import subject_of
from tests.tafelronde.factories import make_user

ROOT = Path(__file__).resolve().parents[2]
MAILS = [path for path in ROOT.glob("**/templates/mail/*/*.txt") if ".venv" not in path.parts]
NAMES = {f"{path.parent.name}/{path.stem}" for path in MAILS}
LIST = "admin:post_letter_changelist"
# Named by their kind, and the frame of mails about a meeting.
OF_A_KIND = {"communities/meeting", "communities/meeting_planned", "communities/meeting_reminder"}


@pytest.fixture
def letter(db):
    send("accounts/invitation", "noor@zwolle.test", {"inviter": "Fatma", "token": "geheim", "days": 7})
    Letter.objects.update(status="uncertain", values={"inviter": "Fatma", "token": "geheim", "days": 7})
    mail.outbox.clear()
    return Letter.objects.get()


def test_administrator_sees_what_became_of_a_mail_and_not_what_it_says(client, letter):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    for address in (reverse(LIST), reverse("admin:post_letter_change", args=[letter.pk])):
        page = client.get(address).content.decode()
        assert "noor@zwolle.test" in page and "Misschien verstuurd" in page
        assert "… nodigt je uit" in page
        assert "geheim" not in page


def test_administrator_sends_again(client, letter):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    client.post(reverse(LIST), {"action": "send_again", "_selected_action": [str(letter.pk)]})
    letter.refresh_from_db()
    assert letter.status == "waiting"


def test_others_do_not_see_the_outbox(client, letter):
    client.force_login(make_user(is_staff=True))
    assert client.get(reverse(LIST)).status_code == 403


@pytest.mark.parametrize("path", MAILS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_mail_has_both_parts(path):
    first = path.read_text().splitlines()[0]
    assert first == "{% extends base %}" or first.startswith('{% extends "mail/')
    assert '"mail/base' not in first


def test_colours_are_those_of_the_tokens():
    light, dark = colours()["light"], colours()["dark"]
    assert (light["delft"], dark["delft"]) == ("#1d4e89", "#8db8ea")
    assert (
        set(light)
        == set(dark)
        >= {"paper", "surface", "ink", "ink_soft", "hairline", "oker_fill", "delft_soft"}
    )


@pytest.mark.parametrize("template", sorted(NAMES - OF_A_KIND))
def test_every_mail_without_a_kind_is_named_by_its_subject(template):
    assert re.search(r"[a-z]{3}", subject_of(template))


def test_outbox_shows_a_mail_that_there_is_no_more(client, letter):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    Letter.objects.update(template="accounts/of_before")
    assert "accounts/of_before" in client.get(reverse(LIST)).content.decode()


def test_outbox_is_narrowed_to_one_mail(client, letter):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    assert "noor@zwolle.test" in client.get(reverse(LIST), {"template": letter.template}).content.decode()
    assert "noor@zwolle.test" not in client.get(reverse(LIST), {"template": "x"}).content.decode()
