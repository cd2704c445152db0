"""Inviting people with and without an account, and what they answer."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from communities import actions
from communities.enums import Joining, MembershipStatus, Role, Visibility
from communities.models import EmailInvitation, Membership
from tests.communities.factories import make_community, make_coordinator_of, make_membership
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


def test_person_with_an_account_is_asked_by_mail(mailoutbox, on_commit):
    community, person = make_community(title="Slim"), make_user()
    coordinator = make_coordinator_of(community, first_name="Fatma", last_name="Bakker")
    on_commit(actions.invite, coordinator, community, person.email.upper())
    assert Membership.objects.get(user=person).status == MembershipStatus.INVITED
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == ([person.email], "Fatma Bakker nodigt je uit voor Slim")
    assert reverse("communities:join", args=[community.slug]) in mail.body


def test_inviting_again_is_a_new_mail_for_the_same_row(mailoutbox, on_commit):
    community, person = make_community(), make_user()
    coordinator = make_coordinator_of(community)
    for _ in range(2):
        on_commit(actions.invite, coordinator, community, person.email)
    assert (Membership.objects.filter(user=person).count(), len(mailoutbox)) == (1, 2)


def test_address_without_an_account_is_asked_to_make_one(mailoutbox, on_commit):
    community = make_community()
    coordinator = make_coordinator_of(community)
    on_commit(actions.invite, coordinator, community, "Nieuw@Voorbeeld.test", role=Role.COORDINATOR)
    invitation = EmailInvitation.objects.get()
    assert (invitation.email, invitation.role) == ("nieuw@voorbeeld.test", "coordinator")
    assert mailoutbox[0].to == ["nieuw@voorbeeld.test"]


def test_first_log_in_finds_the_invitation(client):
    community = make_community(visibility=Visibility.MEMBERS)
    EmailInvitation.objects.create(community=community, email="nieuw@voorbeeld.test", role=Role.COORDINATOR)
    person = make_user("nieuw@voorbeeld.test")
    client.force_login(person)
    assert not EmailInvitation.objects.exists()
    assert Membership.objects.get(user=person).status == MembershipStatus.INVITED
    url = reverse("communities:invitation", args=[community.slug])
    response = client.post(url, {"accept": ""})
    assert response.url == community.page.url
    row = Membership.objects.get(user=person)
    assert (row.status, row.role) == ("active", "coordinator")
    assert person.has_perm("wagtailadmin.access_admin")


def test_address_that_is_not_verified_claims_nothing():
    EmailInvitation.objects.create(community=make_community(), email="nieuw@voorbeeld.test")
    person = make_user("ander@voorbeeld.test")
    EmailAddress.objects.create(user=person, email="nieuw@voorbeeld.test", verified=False)
    actions.claim_invitations(person)
    assert EmailInvitation.objects.exists()
    assert not Membership.objects.exists()


def test_claiming_leaves_a_running_membership_alone():
    row = make_membership(make_community())
    EmailInvitation.objects.create(community=row.community, email=row.user.email)
    actions.claim_invitations(row.user)
    row.refresh_from_db()
    assert row.status == MembershipStatus.ACTIVE
    assert not EmailInvitation.objects.exists()


def test_inviting_who_asked_lets_them_in(mailoutbox, on_commit):
    row = make_membership(make_community(), status=MembershipStatus.ASKED, motivation="Graag.")
    on_commit(actions.invite, make_coordinator_of(row.community), row.community, row.user.email)
    row.refresh_from_db()
    assert (row.status, row.motivation) == ("active", "Graag.")
    assert "lid" in mailoutbox[0].body


def test_members_are_not_invited_again():
    row = make_membership(make_community())
    with pytest.raises(actions.AlreadyInside):
        actions.invite(make_coordinator_of(row.community), row.community, row.user.email)


def test_only_coordinators_invite():
    community = make_community()
    for user in (make_user(), make_membership(community).user, make_coordinator_of(make_community())):
        with pytest.raises(PermissionDenied):
            actions.invite(user, community, "nieuw@voorbeeld.test")


def test_accepting_twice_is_accepting_once():
    row = make_membership(make_community(joining=Joining.INVITED), status=MembershipStatus.INVITED)
    assert actions.accept_invitation(row.user, row.community) == actions.accept_invitation(
        row.user, row.community
    )


def test_withdrawn_invitation_is_not_accepted():
    row = make_membership(make_community(), status=MembershipStatus.INVITED)
    actions.withdraw_invitation(make_coordinator_of(row.community), row.community, row.user.email)
    for answer in (actions.accept_invitation, actions.decline_invitation):
        with pytest.raises(actions.NotPossible):
            answer(row.user, row.community)


def test_invitation_to_an_address_is_withdrawn():
    community = make_community()
    EmailInvitation.objects.create(community=community, email="nieuw@voorbeeld.test")
    elsewhere = EmailInvitation.objects.create(community=make_community(), email="nieuw@voorbeeld.test")
    actions.withdraw_invitation(make_coordinator_of(community), community, "Nieuw@voorbeeld.test")
    assert EmailInvitation.objects.get() == elsewhere


def test_invited_person_declines_on_the_site(client):
    row = make_membership(make_community(), status=MembershipStatus.INVITED)
    client.force_login(row.user)
    page = client.get(reverse("communities:join", args=[row.community.slug])).content.decode()
    assert "Je bent uitgenodigd" in page
    client.post(reverse("communities:invitation", args=[row.community.slug]), {"decline": ""})
    row.refresh_from_db()
    assert row.status == MembershipStatus.LEFT


def test_looking_at_an_invitation_does_not_accept_it(client):
    row = make_membership(make_community(), status=MembershipStatus.INVITED)
    client.force_login(row.user)
    client.get(reverse("communities:join", args=[row.community.slug]))
    assert client.get(reverse("communities:invitation", args=[row.community.slug])).status_code == 405
    row.refresh_from_db()
    assert row.status == MembershipStatus.INVITED


def test_coordinator_invites_on_the_site(client):
    community = make_community()
    client.force_login(make_coordinator_of(community))
    url = reverse("communities:invite", args=[community.slug])
    text = client.post(url, {"email": "nieuw@voorbeeld.test", "role": "member"}, follow=True).content.decode()
    assert "nieuw@voorbeeld.test krijgt een uitnodiging per mail." in text
    withdraw = reverse("communities:withdraw", args=[community.slug])
    assert withdraw in text
    assert (
        "ingetrokken"
        in client.post(withdraw, {"email": "nieuw@voorbeeld.test"}, follow=True).content.decode()
    )
    assert not EmailInvitation.objects.exists()


@pytest.mark.parametrize(
    "sent", [{"email": "geen adres", "role": "member"}, {"email": "a@b.nl", "role": "koning"}, {}]
)
def test_bad_invitation_comes_back(client, sent):
    community = make_community()
    client.force_login(make_coordinator_of(community))
    response = client.post(reverse("communities:invite", args=[community.slug]), sent)
    assert response.status_code == 422
    assert sent.get("email", "") in response.content.decode()
    assert not EmailInvitation.objects.exists()
