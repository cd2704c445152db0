"""Cases are their owner's alone, and a prompt to leave names out never stands in the way."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from intervisie import actions, queries
from intervisie.enums import SessionStatus
from intervisie.models import Case, Session
from tests.intervisie.factories import CASE, count_queries, make_case, make_circle, make_session
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

TYPED = {**CASE, "parties": "de wethouder\n  de  kleine gemeenten \n\nde wethouder"}


@pytest.fixture
def owner(client):
    user = make_user()
    client.force_login(user)
    return user


def test_new_case_is_saved_with_its_parties_as_list(client, owner):
    response = client.post(reverse("intervisie:case_new"), TYPED)
    case = Case.objects.get()
    assert response.url == f"{reverse('intervisie:case_detail', args=[case.pk])}?bewaard"
    assert case.owner == owner
    assert case.parties == ["de wethouder", "de kleine gemeenten"]
    assert case.outcome == CASE["outcome"]


def test_case_form_keeps_what_was_typed(client, owner):
    response = client.post(reverse("intervisie:case_new"), {**TYPED, "question": ""})
    assert response.status_code == 422
    assertContains(response, CASE["situation"], status_code=422)
    assertContains(response, 'id="id_question_error"', status_code=422)
    assert not Case.objects.exists()


@pytest.mark.parametrize("parties", ["\n".join(f"partij {n}" for n in range(13)), "x" * 61])
def test_case_form_refuses_too_many_or_too_long_parties(client, owner, parties):
    response = client.post(reverse("intervisie:case_new"), {**TYPED, "parties": parties})
    assert response.status_code == 422
    assertContains(response, 'id="id_parties_error"', status_code=422)


def test_every_field_says_who_sees_it(client, owner):
    html = client.get(reverse("intervisie:case_new")).content.decode()
    for name in ("title", "situation", "own_role", "parties", "question", "outcome"):
        assert f'id="id_{name}_sees"' in html
        assert f"id_{name}_helptext id_{name}_sees id_{name}_error" in html


def test_case_is_changed(client, owner):
    case = make_case(owner)
    client.post(reverse("intervisie:case_edit", args=[case.pk]), {**TYPED, "question": "Wat kan ik doen?"})
    case.refresh_from_db()
    assert case.question == "Wat kan ik doen?"


def test_names_are_shown_after_saving_and_do_not_block(client, owner):
    make_circle(owner, make_user(first_name="Saskia", last_name="Visser"))
    situation = "Saskia wilde niet, en Piet de Groot ook niet. Bel 06-12345678."
    response = client.post(reverse("intervisie:case_new"), {**TYPED, "situation": situation}, follow=True)
    for name in ("Saskia", "Piet de Groot", "06-12345678"):
        assertContains(response, f'<li class="badge">{name}</li>', html=True)
    case = Case.objects.get()
    assert case.situation == situation
    again = client.get(reverse("intervisie:case_detail", args=[case.pk]))
    assertNotContains(again, "notice--warning")


def test_names_of_strangers_and_the_writer_are_not_looked_for(owner):
    make_circle(owner, make_user(first_name="Saskia", last_name="Visser"))
    make_circle(make_user(first_name="Ruben", last_name="Hoek"))
    assert queries.names_around(owner) == ["Saskia", "Saskia Visser", "Visser"]


def test_case_is_deleted_after_a_question(client, owner):
    url = reverse("intervisie:case_delete", args=[make_case(owner).pk])
    assert client.get(url).status_code == 200
    assert Case.objects.exists()
    client.post(url)
    assert not Case.objects.exists()


def test_case_on_a_table_cannot_be_deleted(client, owner):
    session = make_session(members=[owner, make_user(), make_user()])
    case = make_case(owner)
    actions.bring_case(owner, session, case=case)
    Session.objects.update(status=SessionStatus.RUNNING)
    response = client.post(reverse("intervisie:case_delete", args=[case.pk]))
    assert response.status_code == 409
    with pytest.raises(PermissionDenied):
        actions.delete_case(owner, case)
    assert Case.objects.exists()


@pytest.mark.parametrize("name", ["case_detail", "case_edit", "case_delete"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["stranger", "superuser", "at the same table"])
def test_case_does_not_exist_for_others(client, name, method, who):
    owner, other = make_user(), make_user(is_superuser=who == "superuser")
    case = make_case(owner)
    if who == "at the same table":
        session = make_session(members=[owner, other])
        actions.bring_case(owner, session, case=case)
    client.force_login(other)
    response = getattr(client, method)(reverse(f"intervisie:{name}", args=[case.pk]))
    assert response.status_code in (404, 405)
    assert CASE["title"] not in response.content.decode()


@pytest.mark.parametrize("name", ["case_list", "case_new"])
def test_cases_are_for_who_is_logged_in(client, name):
    assert client.get(reverse(f"intervisie:{name}")).status_code == 302


def test_case_list_shows_own_cases_alone(client, owner):
    make_case(owner, title="Van mij")
    make_case(make_user(), title="Van een ander")
    response = client.get(reverse("intervisie:case_list"))
    assertContains(response, "Van mij")
    assertNotContains(response, "Van een ander")


def test_edit_reaches_a_room_that_is_open_already(owner, django_capture_on_commit_callbacks):
    session = make_session(members=[owner, make_user(), make_user()])
    case = make_case(owner)
    with django_capture_on_commit_callbacks(execute=True):
        actions.bring_case(owner, session, case=case)
    assert actions.load_room(session.pk).state.cases[2].question == CASE["question"]
    with django_capture_on_commit_callbacks(execute=True):
        actions.edit_case(owner, case, **{**CASE, "question": "Wat kan ik nu doen?"})
    assert actions.load_room(session.pk).state.cases[2].question == "Wat kan ik nu doen?"
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_case(owner, case)
    assert 2 not in actions.load_room(session.pk).state.cases


def test_case_list_asks_the_database_as_often_for_many(client, owner):
    counts = []
    for more in (3, 27):
        for _ in range(more):
            make_case(owner)
        counts.append(count_queries(client, reverse("intervisie:case_list")))
    assert counts[0] == counts[1]
