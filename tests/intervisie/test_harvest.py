"""What a session leaves behind: for those who were there alone, and gone once it is deleted."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from intervisie import actions, rooms
from intervisie.enums import SessionStatus
from intervisie.models import Entry, Session, Snapshot
from intervisie.signals import rights_changed
from tests.intervisie.factories import count_queries, make_case, make_session, play
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


def played(method="INC6", *, members=3, end=True, **plan):
    session = make_session(members=members, method=method, **plan)
    play(session, end=end)
    session.refresh_from_db()
    return session


def page(client, session, seat):
    client.force_login(session.participants.get(seat=seat).user)
    return client.get(reverse("intervisie:harvest", args=[session.pk]))


def test_harvest_shows_question_intention_and_what_everybody_takes_away(client):
    response = page(client, played(), 2)
    assertContains(response, "Stap intention, stoel 2")
    assertContains(response, "<time datetime=")
    for seat in (1, 2, 3, 4):
        assertContains(response, f"Opbrengst van stoel {seat}")
    assertContains(response, "Stap diagnosis, stoel 3")
    assert "no-store" in response["Cache-Control"]


def test_prepared_case_gives_the_question(client):
    session = make_session(members=3)
    seat = session.participants.get(seat=2)
    actions.bring_case(seat.user, session, case=make_case(seat.user, question="Hoe begin ik opnieuw?"))
    play(session)
    response = page(client, session, 3)
    assertContains(response, "<h1>Hoe begin ik opnieuw?</h1>", html=True)
    assertNotContains(response, "Ik heb uiteindelijk iedereen gebeld.")


def test_harvest_keeps_what_was_said_behind_a_back_without_names(client):
    """In ROD seat 2 brings the case and sits turned: notes are that seat's own, lines reach it without a name."""
    session = played("ROD")
    own = page(client, session, 2)
    assertContains(own, "Stap gossip, stoel 2")
    told = [line for chapter in own.context["chapters"] for line in chapter.lines]
    lines = [line for line in told if "gossip" in line.shown["text"]]
    assert {line.shown["by"] for line in lines if line.kind != "note"} == {""}
    assertNotContains(page(client, session, 3), "Stap gossip, stoel 2")


def test_harvest_is_nothing_for_who_did_not_agree(client):
    session = make_session(members=4)
    late = session.participants.get(seat=5).user
    actions.answer_invitation(late, session, accept=False)
    play(session)
    Session.objects.filter(pk=session.pk).update(title="Rond het besluit")
    response = page(client, session, 5)
    assert response.status_code == 403
    assertNotContains(response, "Opbrengst van", status_code=403)
    assertNotContains(client.get(reverse("intervisie:session", args=[session.pk])), "Opbrengst van")


def test_harvest_is_nothing_for_who_accepted_but_never_agreed(client):
    session = played()
    session.participants.filter(seat=3).update(agreed_at=None)
    assert page(client, session, 3).status_code == 403


def test_harvest_is_nothing_for_an_organiser_who_was_not_there(client):
    organiser, leader = make_user(), make_user()
    session = make_session(organiser, facilitator=leader, members=3)
    play(session)
    client.force_login(organiser)
    assert client.get(reverse("intervisie:harvest", args=[session.pk])).status_code == 403


@pytest.mark.parametrize("status", [s for s in SessionStatus if s != SessionStatus.ENDED])
def test_harvest_is_there_after_the_end_alone(client, status):
    session = played()
    Session.objects.update(status=status)
    assertRedirects(page(client, session, 2), reverse("intervisie:session", args=[session.pk]))


def test_harvest_has_a_neutral_title_and_no_word_in_the_log(client, caplog):
    caplog.set_level(logging.DEBUG)
    response = page(client, played(title="Gedoe met de wethouder"), 2)
    title = response.content.decode().partition("<title>")[2].partition("</title>")[0]
    assert "Gedoe" not in title
    assert "Stap" not in title
    assert not [
        record
        for record in caplog.records
        if "stoel" in record.getMessage() and record.name != "django.db.backends"
    ]


