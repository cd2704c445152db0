"""The mailbox of development reads what Django's file backend writes, also half of it."""

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.urls import reverse
from django.utils import timezone

from tafelronde.mailbox.reader import all_mails

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path / "mail"
    return settings.MAILBOX_DIR


@pytest.fixture
def write(folder):
    """Mails one message as development does."""

    def send(message):
        backend = "django.core.mail.backends.filebased.EmailBackend"
        with get_connection(backend, file_path=folder) as connection:
            connection.send_messages([message])

    return send


def make_mail(subject="Bevestig je adres", body="Open http://localhost/account/ nu.", **more):
    return EmailMessage(subject, body, to=["fatma@deventer.test"], **more)


def first_link(page):
    return page.split('class="list"')[1].split('href="')[1].split('"')[0]


def test_empty_mailbox_says_so(client, folder):
    assert not folder.exists()
    assert "Nog geen post" in client.get(reverse("mailbox")).content.decode()


def a_minute_passes(folder):
    """Files of one tick of the clock have the same time, and the backend may use a name twice within a second."""
    for file in list(folder.iterdir()):
        earlier = file.stat().st_mtime - 60
        os.utime(file, (earlier, earlier))
        file.rename(folder / f"{uuid4()}.log")


def test_mailbox_lists_newest_first(client, write, folder):
    for subject in ("Eén", "Twee", "Drie"):
        write(make_mail(subject))
        a_minute_passes(folder)
    assert [mail.subject for mail in all_mails()] == ["Drie", "Twee", "Eén"]
    page = client.get(reverse("mailbox")).content.decode()
    assert page.index("Drie") < page.index("Twee") < page.index("Eén")
    assert "fatma@deventer.test" in page


def test_mail_opens_with_links_that_can_be_followed(client, write):
    write(make_mail())
    page = client.get(first_link(client.get(reverse("mailbox")).content.decode())).content.decode()
    assert '<a href="http://localhost/account/"' in page


def test_mail_tells_when_it_was_sent(write):
    before = timezone.now() - timedelta(seconds=2)
    write(make_mail())
    assert before <= all_mails()[0].date <= timezone.now()


def test_long_link_is_not_broken(client, write):
    link = "http://localhost:8000/account/password/reset/key/" + "a1-" * 60 + "/"
    write(make_mail(body=f"Kijk:\n\n{link}\n"))
    assert (
        f'href="{link}"'
        in client.get(first_link(client.get(reverse("mailbox")).content.decode())).content.decode()
    )


def test_mail_is_text_and_never_markup(client, write):
    write(make_mail("<script>1</script>", "<script>alert(1)</script>"))
    for address in (reverse("mailbox"), first_link(client.get(reverse("mailbox")).content.decode())):
        assert "<script>1" not in client.get(address).content.decode()
        assert "<script>alert" not in client.get(address).content.decode()


def test_designed_part_stands_alone_under_a_strict_policy(client, write):
    message = EmailMultiAlternatives("Dag", "tekst", to=["fatma@deventer.test"])
    message.attach_alternative("<p>in kleur</p><script>alert(1)</script>", "text/html")
    write(message)
    address = first_link(client.get(reverse("mailbox")).content.decode())
    assert "in kleur" not in client.get(address).content.decode()
    response = client.get(f"{address}html/")
    assert "in kleur" in response.content.decode()
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script" not in policy


def test_mail_without_designed_part_has_none(client, write):
    write(make_mail())
    address = first_link(client.get(reverse("mailbox")).content.decode())
    assert client.get(f"{address}html/").status_code == 404


def test_attachments_are_named(client, write):
    write(make_mail(attachments=[("bijeenkomst.ics", "BEGIN:VCALENDAR", "text/calendar")]))
    assert (
        "bijeenkomst.ics"
        in client.get(first_link(client.get(reverse("mailbox")).content.decode())).content.decode()
    )


def test_half_written_mail_waits(client, write, folder):
    write(make_mail("Heel"))
    (whole,) = folder.iterdir()
    for length in range(0, whole.stat().st_size, 7):
        (folder / "half.log").write_bytes(whole.read_bytes()[:length])
        assert [mail.subject for mail in all_mails()] == ["Heel"]
    assert client.get(reverse("mailbox")).status_code == 200


def test_rubbish_in_the_folder_is_passed_by(client, write, folder):
    write(make_mail("Heel"))
    (folder / "rommel.log").write_bytes(b"\xff\xfe" * 50 + b"\n" + b"-" * 79 + b"\n")
    (folder / "lees.txt").write_text("geen post")
    assert client.get(reverse("mailbox")).status_code == 200
    assert [mail.subject for mail in all_mails()] == ["Heel"]


@pytest.mark.parametrize("name", ["nergens", "..%2F..%2Ftafelronde", ".."])
def test_mail_that_is_not_there_is_not_found(client, name):
    assert client.get(f"/postbus/{name}/0/").status_code == 404


def test_designed_part_is_shown_in_a_frame_without_rights(client, write):
    message = EmailMultiAlternatives("Dag", "tekst", to=["fatma@deventer.test"])
    message.attach_alternative("<p>in kleur</p>", "text/html")
    write(message)
    address = first_link(client.get(reverse("mailbox")).content.decode())
    page = client.get(address).content.decode()
    assert f'<iframe class="card" src="{address}html/" sandbox="' in page
    assert "allow-scripts" not in page and "allow-same-origin" not in page
    assert client.get(f"{address}html/")["X-Frame-Options"] == "SAMEORIGIN"
