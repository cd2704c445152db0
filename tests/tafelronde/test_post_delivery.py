"""From the outbox to a real mail server: what arrives, and what happens where the server refuses, hangs or hangs up."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import icalendar
import pytest
from django.conf import settings as site
from django.utils import timezone

from communities import notifications
from communities.enums import MeetingChange
from communities.models import Membership
from tafelronde.mail import Kind, send
from tafelronde.post import actions
from tafelronde.post.delivery import deliver_some
from tafelronde.post.enums import LetterStatus
from tafelronde.post.models import Letter
from tests.communities.factories import make_community, make_meeting, make_membership
from tests.support.mail_server import BadServer, Post, mail_server
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

INVITATION = {"inviter": "Zoë van Oeffelen-Çelik", "token": "abc", "days": 7}


@pytest.fixture
def use(settings):
    """Mail goes to the server on this port."""

    def use(port):
        settings.EMAIL_BACKEND = "tafelronde.post.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.4

    return use


@pytest.fixture
def post(use):
    """A mail server that works."""
    post = Post()
    with mail_server(post) as port:
        use(port)
        yield post


def letter():
    return Letter.objects.get()


def invite(email="daniel@zwolle.test"):
    send("accounts/invitation", email, INVITATION)


def try_again():
    """As if the time for the next try had come."""
    Letter.objects.filter(status=LetterStatus.WAITING).update(due_at=timezone.now())
    deliver_some()


# What arrives


def test_mail_arrives_with_both_parts_and_its_headers(post):
    invite("noor@zwolle.test")
    [mail] = post.mails
    assert post.receivers == ["noor@zwolle.test"]
    assert mail["From"] == site.DEFAULT_FROM_EMAIL and mail["To"] == "noor@zwolle.test"
    assert mail["Subject"] == "Zoë van Oeffelen-Çelik nodigt je uit"
    assert mail["Message-ID"] == f"<{letter().pk}@localhost>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert abs(parsedate_to_datetime(mail["Date"]).timestamp() - timezone.now().timestamp()) < 60
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert "Zoë van Oeffelen-Çelik vraagt je" in part.get_content()
        assert part["Content-Transfer-Encoding"] == "quoted-printable"
    assert post.raw[0].isascii()
    assert letter().status == LetterStatus.SENT and letter().values == {}


@pytest.mark.parametrize(("language", "words"), [("nl", "Dag Noor,"), ("en", "Hello Noor,")])
def test_designed_part_names_its_language_and_asks_nothing_of_others(post, language, words):
    send("accounts/invitation", make_user(first_name="Noor", language=language), INVITATION)
    html = post.mails[0].get_body(("html",)).get_content()
    assert f'<html lang="{language}"' in html and words in html
    assert "<img" not in html and "url(" not in html and "@import" not in html and "<script" not in html
    assert "prefers-color-scheme: dark" in html and 'name="color-scheme"' in html
    assert "var(--" not in html and "{{" not in html


@pytest.fixture
def member(post):
    """A member of a leerkring with one published meeting."""
    meeting = make_meeting(make_community(title="Slim"), title="Sturen")
    return make_membership(meeting.community, make_user("lid@voorbeeld.test")), meeting


def calendar_of(mail):
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return part, icalendar.Calendar.from_ical(part.get_content())


def test_calendar_mail_asks_and_later_takes_back(post, member):
    _, meeting = member
    notifications.tell_changed(meeting, MeetingChange.PLANNED)
    meeting.starts_at, meeting.ends_at = (
        moment + timedelta(days=1) for moment in (meeting.starts_at, meeting.ends_at)
    )
    meeting.sequence += 1
    meeting.save()
    notifications.tell_changed(meeting, MeetingChange.MOVED)
    meeting.status, meeting.sequence = "cancelled", 2
    meeting.save()
    notifications.tell_changed(meeting, MeetingChange.CANCELLED)
    seen = [calendar_of(mail) for mail in post.mails]
    assert [part.get_param("method") for part, _ in seen] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [calendar["METHOD"] for _, calendar in seen] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [calendar.walk("VEVENT")[0] for _, calendar in seen]
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert {event["UID"] for event in events} == {f"meeting-{meeting.uid}@localhost"}
    assert events[1].start == events[0].start + timedelta(days=1) == meeting.starts_at.replace(microsecond=0)
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    for mail, (_, calendar), event in zip(post.mails, seen, events, strict=True):
        assert (event["ATTENDEE"], event["ORGANIZER"]) == (
            "mailto:lid@voorbeeld.test",
            "mailto:noreply@localhost",
        )
        assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
        [file] = mail.iter_attachments()
        assert (file.get_filename(), file.get_content_type()) == ("bijeenkomst.ics", "application/ics")
        assert icalendar.Calendar.from_ical(file.get_content()) == calendar


def test_file_of_a_calendar_mail_has_the_hour_of_amsterdam_in_summer_and_winter(post, member):
    _, meeting = member
    for month, offset in ((1, 1), (7, 2)):
        start = datetime(timezone.now().year + 1, month, 5, 9, 30, tzinfo=timezone.get_default_timezone())
        meeting.starts_at, meeting.ends_at = start, start + timedelta(hours=2)
        meeting.sequence += 1
        meeting.save()
        notifications.tell_changed(meeting, MeetingChange.MOVED)
        event = calendar_of(post.mails[-1])[1].walk("VEVENT")[0]
        assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
        assert event.start.utcoffset() == timedelta(hours=offset) and event.start.hour == 9


def test_only_mail_that_one_can_do_without_has_a_way_out(post, member):
    _, meeting = member
    notifications.tell_changed(meeting, MeetingChange.PLANNED)
    notifications.tell_changed(meeting, MeetingChange.MOVED)
    new, moved = post.mails
    assert new["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = new["List-Unsubscribe"].strip(" <>")
    assert address.startswith(f"{site.SITE_URL}/mail/afmelden/")
    assert (
        address in new.get_body(("plain",)).get_content() and address in new.get_body(("html",)).get_content()
    )
    assert moved["List-Unsubscribe"] is None and moved["List-Unsubscribe-Post"] is None


def test_one_click_from_the_header_ends_that_kind_and_no_other(post, member, client):
    _, meeting = member
    notifications.tell_changed(meeting, MeetingChange.PLANNED)
    path = urlsplit(post.mails[0]["List-Unsubscribe"].strip(" <>")).path
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    notifications.tell_changed(make_meeting(meeting.community), MeetingChange.PLANNED)
    assert len(post.mails) == 1
    notifications.tell_changed(meeting, MeetingChange.MOVED)
    assert len(post.mails) == 2


def test_choice_counts_at_the_moment_of_sending(use, member):
    _, meeting = member
    use(1)  # nobody listens there
    notifications.tell_changed(meeting, MeetingChange.PLANNED)
    assert letter().status == LetterStatus.WAITING
    actions.unsubscribe(Membership.objects.get().user, Kind.NEW_MEETINGS)
    post = Post()
    with mail_server(post) as port:
        use(port)
        try_again()
    assert post.raw == [] and letter().status == LetterStatus.LAPSED


def test_letter_that_was_overtaken_is_not_sent(use, member):
    _, meeting = member
    use(1)
    notifications.tell_changed(meeting, MeetingChange.MOVED)
    meeting.status, meeting.sequence = "cancelled", 1
    meeting.save()
    notifications.tell_changed(meeting, MeetingChange.CANCELLED)
    post = Post()
    with mail_server(post) as port:
        use(port)
        try_again()
    assert [calendar_of(mail)[1]["METHOD"] for mail in post.mails] == ["CANCEL"]


# Servers that do not take it


@pytest.mark.parametrize(("verb", "answer"), [("RCPT", "451 4.7.1 later"), ("DATA", "452 4.3.1 full")])
def test_refusal_that_may_pass_is_tried_again_later(use, verb, answer):
    post = Post(**{verb: [answer]})
    with mail_server(post) as port:
        use(port)
        invite()
        assert letter().status == LetterStatus.WAITING and answer[:3] in letter().problem
        assert timedelta(seconds=50) < letter().due_at - timezone.now() <= timedelta(minutes=1)
        deliver_some()
        assert post.raw == []  # not before its time
        try_again()
    assert len(post.raw) == 1 and letter().status == LetterStatus.SENT and letter().tries == 2


@pytest.mark.parametrize(
    ("verb", "answer"), [("RCPT", "550 5.1.1 geheim@zwolle.test"), ("DATA", "554 5.7.1 no")]
)
def test_refusal_for_ever_gives_up_where_everybody_can_see_it(use, caplog, verb, answer):
    with mail_server(Post(**{verb: [answer]})) as port:
        use(port)
        invite("geheim@zwolle.test")
        try_again()
    assert letter().status == LetterStatus.FAILED and answer[:3] in letter().problem and letter().tries == 1
    assert "geheim" not in caplog.text and "was not sent" in caplog.text


def test_refused_letter_does_not_hold_up_the_next(use):
    post = Post(RCPT=["550 no"])
    with mail_server(post) as port:
        use(port)
        for email in ("a@zwolle.test", "b@zwolle.test"):
            invite(email)
    assert post.receivers == ["b@zwolle.test"]


def test_server_that_stays_away_is_tried_for_two_days(use, caplog):
    use(1)
    invite()
    for _ in actions.BACK_OFF:
        try_again()
    assert letter().status == LetterStatus.FAILED and letter().tries == len(actions.BACK_OFF) + 1
    assert sum(actions.BACK_OFF, timedelta()) > timedelta(days=1.5)
    assert letter().values == INVITATION  # for "send again"
    actions.tidy(timezone.now() + timedelta(days=8))
    assert letter().values == {}


@pytest.mark.parametrize("hangs", [True, False], ids=["hangs", "drops"])
@pytest.mark.parametrize("at", ["greeting", "RCPT", "DATA"])
def test_server_that_goes_silent_before_the_message_has_nothing_so_it_is_tried_again(use, at, hangs):
    with BadServer(at, hangs=hangs) as server:
        use(server.port)
        invite()
        assert server.reached.is_set() and server.messages == 0
    assert letter().status == LetterStatus.WAITING and letter().handed_at is None
    post = Post()
    with mail_server(post) as port:
        use(port)
        try_again()
    assert len(post.raw) == 1 and letter().status == LetterStatus.SENT


@pytest.mark.parametrize("hangs", [True, False], ids=["hangs", "drops"])
def test_server_that_goes_silent_with_the_message_in_hand_is_not_given_it_twice(use, caplog, hangs):
    with BadServer("end", hangs=hangs) as server:
        use(server.port)
        invite()
        try_again()
        assert (server.messages, server.visits) == (1, 1)
    assert letter().status == LetterStatus.UNCERTAIN
    assert "was perhaps not sent" in caplog.text


def test_administrator_sends_an_uncertain_one_again_under_its_own_id(use):
    with BadServer("end", hangs=False) as server:
        use(server.port)
        invite()
    post = Post()
    with mail_server(post) as port:
        use(port)
        assert actions.send_again(Letter.objects.all()) == 1
        deliver_some()
        assert actions.send_again(Letter.objects.all()) == 0
    assert [mail["Message-ID"] for mail in post.mails] == [f"<{letter().pk}@localhost>"]


# Workers that die


def test_claim_of_a_dead_worker_is_taken_back_once_it_cannot_come_back(use):
    use(1)
    invite()
    Letter.objects.update(due_at=timezone.now())
    lost = actions.claim()
    actions.take_back()
    assert letter().status == LetterStatus.SENDING  # it may still be at work
    actions.take_back(timezone.now() + actions.LEASE * 2)
    assert letter().status == LetterStatus.WAITING
    with pytest.raises(actions.Overtaken):
        actions.hand_over(lost)
    actions.settle(lost, LetterStatus.SENT)
    assert letter().status == LetterStatus.WAITING


def test_letter_that_died_in_the_hands_of_the_server_is_uncertain(use):
    use(1)
    invite()
    Letter.objects.update(due_at=timezone.now())
    actions.hand_over(actions.claim())
    actions.take_back(timezone.now() + actions.LEASE * 2)
    assert letter().status == LetterStatus.UNCERTAIN


def test_outbox_forgets_what_is_long_over(post):
    invite()
    actions.tidy()
    assert Letter.objects.exists()
    actions.tidy(timezone.now() + actions.KEPT + timedelta(days=1))
    assert not Letter.objects.exists()