def test_harvest_asks_the_database_as_often_for_many_lines(client):
    counts = []
    for members in (3, 8):
        session = played(members=members)
        client.force_login(session.organiser)
        counts.append(count_queries(client, reverse("intervisie:harvest", args=[session.pk])))
    assert counts[0] == counts[1]


# Deleting


def everything(session):
    """All that the database still holds of a session, as text."""
    rows = [*Session.objects.filter(pk=session.pk).values(), *session.participants.values()]
    rows += [*Entry.objects.values(), *Snapshot.objects.values()]
    return str(rows)


def test_erasing_leaves_that_it_took_place_when_and_who(django_capture_on_commit_callbacks):
    session = make_session(
        members=3, title="Gedoe met de wethouder", video_url="https://video.voorbeeld.test/x"
    )
    seat = session.participants.get(seat=2)
    case = make_case(seat.user)
    actions.bring_case(seat.user, session, case=case)
    play(session)
    Snapshot.objects.create(session=session, seq=1, payload=b"Gedoe")
    heard = []
    rights_changed.connect(
        lambda **words: heard.append((words["session_id"], words["user_id"])), weak=False, dispatch_uid="t"
    )
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_session(session.organiser, session)
    rights_changed.disconnect(dispatch_uid="t")
    left = everything(session)
    for word in ("Gedoe", "Stap", "Opbrengst", "video.voorbeeld"):
        assert word not in left
    session.refresh_from_db()
    assert session.status == SessionStatus.ERASED
    assert session.erased_at is not None
    assert (session.started_at is None, session.ended_at is None) == (False, False)
    assert session.participants.exclude(agreed_at=None).count() == 4
    assert session.participants.exclude(case=None).count() == 0
    assert not Entry.objects.exists()
    assert rooms.peek(session.pk) is None
    assert heard == [(session.pk, None)]
    case.refresh_from_db()
    assert case.owner == seat.user


def test_erasing_twice_does_nothing_more():
    session = played()
    actions.erase_session(session.organiser, session)
    session.refresh_from_db()
    once = (session.erased_at, session.status)
    actions.erase_session(session.organiser, session)
    session.refresh_from_db()
    assert (session.erased_at, session.status) == once


@pytest.mark.parametrize("seat", [2, 3])
def test_participant_may_not_erase(seat):
    session = played()
    with pytest.raises(PermissionDenied):
        actions.erase_session(session.participants.get(seat=seat).user, session)
    assert Entry.objects.exists()


def test_nothing_can_be_said_after_erasing(django_capture_on_commit_callbacks):
    session = played(end=False)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_session(session.organiser, session)
    wish = actions.Wish(session.pk, {"do": "say", "text": "Nog iets"}, user_id=session.organiser_id)
    assert not actions.perform(wish).ok
    assert not Entry.objects.exists()


def test_erase_page_says_what_goes_and_what_stays_and_then_does_it(client):
    session = played(title="Gedoe met de wethouder")
    client.force_login(session.organiser)
    url = reverse("intervisie:erase", args=[session.pk])
    asked = client.get(url)
    assertContains(asked, 'id="goes"')
    assertContains(asked, 'id="stays"')
    assert Entry.objects.exists()
    response = client.post(url, follow=True)
    assertRedirects(response, reverse("intervisie:session", args=[session.pk]))
    assertNotContains(response, "Gedoe")
    assertRedirects(client.post(url), reverse("intervisie:session", args=[session.pk]))


@pytest.mark.parametrize("seat", [1, 2])
def test_after_erasing_every_page_is_calm(client, seat):
    session = played(title="Gedoe met de wethouder")
    actions.erase_session(session.organiser, session)
    client.force_login(session.participants.get(seat=seat).user)
    assertRedirects(
        client.get(reverse("intervisie:harvest", args=[session.pk])),
        reverse("intervisie:session", args=[session.pk]),
    )
    for name, args in (("session", [session.pk]), ("index", [])):
        response = client.get(reverse(f"intervisie:{name}", args=args))
        assert response.status_code == 200
        assertNotContains(response, "Gedoe")
        assertNotContains(response, "stoel 2")
