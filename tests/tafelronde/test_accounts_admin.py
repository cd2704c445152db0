"""Both admins: one door, and what they may do with people."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.urls import reverse

from tafelronde.accounts.models import User
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db

DOORS = ["/beheer/", "/beheer/login/", "/beheer/django/", "/beheer/django/login/", "/beheer/users/"]


@pytest.fixture
def administrator(client):
    user = make_user(is_superuser=True, is_staff=True)
    client.force_login(user)
    return user


def make_editor():
    user = make_user()
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.mark.parametrize("door", DOORS)
def test_visitor_comes_to_our_own_login(client, door):
    response = client.get(door, follow=True)
    address = response.redirect_chain[-1][0]
    assert address.startswith(f"{reverse('account_login')}?next=%2Fbeheer%2F")
    assert "account/login.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("door", ["/beheer/login/", "/beheer/django/login/"])
def test_password_that_is_posted_at_the_old_doors_lets_nobody_in(client, door):
    user = make_user(is_superuser=True, is_staff=True)
    client.post(door, {"username": user.email, "password": "een-lange-zin-voor-tests"})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("door", DOORS)
def test_member_is_refused_and_not_sent_round_in_circles(client, door):
    client.force_login(make_user())
    response = client.get(door, follow=True)
    assert response.status_code == 403


def test_editor_enters_wagtail_but_not_django(client):
    client.force_login(make_editor())
    assert client.get("/beheer/").status_code == 200
    assert client.get("/beheer/login/?next=/beheer/pages/").url == "/beheer/pages/"
    assert client.get("/beheer/login/?next=https://kwaad.test/").url == "/beheer/"
    assert client.get("/beheer/django/", follow=True).status_code == 403


def test_logging_out_of_wagtail_logs_out(client, administrator):
    response = client.post("/beheer/logout/", follow=True)
    assert "_auth_user_id" not in client.session
    assert "account/login.html" in [template.name for template in response.templates]


def test_wagtail_lists_and_finds_people(client, administrator):
    make_user("noor@kampen.test", first_name="Noor")
    assert "noor@kampen.test" in client.get("/beheer/users/").content.decode()
    assert "noor@kampen.test" in client.get("/beheer/users/?q=Noor").content.decode()


def test_wagtail_adds_a_person_who_enters_by_a_new_password(client, administrator):
    page = client.get("/beheer/users/new/").content.decode()
    assert 'name="email"' in page and 'type="password"' not in page
    fields = {"email": "Noor@Kampen.test", "first_name": "Noor", "last_name": "Velde"}
    assert client.post("/beheer/users/new/", fields).status_code == 302
    user = User.objects.get(first_name="Noor")
    assert user.email == "noor@kampen.test"
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified


@pytest.mark.parametrize("email", ["bekend@deventer.test", "Bekend@Deventer.test"])
def test_wagtail_refuses_a_known_address(client, administrator, email):
    make_user("bekend@deventer.test")
    fields = {"email": email, "first_name": "Noor", "last_name": "Velde"}
    response = client.post("/beheer/users/new/", fields)
    assert response.status_code == 200
    assert response.context["form"].errors["email"]


def test_wagtail_edits_a_person_but_not_the_address(client, administrator):
    user = make_user("noor@kampen.test")
    editors = Group.objects.get(name="Editors")
    address = f"/beheer/users/edit/{user.pk}/"
    assert client.get(address).status_code == 200
    fields = {"email": "ander@kampen.test", "first_name": "Nora", "last_name": "Velde", "is_active": "on"}
    assert client.post(address, fields | {"groups": [editors.pk]}).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.first_name, list(user.groups.all())) == ("noor@kampen.test", "Nora", [editors])
    assert user.check_password("een-lange-zin-voor-tests")


def test_wagtail_deactivates_a_person(client, administrator):
    user = make_user()
    fields = {"first_name": "Noor", "last_name": "Velde"}
    client.post(f"/beheer/users/edit/{user.pk}/", fields)
    user.refresh_from_db()
    assert not user.is_active


def test_wagtail_offers_the_right_to_invite_to_groups(client, administrator):
    page = client.get(f"/beheer/groups/edit/{Group.objects.get(name='Editors').pk}/").content.decode()
    assert "uitnodiging" in page.lower()


def test_django_admin_shows_people_without_passwords(client, administrator):
    user = make_user("noor@kampen.test")
    assert "noor@kampen.test" in client.get("/beheer/django/accounts/user/?q=noor").content.decode()
    page = client.get(f"/beheer/django/accounts/user/{user.pk}/change/").content.decode()
    assert user.password not in page
    assert 'type="password"' not in page and 'name="email"' not in page


def test_django_admin_neither_adds_nor_deletes_people(client, administrator):
    user = make_user()
    assert client.get("/beheer/django/accounts/user/add/").status_code == 403
    assert client.post(f"/beheer/django/accounts/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_django_admin_shows_no_token(client, administrator):
    from tafelronde.accounts.actions import invite

    invitation = invite(administrator, "jan@zwolle.test")
    page = client.get(f"/beheer/django/accounts/invitation/{invitation.pk}/change/").content.decode()
    assert "jan@zwolle.test" in page
    assert invitation.token_hash not in page
