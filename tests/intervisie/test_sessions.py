"""Planning, inviting, answering: what the actions write, and what the pages show to whom."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from communities.models import Meeting
from intervisie import actions
from intervisie.enums import CastRole, Invitation, SessionStatus
from intervisie.models import Guest, Session
from intervisie.signals import rights_changed
from tests.communities.factories import make_community, make_meeting, make_membership
from tests.intervisie.factories import count_queries, make_case, make_circle, make_plan, make_session
from tests.tafelronde.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """Who was told to look at their rights again: (session id, user id)."""
    heard = []

    def hear(session_id, user_id, **_):
        heard.append((session_id, user_id))

    rights_changed.connect(hear)
    yield heard
    rights_changed.disconnect(hear)


def seats(session):
    return [(seat.seat, seat.user, seat.role, seat.invitation) for seat in session.participants.all()]


def form(circle, **fields):
    """What a browser sends for a new session in `circle`."""
    day = timezone.localtime() + timedelta(days=5)
    return {
        "method": "INC6",
        "day": day.date().isoformat(),
        "time": "14:00",
        "title": "Rond het besluit",
        "video_url": "",
        "emails": "",
        **fields,
    }


# Planning


def test_plan_seats_everybody_in_order_and_keeps_its_own_method():
    organiser, one, two = make_user(), make_user(), make_user()
    plan = make_plan()
    cast = [(organiser, CastRole.FACILITATOR), (one, CastRole.MEMBER), (two, CastRole.OBSERVER)]
    session = actions.plan_session(organiser, plan, community=None, cast=cast)
    assert seats(session) == [
        (1, organiser, CastRole.FACILITATOR, Invitation.ACCEPTED),
        (2, one, CastRole.MEMBER, Invitation.INVITED),
        (3, two, CastRole.OBSERVER, Invitation.INVITED),
    ]
    session.refresh_from_db()
    assert session.method == plan.method
    assert session.minutes == 50
    assert session.ends_at == session.starts_at + timedelta(minutes=50)


def test_plan_without_facilitator_is_refused_and_leaves_nothing():
    organiser = make_user()
    with pytest.raises(actions.NoFacilitator):
        actions.plan_session(organiser, make_plan(), community=None, cast=[(make_user(), CastRole.MEMBER)])
    assert not Session.objects.exists()


def test_plan_in_the_leerkring_of_others_is_refused():
    with pytest.raises(PermissionDenied):
        make_session(make_user(), community=make_circle(make_user()))


def test_plan_with_the_case_of_another_is_refused():
    with pytest.raises(PermissionDenied):
        make_session(make_user(), case=make_case(make_user()))


def test_plan_page_makes_a_session(client):
    organiser, one, two, other = make_user(), make_user(), make_user(), make_user("ander@voorbeeld.test")
    circle = make_circle(organiser, one, two)
    client.force_login(organiser)
    case = make_case(organiser)
    sent = form(
        circle,
        facilitator=one.pk,
        members=[organiser.pk, one.pk, two.pk],
        notetaker=two.pk,
        emails="Ander@voorbeeld.test, nieuw@voorbeeld.test",
        case=case.pk,
        video_url="https://video.voorbeeld.test/x",
    )
    response = client.post(f"{reverse('intervisie:session_new')}?leerkring={circle.slug}", sent)
    session = Session.objects.get()
    assertRedirects(response, reverse("intervisie:session", args=[session.pk]))
    assert [(user, role) for _seat, user, role, _answer in seats(session)] == [
        (one, CastRole.FACILITATOR),
        (organiser, CastRole.MEMBER),
        (two, CastRole.NOTETAKER),
        (other, CastRole.MEMBER),
    ]
    assert session.community == circle
    assert session.chosen_seat == 2
    assert session.participants.get(seat=2).case == case
    assert timezone.localtime(session.starts_at).strftime("%H:%M") == "14:00"
    assert [guest.email for guest in session.guests.all()] == ["nieuw@voorbeeld.test"]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"video_url": "http://video.voorbeeld.test"}, "video_url"),
        ({"video_url": "javascript:alert(1)"}, "video_url"),
        ({"day": "2020-01-01"}, "day"),
        ({"day": "2099-03-29", "time": "02:30"}, "time"),
        ({"emails": "geen adres"}, "emails"),
        ({"emails": "\n".join(f"p{n}@voorbeeld.test" for n in range(21))}, "emails"),
        ({"members": []}, "members"),
        ({"method": "NIETS"}, "method"),
        ({"observer": "facilitator"}, "observer"),
        ({"case": "mine"}, "case"),
        ({"title": ""}, "title"),
    ],
)
def test_plan_page_names_the_mistake_and_keeps_what_was_typed(client, fields, name):
    organiser, one = make_user(), make_user()
    circle = make_circle(organiser, one)
    words = {"facilitator": organiser.pk, "mine": make_case(organiser).pk}
    fields = {
        key: words.get(value, value) if isinstance(value, str) else value for key, value in fields.items()
    }
    client.force_login(organiser)
    sent = form(
        circle, **{"facilitator": organiser.pk, "members": [one.pk], "title": "Blijft staan", **fields}
    )
    response = client.post(f"{reverse('intervisie:session_new')}?leerkring={circle.slug}", sent)
    assert response.status_code == 422
    assertContains(response, f'id="id_{name}_error"', status_code=422)
    if name != "title":
        assertContains(response, "Blijft staan", status_code=422)
    assert not Session.objects.exists()


def test_plan_page_outside_a_leerkring_lets_the_organiser_lead(client):
    organiser, one = make_user(), make_user("een@voorbeeld.test")
    client.force_login(organiser)
    sent = form(None, emails="een@voorbeeld.test")
    client.post(f"{reverse('intervisie:session_new')}?leerkring=", sent)
    assert [(user, role) for _seat, user, role, _answer in seats(Session.objects.get())] == [
        (organiser, CastRole.FACILITATOR),
        (one, CastRole.MEMBER),
    ]


def test_plan_page_asks_for_the_leerkring_first(client):
    organiser = make_user()
    circle = make_circle(organiser)
    client.force_login(organiser)
    assertContains(client.get(reverse("intervisie:session_new")), f"?leerkring={circle.slug}")


def test_plan_page_for_the_leerkring_of_others_is_not_there(client):
    client.force_login(make_user(is_superuser=True))
    url = f"{reverse('intervisie:session_new')}?leerkring={make_circle(make_user()).slug}"
    assert client.get(url).status_code == 404
    assert client.post(url, form(None)).status_code == 404


def test_plan_page_from_a_meeting_knows_its_day(client):
    organiser = make_user()
    circle = make_circle(organiser)
    start = timezone.localtime() + timedelta(days=20)
    edition = circle.editions.create(title="najaar")
    meeting = edition.meetings.create(
        slug="kampen", title="Kampen", starts_at=start, ends_at=start + timedelta(hours=6), city="Kampen"
    )
    client.force_login(organiser)
    response = client.get(f"{reverse('intervisie:session_new')}?bijeenkomst=kampen")
    assertContains(response, f'<option value="{meeting.pk}" selected>Kampen</option>', html=True)
    assertContains(response, f'value="{start.date().isoformat()}"')


# Mail


def test_invited_get_a_neutral_mail_with_a_calendar_file(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        session = make_session(
            make_user(first_name="Saskia"), members=2, accepted=False, title="Gedoe met de wethouder"
        )
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        seat.user.email for seat in session.participants.exclude(seat=1)
    )
    for mail in mailoutbox:
        whole = mail.message().as_string()
        assert "Gedoe" not in whole
        assert reverse("intervisie:session", args=[session.pk]) in mail.body
        ((name, content, kind),) = mail.attachments
        assert (name, kind) == ("intervisie.ics", "application/ics")
        asked = Calendar.from_ical(content)
        assert (asked["METHOD"], asked.walk("VEVENT")[0]["ATTENDEE"]) == ("REQUEST", f"mailto:{mail.to[0]}")


def test_calendar_file_is_neutral_and_names_nobody(client):
    session = make_session(title="Gedoe", video_url="https://video.voorbeeld.test/x")
    client.force_login(session.organiser)
    response = client.get(reverse("intervisie:session_calendar", args=[session.pk]))
    text = response.content.decode()
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event["uid"] == str(session.pk)
    assert event.decoded("dtstart") == session.starts_at.replace(microsecond=0)
    assert event["summary"] == "Intervisie"
    for secret in ("Gedoe", "ATTENDEE", "ORGANIZER", "video.voorbeeld", session.organiser.email):
        assert secret not in text


def test_guest_without_account_gets_a_seat_by_logging_in(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    organiser = make_user()
    client.force_login(organiser)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            f"{reverse('intervisie:session_new')}?leerkring=", form(None, emails="nieuw@voorbeeld.test")
        )
    session = Session.objects.get()
    assert [mail.to for mail in mailoutbox] == [["nieuw@voorbeeld.test"]]
    new = make_user("nieuw@voorbeeld.test")
    client.login(email=new.email, password=PASSWORD)
    assert session.participants.get(user=new).invitation == Invitation.INVITED
    assert not Guest.objects.exists()
    assert client.get(reverse("intervisie:session", args=[session.pk])).status_code == 200


def test_guest_of_a_session_that_was_called_off_gets_no_seat(client):
    session = make_session()
    Guest.objects.create(session=session, email="nieuw@voorbeeld.test")
    Session.objects.update(status=SessionStatus.ENDED)
    new = make_user("nieuw@voorbeeld.test")
    client.login(email=new.email, password=PASSWORD)
    assert not session.participants.filter(user=new).exists()


def test_moving_a_session_tells_who_did_not_decline(mailoutbox, django_capture_on_commit_callbacks):
    session = make_session(members=2)
    actions.answer_invitation(session.participants.get(seat=3).user, session, accept=False)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.edit_session(
            session.organiser, session, make_plan(starts_at=session.starts_at + timedelta(days=1))
        )
    assert [mail.to for mail in mailoutbox] == [[session.participants.get(seat=2).user.email]]
    session.refresh_from_db()
    assert session.sequence == 1


def test_new_title_alone_mails_nobody(mailoutbox, django_capture_on_commit_callbacks):
    session = make_session()
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.edit_session(
            session.organiser, session, make_plan(title="Anders", starts_at=session.starts_at)
        )
    session.refresh_from_db()
    assert (session.title, session.sequence, len(mailoutbox)) == ("Anders", 0, 0)


def test_organiser_hears_the_answer(mailoutbox, django_capture_on_commit_callbacks):
    session = make_session(members=1, accepted=False, title="Gedoe")
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.answer_invitation(session.participants.get(seat=2).user, session, accept=True)
    (mail,) = mailoutbox
    assert mail.to == [session.organiser.email]
    assert "Gedoe" not in mail.subject + mail.body


# Changing


def test_session_that_runs_is_not_edited(client):
    session = make_session()
    Session.objects.update(status=SessionStatus.RUNNING)
    with pytest.raises(PermissionDenied):
        actions.edit_session(session.organiser, session, make_plan(title="Anders"))
    client.force_login(session.organiser)
    response = client.post(reverse("intervisie:session_edit", args=[session.pk]), form(None, title="Anders"))
    assertRedirects(response, reverse("intervisie:session", args=[session.pk]))
    session.refresh_from_db()
    assert session.title != "Anders"


def test_edit_page_keeps_the_own_copy_of_the_method(client):
    session = make_session()
    own = {**session.method, "version": 0}
    Session.objects.update(method=own)
    client.force_login(session.organiser)
    start = timezone.localtime(session.starts_at)
    sent = form(None, title="Anders", day=start.date().isoformat(), time=start.strftime("%H:%M"))
    client.post(reverse("intervisie:session_edit", args=[session.pk]), sent)
    session.refresh_from_db()
    assert (session.title, session.method["version"]) == ("Anders", 0)


def test_method_stays_once_the_room_is_open(client):
    session = make_session()
    actions.load_room(session.pk)
    client.force_login(session.organiser)
    client.post(
        reverse("intervisie:session_edit", args=[session.pk]), form(None, method="ROD", title="Anders")
    )
    session.refresh_from_db()
    assert (session.title, session.method_id) == ("Anders", "INC6")


def test_cancel_tells_everybody_once_and_leaves_cases_with_their_owners(
    mailoutbox, django_capture_on_commit_callbacks, told
):
    session = make_session(members=2)
    seat = session.participants.get(seat=2)
    case = make_case(seat.user)
    actions.bring_case(seat.user, session, case=case)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel_session(session.organiser, session)
        actions.cancel_session(session.organiser, session)
    session.refresh_from_db()
    assert session.status == SessionStatus.CANCELLED
    assert not session.participants.exclude(case=None).exists()
    assert len(mailoutbox) == 2
    ended = Calendar.from_ical(mailoutbox[0].attachments[0].content)
    assert (ended["METHOD"], ended.walk("VEVENT")[0]["STATUS"]) == ("CANCEL", "CANCELLED")
    assert told == [(session.pk, None)]


# People


def test_removed_person_loses_the_seat_at_once_and_gets_it_back_when_asked_again(
    told, django_capture_on_commit_callbacks
):
    session = make_session(members=3)
    seat = session.participants.get(seat=3)
    actions.load_room(session.pk)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_from_session(session.organiser, seat)
    assert (session.pk, seat.user_id) in told
    assert actions.load_room(session.pk).state.people[3].removed
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite_to_session(session.organiser, session, cast=[(seat.user, CastRole.MEMBER)])
        actions.answer_invitation(seat.user, session, accept=True)
    assert session.participants.get(user=seat.user).seat == 3
    assert not actions.load_room(session.pk).state.people[3].removed


def test_person_who_has_a_seat_is_not_asked_twice(mailoutbox, django_capture_on_commit_callbacks):
    session = make_session(members=2)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite_to_session(
            session.organiser, session, cast=[(session.participants.get(seat=2).user, CastRole.MEMBER)]
        )
    assert mailoutbox == []
    assert session.participants.count() == 3


def test_last_facilitator_stays(client):
    session = make_session(members=2)
    client.force_login(session.organiser)
    client.post(reverse("intervisie:person_remove", args=[session.pk, 1]))
    client.post(reverse("intervisie:person_role", args=[session.pk, 1]), {"s1-role": "member"})
    seat = session.participants.get(seat=1)
    assert (seat.role, seat.removed_at) == (CastRole.FACILITATOR, None)


def test_organiser_changes_tasks_and_people(client):
    session = make_session(members=2)
    client.force_login(session.organiser)
    client.post(reverse("intervisie:person_role", args=[session.pk, 2]), {"s2-role": "notetaker"})
    client.post(reverse("intervisie:person_remove", args=[session.pk, 3]))
    client.post(
        reverse("intervisie:session_people", args=[session.pk]),
        {"emails": make_user("x@voorbeeld.test").email},
    )
    people = session.participants.filter(removed_at=None).values_list("seat", "role")
    assert list(people) == [(1, "facilitator"), (2, "notetaker"), (4, "member")]


def test_guest_is_taken_back(client):
    session = make_session()
    guest = Guest.objects.create(session=session, email="nieuw@voorbeeld.test")
    client.force_login(session.organiser)
    assertContains(client.get(reverse("intervisie:session_people", args=[session.pk])), guest.email)
    client.post(reverse("intervisie:guest_remove", args=[session.pk, guest.pk]))
    assert not Guest.objects.exists()


# Answering and bringing a case


@pytest.mark.parametrize(("answer", "expected"), [("yes", Invitation.ACCEPTED), ("no", Invitation.DECLINED)])
def test_answer_on_the_page(client, answer, expected):
    session = make_session(members=1, accepted=False)
    seat = session.participants.get(seat=2)
    client.force_login(seat.user)
    assert client.get(reverse("intervisie:session_answer", args=[session.pk])).status_code == 405
    client.post(reverse("intervisie:session_answer", args=[session.pk]), {"answer": answer})
    seat.refresh_from_db()
    assert seat.invitation == expected


def test_answer_after_the_end_changes_nothing(client):
    session = make_session(members=1, accepted=False)
    Session.objects.update(status=SessionStatus.ENDED)
    seat = session.participants.get(seat=2)
    client.force_login(seat.user)
    client.post(reverse("intervisie:session_answer", args=[session.pk]), {"answer": "yes"})
    seat.refresh_from_db()
    assert seat.invitation == Invitation.INVITED


def test_who_declines_takes_the_case_along():
    session = make_session(members=2)
    seat = session.participants.get(seat=2)
    actions.bring_case(seat.user, session, case=make_case(seat.user))
    actions.answer_invitation(seat.user, session, accept=False)
    assert session.participants.get(seat=2).case is None


def test_case_lies_ready_and_nobody_else_sees_it(client):
    session = make_session(members=2)
    seat = session.participants.get(seat=2)
    case = make_case(seat.user, title="Mijn geheime casus")
    client.force_login(seat.user)
    client.post(reverse("intervisie:session_case", args=[session.pk]), {"case": case.pk})
    seat.refresh_from_db()
    assert seat.case == case
    assertContains(client.get(reverse("intervisie:session", args=[session.pk])), "Mijn geheime casus")
    client.force_login(session.organiser)
    for name in ("session", "session_people", "session_edit"):
        page = client.get(reverse(f"intervisie:{name}", args=[session.pk]))
        assertNotContains(page, "Mijn geheime casus")


def chosen_beforehand():
    """A session in which seat 2 organises and brings the case that was chosen beforehand."""
    organiser, leader = make_user(), make_user()
    session = make_session(
        organiser, facilitator=leader, members=[organiser, make_user()], case=make_case(organiser)
    )
    assert session.chosen_seat == 2
    return session


def test_case_chosen_beforehand_leaves_out_pitching_and_choosing(client):
    session = chosen_beforehand()
    client.force_login(session.participants.get(seat=3).user)
    page = client.get(reverse("intervisie:session", args=[session.pk]))
    assertContains(page, "timeline__item--intervisie", count=5)
    assertNotContains(page, reverse("intervisie:session_case", args=[session.pk]))
    assert session.minutes == 40


@pytest.mark.parametrize("how", ["takes it back", "deletes it", "declines", "is removed", "gets a task"])
def test_group_chooses_once_the_case_chosen_beforehand_is_gone(how, django_capture_on_commit_callbacks):
    session = chosen_beforehand()
    actions.load_room(session.pk)
    seat = session.participants.get(seat=2)
    with django_capture_on_commit_callbacks(execute=True):
        match how:
            case "takes it back":
                actions.bring_case(seat.user, session, case=None)
            case "deletes it":
                actions.delete_case(seat.user, seat.case)
            case "declines":
                actions.answer_invitation(seat.user, session, accept=False)
            case "is removed":
                actions.remove_from_session(session.organiser, seat)
            case "gets a task":
                actions.change_role(session.organiser, seat, role=CastRole.OBSERVER)
    session.refresh_from_db()
    assert session.chosen_seat is None
    assert session.minutes == 50
    assert actions.load_room(session.pk).state.chosen is None


def test_case_of_another_cannot_be_brought(client):
    session = make_session(members=2)
    seat = session.participants.get(seat=2)
    case = make_case(session.organiser)
    client.force_login(seat.user)
    response = client.post(reverse("intervisie:session_case", args=[session.pk]), {"case": case.pk})
    assert response.status_code == 422
    with pytest.raises(PermissionDenied):
        actions.bring_case(seat.user, session, case=case)
    assert session.participants.get(seat=2).case is None


# Pages


PAGES = (
    "session",
    "session_calendar",
    "session_edit",
    "session_cancel",
    "session_people",
    "harvest",
    "erase",
)
POSTS = ("session_answer", "session_case", "session_edit", "session_cancel", "session_people", "erase")


@pytest.mark.parametrize("status", SessionStatus)
@pytest.mark.parametrize("sort", ["stranger", "coordinator", "superuser", "removed"])
def test_session_does_not_exist_for_who_was_not_asked(client, sort, status):
    person = make_user(is_superuser=sort == "superuser", is_staff=sort == "superuser")
    organiser = make_user()
    circle = make_circle(*([person] if sort == "coordinator" else []), organiser)
    session = make_session(organiser, members=[person] if sort == "removed" else 2, community=circle)
    if sort == "removed":
        actions.remove_from_session(organiser, session.participants.get(user=person))
    Session.objects.update(status=status)
    client.force_login(person)
    for name in PAGES:
        assert client.get(reverse(f"intervisie:{name}", args=[session.pk])).status_code == 404, name
    for name in POSTS:
        assert client.post(reverse(f"intervisie:{name}", args=[session.pk])).status_code == 404, name
    for name in ("person_role", "person_remove", "guest_remove"):
        assert client.post(reverse(f"intervisie:{name}", args=[session.pk, 1])).status_code == 404, name
    assertNotContains(client.get(reverse("intervisie:index")), session.title)


@pytest.mark.parametrize("name", ["session_edit", "session_cancel", "session_people", "erase"])
def test_participant_may_not_do_what_the_organiser_may(client, name):
    session = make_session()
    client.force_login(session.participants.get(seat=2).user)
    url = reverse(f"intervisie:{name}", args=[session.pk])
    assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)
    session.refresh_from_db()
    assert session.status == SessionStatus.PLANNED


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_who_is_logged_in(client, name):
    response = client.get(reverse(f"intervisie:{name}", args=[make_session().pk]))
    assert response.status_code == 302
    assert response.url.startswith("/account/")


@pytest.mark.parametrize("status", SessionStatus)
@pytest.mark.parametrize("seat", [1, 2])
def test_session_page_in_every_status(client, status, seat):
    session = make_session(title="Gedoe met de wethouder", video_url="https://video.voorbeeld.test/x")
    Session.objects.update(status=status, erased_at=timezone.now())
    client.force_login(session.participants.get(seat=seat).user)
    response = client.get(reverse("intervisie:session", args=[session.pk]))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    title = response.content.decode().partition("<title>")[2].partition("</title>")[0]
    assert "Gedoe" not in title


def test_session_leads_to_its_meeting_where_the_reader_may_see_that(client):
    circle = make_community()
    member = make_membership(circle).user
    meeting = make_meeting(circle, title="Dag in Kampen")
    session = make_session(make_membership(circle).user, members=[member, make_user()], meeting=meeting)
    page, guest = reverse("intervisie:session", args=[session.pk]), session.participants.get(seat=3).user
    link = f'<a href="{meeting.get_absolute_url()}">Dag in Kampen</a>'
    for reader in (member, guest):
        client.force_login(reader)
        assertContains(client.get(page), link)
    Meeting.objects.update(visibility="members")
    assertNotContains(client.get(page), link)
    assertContains(client.get(page), "Dag in Kampen")
    client.force_login(member)
    assertContains(client.get(page), link)


def test_video_link_is_for_who_accepted(client):
    session = make_session(members=1, accepted=False, video_url="https://video.voorbeeld.test/x")
    seat = session.participants.get(seat=2)
    client.force_login(seat.user)
    page = reverse("intervisie:session", args=[session.pk])
    assertNotContains(client.get(page), "video.voorbeeld.test")
    actions.answer_invitation(seat.user, session, accept=True)
    assertContains(
        client.get(page), 'href="https://video.voorbeeld.test/x" target="_blank" rel="noopener noreferrer"'
    )


def test_group_of_another_size_is_a_warning(client):
    session = make_session(members=2)
    client.force_login(session.organiser)
    page = reverse("intervisie:session", args=[session.pk])
    assertContains(client.get(page), "notice--warning")
    actions.invite_to_session(
        session.organiser, session, cast=[(make_user(), CastRole.MEMBER) for _ in range(4)]
    )
    assertNotContains(client.get(page), "notice--warning")


def test_methods_are_explained_to_everybody(client):
    assertContains(
        client.get(reverse("intervisie:method_list")), reverse("intervisie:method_detail", args=["ROD"])
    )
    page = client.get(reverse("intervisie:method_detail", args=["INC6"]))
    assertContains(page, "Incidentmethode")
    assertContains(page, "timeline__item--intervisie", count=7)
    assert client.get(reverse("intervisie:method_detail", args=["NIETS"])).status_code == 404


def test_list_asks_the_database_as_often_for_many(client):
    user = make_user()
    circle = make_circle(user)
    client.force_login(user)
    counts = []
    for more in (3, 27):
        for _ in range(more):
            make_session(user, members=2, community=circle, accepted=False)
        counts.append(count_queries(client, reverse("intervisie:index")))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["session", "session_people"])
def test_page_asks_the_database_as_often_for_many_people(client, name):
    user = make_user()
    counts = []
    for many in (3, 30):
        session = make_session(user, members=many, community=make_circle(user), accepted=False)
        client.force_login(user)
        counts.append(count_queries(client, reverse(f"intervisie:{name}", args=[session.pk])))
    assert counts[0] == counts[1]


def test_plan_page_asks_the_database_as_often_for_many_members(client):
    user = make_user()
    client.force_login(user)
    counts = []
    for many in (3, 30):
        circle = make_circle(user, *(make_user() for _ in range(many)))
        counts.append(count_queries(client, f"{reverse('intervisie:session_new')}?leerkring={circle.slug}"))
    assert counts[0] == counts[1]
