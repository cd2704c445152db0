"""One way to send mail: language, links, safe headers, both parts, and what happens when the mail server is gone."""

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone, translation

from tafelronde.mail import send, send_all
from tafelronde.post.models import Letter
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


def invitation(inviter):
    return {"inviter": str(inviter), "token": "abc", "days": 7}


def sent(to, context=None, **more):
    send("accounts/invitation", to, context or invitation(make_user()), **more)
    return mail.outbox[-1]


def test_mail_has_subject_greeting_body_and_an_absolute_link():
    message = sent(
        make_user(first_name="Noor"), invitation(make_user(first_name="Fatma", last_name="Bakker"))
    )
    assert message.subject == "Fatma Bakker nodigt je uit"
    assert message.body.startswith("Dag Noor,\n\n")
    assert f"{settings.SITE_URL}/uitnodiging/abc/\n" in message.body
    assert message.body.endswith(f"{settings.SITE_NAME}\n{settings.SITE_URL}\n")
    assert message.from_email == settings.DEFAULT_FROM_EMAIL


@pytest.mark.parametrize(("language", "greeting"), [("nl", "Dag Noor,"), ("en", "Hello Noor,")])
def test_mail_speaks_the_language_of_who_gets_it(language, greeting):
    person = make_user(first_name="Noor", language=language)
    with translation.override("en" if language == "nl" else "nl"):
        assert sent(person).body.startswith(greeting)
        assert sent(person.email).body.startswith(greeting)


def test_mail_to_an_unknown_address_speaks_the_language_of_the_moment():
    with translation.override("en"):
        assert sent("jan@zwolle.test").body.startswith("Hello,")
    assert sent("jan@zwolle.test").body.startswith("Dag,")


def test_mail_escapes_nothing_as_it_is_plain_text():
    message = sent(
        "jan@zwolle.test", invitation(make_user(first_name="D'Artagnan & <b>Zn</b>", last_name="B"))
    )
    assert message.subject == "D'Artagnan & <b>Zn</b> B nodigt je uit"
    assert message.content_subtype == "plain"
    assert "D&#x27;Artagnan &amp; &lt;b&gt;Zn&lt;/b&gt; B" in message.alternatives[0].content


@pytest.mark.parametrize(
    "evil", ["Fatma\nBcc: kwaad@kwaad.test", "Fatma\r\nBcc: kwaad@kwaad.test", "Fatma\rX: y"]
)
def test_name_with_a_line_break_makes_no_header(evil):
    message = sent("jan@zwolle.test", invitation(make_user(first_name=evil)))
    written = message.message()
    assert "\n" not in message.subject and "\r" not in message.subject
    assert written["Bcc"] is None and written["X"] is None
    assert message.recipients() == ["jan@zwolle.test"]


def test_mail_has_headers_that_keep_robots_quiet_and_copies_recognisable():
    written = sent(make_user()).message()
    assert written["Auto-Submitted"] == "auto-generated"
    assert written["Message-ID"] == f"<{Letter.objects.get().pk}@localhost>"
    assert written["List-Unsubscribe"] is None


def test_closed_account_gets_no_mail():
    person = make_user(is_active=False)
    for to in (person, person.email):
        send("accounts/invitation", to, invitation(make_user()))
    assert mail.outbox == []


class GoneBackend(EmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({"geheim@zwolle.test": (550, b"geheim")})


def test_mail_server_that_refuses_breaks_nothing_and_logs_no_content(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.GoneBackend"
    with caplog.at_level(logging.DEBUG):
        send("accounts/invitation", "geheim@zwolle.test", {**invitation(make_user()), "token": "geheim"})
    assert [record.getMessage() for record in caplog.records] == [
        "The mail accounts/invitation was not sent: SMTPRecipientsRefused 550"
    ]
    assert "geheim" not in caplog.text


def test_signup_goes_on_where_the_mail_server_is_gone(settings, client):
    settings.EMAIL_BACKEND = f"{__name__}.GoneBackend"
    make_user("bekend@deventer.test")
    response = client.post("/account/password/reset/", {"email": "bekend@deventer.test"})
    assert response.status_code == 302


def test_both_parts_say_the_same():
    message = sent(make_user(first_name="Noor"))
    html = message.alternatives[0].content
    for words in ("Dag Noor,", "waar publieke professionals van elkaar leren", "/uitnodiging/abc/"):
        assert words in message.body and words in html
    assert "Bekijk de uitnodiging" in html and "Bekijk de uitnodiging" not in message.body


def test_one_thing_is_told_once_to_each():
    noor, jan = make_user(), make_user()
    for people in ([noor], [noor, jan], [jan, noor]):
        send_all("accounts/invitation", people, invitation(make_user()), about="x")
    assert [message.to for message in mail.outbox] == [[noor.email], [jan.email]]


def test_mail_is_sent_as_late_as_allowed_and_no_later():
    for minutes in (-1, 1):
        send_all(
            "accounts/invitation",
            [make_user()],
            invitation(make_user()),
            before=timezone.now() + timedelta(minutes=minutes),
        )
    assert len(mail.outbox) == 1
    assert sorted(letter.status for letter in Letter.objects.all()) == ["lapsed", "sent"]


def test_unknown_template_is_a_fault_of_ours():
    with pytest.raises(Exception, match="mail/nergens"):
        send("nergens", "jan@zwolle.test", {})
