"""Asking, joining, deciding, leaving: the actions, their mails, and the pages where people do it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from communities import actions
from communities.enums import Joining, MembershipStatus, Visibility
from communities.models import Membership, Rsvp
from communities.signals import membership_ended
from tests.communities.factories import make_community, make_coordinator_of, make_meeting, make_membership
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


# Open leerkringen


def test_open_leerkring_is_joined_at_once():
    user, community = make_user(), make_community(joining=Joining.OPEN)
    assert actions.join(user, community).status == MembershipStatus.ACTIVE


def test_joining_twice_is_joining_once():
    user, community = make_user(), make_community(joining=Joining.OPEN)
    assert actions.join(user, community) == actions.join(user, community)
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("joining", [Joining.REQUEST, Joining.INVITED])
def test_other_leerkringen_are_not_joined_at_once(joining):
    with pytest.raises(actions.NotPossible):
        actions.join(make_user(), make_community(joining=joining))


def test_open_leerkring_for_members_only_is_not_joined_by_a_stranger():
    with pytest.raises(actions.NotPossible):
        actions.join(make_user(), make_community(joining=Joining.OPEN, visibility=Visibility.MEMBERS))


# Asking


def test_request_mails_all_coordinators_in_their_language(mailoutbox, on_commit):
    community = make_community(title="Slim samenwerken")
    dutch = make_coordinator_of(community)
    english = make_coordinator_of(community, language="en")
    make_membership(community)
    asker = make_user(first_name="Joris", last_name="Kok")
    on_commit(actions.ask_to_join, asker, community, motivation="Ik werk aan regionale zorg.")
    subjects = {mail.to[0]: mail.subject for mail in mailoutbox}
    assert subjects == {
        dutch.email: "Joris Kok wil meedoen met Slim samenwerken",
        english.email: "Joris Kok would like to join Slim samenwerken",
    }
    assert "Ik werk aan regionale zorg." in mailoutbox[0].body
    assert reverse("communities:requests", args=[community.slug]) in mailoutbox[0].body


def test_asking_twice_is_asking_once(mailoutbox, on_commit):
    community, asker = make_community(), make_user()
    make_coordinator_of(community)
    for _ in range(2):
        on_commit(actions.ask_to_join, asker, community, motivation="Graag.")
    assert len(mailoutbox) == 1
    assert Membership.objects.filter(user=asker).count() == 1


@pytest.mark.parametrize("status", [MembershipStatus.DECLINED, MembershipStatus.LEFT])
def test_asking_again_brings_the_same_row_on(status):
    community = make_community()
    row = make_membership(community, status=status, motivation="Toen", answer="Vol")
    again = actions.ask_to_join(row.user, community, motivation="Nu")
    assert (again.pk, again.status, again.motivation, again.answer) == (row.pk, "asked", "Nu", "")


def test_closed_leerkring_is_not_asked():
    with pytest.raises(actions.NotPossible):
        actions.ask_to_join(make_user(), make_community(joining=Joining.INVITED), motivation="Toch graag.")


# Deciding


@pytest.mark.parametrize(
    ("accepted", "status", "subject"),
    [(True, "active", "Welkom bij Slim"), (False, "declined", "Je verzoek om mee te doen met Slim")],
)
def test_decision_is_mailed_with_its_word(mailoutbox, on_commit, accepted, status, subject):
    community = make_community(title="Slim")
    row = make_membership(community, status=MembershipStatus.ASKED)
    coordinator = make_coordinator_of(community)
    decided = on_commit(actions.decide, coordinator, row, accepted=accepted, word="Fijn dat je schreef.")
    assert decided.status == status
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == ([row.user.email], subject)
    assert "Fijn dat je schreef." in mail.body


def test_second_decision_is_told_that_there_is_one(mailoutbox, on_commit):
    community = make_community()
    seen_by_both = make_membership(community, status=MembershipStatus.ASKED)
    first, second = make_coordinator_of(community), make_coordinator_of(community)
    on_commit(actions.decide, first, seen_by_both, accepted=True)
    seen_by_both.status = MembershipStatus.ASKED  # as the second one still sees it
    with pytest.raises(actions.AlreadyDecided):
        actions.decide(second, seen_by_both, accepted=False, word="Nee.")
    seen_by_both.refresh_from_db()
    assert (seen_by_both.status, len(mailoutbox)) == ("active", 1)


def test_only_coordinators_decide():
    community = make_community()
    row = make_membership(community, status=MembershipStatus.ASKED)
    for user in (
        make_user(),
        make_membership(community).user,
        make_coordinator_of(make_community()),
        row.user,
    ):
        with pytest.raises(PermissionDenied):
            actions.decide(user, row, accepted=True)


# Leaving


def test_leaving_takes_answers_ahead_along_and_tells_others(on_commit):
    community = make_community()
    row = make_membership(community)
    ahead = make_meeting(community)
    held = make_meeting(community, starts_at=timezone.now() - timezone.timedelta(days=30))
    elsewhere = make_meeting()
    for meeting in (ahead, held, elsewhere):
        Rsvp.objects.create(user=row.user, meeting=meeting, answer="yes")
    told = []
    membership_ended.connect(lambda **news: told.append((news["user_id"], news["community_id"])), weak=False)
    on_commit(actions.leave, row.user, community)
    row.refresh_from_db()
    assert row.status == MembershipStatus.LEFT
    assert set(Rsvp.objects.values_list("meeting", flat=True)) == {held.pk, elsewhere.pk}
    assert told == [(row.user_id, community.pk)]


def test_request_is_taken_back_without_telling_others(on_commit):
    row = make_membership(make_community(), status=MembershipStatus.ASKED)
    told = []
    membership_ended.connect(lambda **news: told.append(news), weak=False)
    on_commit(actions.leave, row.user, row.community)
    row.refresh_from_db()
    assert (row.status, told) == (MembershipStatus.LEFT, [])


def test_last_coordinator_stays():
    community = make_community()
    coordinator = make_coordinator_of(community)
    make_membership(community)
    with pytest.raises(actions.LastCoordinator):
        actions.leave(coordinator, community)
    assert community.memberships.get(user=coordinator).status == MembershipStatus.ACTIVE


def test_one_of_two_coordinators_leaves_with_all_rights():
    community = make_community()
    coordinator = make_coordinator_of(community)
    make_coordinator_of(community)
    actions.leave(coordinator, community)
    row = community.memberships.get(user=coordinator)
    assert (row.status, row.role) == ("left", "member")
    assert not coordinator.groups.exists()


def test_leaving_twice_is_leaving_once():
    row = make_membership(make_community())
    actions.leave(row.user, row.community)
    actions.leave(row.user, row.community)
    actions.leave(make_user(), row.community)
    assert Membership.objects.get().status == MembershipStatus.LEFT


# On the site


def test_visitor_logs_in_and_comes_back(client):
    url = reverse("communities:join", args=[make_community().slug])
    response = client.get(url)
    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={url}"


def test_request_is_sent_and_shown(client, mailoutbox):
    community, user = make_community(), make_user()
    client.force_login(user)
    url = reverse("communities:join", args=[community.slug])
    assert "Waarom wil je meedoen?" in client.get(url).content.decode()
    response = client.post(url, {"motivation": "Ik wil leren."}, follow=True)
    assert response.redirect_chain[-1][0] == community.page.url
    assert "Je verzoek ligt bij de coördinatoren" in response.content.decode()
    assert Membership.objects.get().motivation == "Ik wil leren."


def test_request_without_a_word_comes_back(client):
    community = make_community()
    client.force_login(make_user())
    response = client.post(reverse("communities:join", args=[community.slug]), {"motivation": " "})
    assert response.status_code == 422
    assert "id_motivation_error" in response.content.decode()
    assert not Membership.objects.exists()


def test_request_that_is_too_long_keeps_what_was_typed(client):
    client.force_login(make_user())
    text = "Ik wil leren. " * 80
    response = client.post(reverse("communities:join", args=[make_community().slug]), {"motivation": text})
    assert response.status_code == 422
    assert text.strip() in response.content.decode()


def test_open_leerkring_asks_for_nothing(client):
    community, user = make_community(joining=Joining.OPEN), make_user()
    client.force_login(user)
    url = reverse("communities:join", args=[community.slug])
    assert "motivation" not in client.get(url).content.decode()
    client.post(url)
    assert Membership.objects.get(user=user).status == MembershipStatus.ACTIVE
    assert client.get(url).url == community.page.url


def test_closed_leerkring_says_so(client):
    community = make_community(joining=Joining.INVITED)
    client.force_login(make_user())
    url = reverse("communities:join", args=[community.slug])
    assert "op uitnodiging" in client.get(url).content.decode()
    response = client.post(url, {"motivation": "Toch graag."}, follow=True)
    assert not Membership.objects.exists()
    assert "Dit kan niet meer" in response.content.decode()


def test_members_only_leerkring_has_no_door_for_strangers(client):
    community = make_community(visibility=Visibility.MEMBERS)
    client.force_login(make_user())
    for name in ("join", "leave", "members", "requests", "invite"):
        assert client.get(reverse(f"communities:{name}", args=[community.slug])).status_code == 404


def test_declined_person_reads_why_and_can_ask_again(client):
    row = make_membership(
        make_community(), status=MembershipStatus.DECLINED, answer="We zitten vol tot de zomer."
    )
    client.force_login(row.user)
    page = client.get(row.community.page.url).content.decode()
    assert "We zitten vol tot de zomer." in page
    assert "Vraag het opnieuw" in page


def test_requests_show_to_coordinators_alone(client):
    community = make_community()
    row = make_membership(
        community, make_user(first_name="Joris"), status=MembershipStatus.ASKED, motivation="Ik wil leren."
    )
    url = reverse("communities:requests", args=[community.slug])
    for user, status in [
        (make_user(), 404),
        (row.user, 404),
        (make_membership(community).user, 403),
        (make_coordinator_of(make_community()), 404),
        (make_user(is_superuser=True), 200),
        (make_coordinator_of(community), 200),
    ]:
        client.force_login(user)
        response = client.get(url)
        assert response.status_code == status
        assert ("Ik wil leren." in response.content.decode()) == (status == 200)


def test_coordinator_accepts_on_the_site(client, mailoutbox, django_capture_on_commit_callbacks):
    row = make_membership(
        make_community(), make_user(first_name="Joris", last_name="Kok"), status=MembershipStatus.ASKED
    )
    client.force_login(make_coordinator_of(row.community))
    url = reverse("communities:decide", args=[row.community.slug, row.pk])
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url, {"accept": "", f"request{row.pk}-word": "Welkom."}, follow=True)
    assert "Joris Kok is nu lid en krijgt een mail." in response.content.decode()
    row.refresh_from_db()
    assert (row.status, row.answer, len(mailoutbox)) == ("active", "Welkom.", 1)
    again = client.post(url, {"decline": ""}, follow=True)
    assert "al beantwoord" in again.content.decode()


def test_word_that_is_too_long_comes_back_at_its_own_request(client):
    community = make_community()
    rows = [make_membership(community, status=MembershipStatus.ASKED) for _ in range(2)]
    client.force_login(make_coordinator_of(community))
    word = "Welkom. " * 150
    url = reverse("communities:decide", args=[community.slug, rows[0].pk])
    response = client.post(url, {"accept": "", f"request{rows[0].pk}-word": word})
    text = response.content.decode()
    assert response.status_code == 422
    assert f"id_request{rows[0].pk}-word_error" in text
    assert f"id_request{rows[1].pk}-word_error" not in text
    assert text.count(word.strip()) == 1


def test_decision_without_a_choice_changes_nothing(client):
    row = make_membership(make_community(), status=MembershipStatus.ASKED)
    client.force_login(make_coordinator_of(row.community))
    client.post(reverse("communities:decide", args=[row.community.slug, row.pk]), {})
    row.refresh_from_db()
    assert row.status == MembershipStatus.ASKED


def test_leaving_asks_first(client):
    row = make_membership(make_community())
    client.force_login(row.user)
    url = reverse("communities:leave", args=[row.community.slug])
    assert client.get(url).status_code == 200
    row.refresh_from_db()
    assert row.status == MembershipStatus.ACTIVE
    client.post(url)
    row.refresh_from_db()
    assert row.status == MembershipStatus.LEFT


def test_last_coordinator_reads_why_not(client):
    community = make_community()
    client.force_login(make_coordinator_of(community))
    response = client.post(reverse("communities:leave", args=[community.slug]), follow=True)
    assert "Maak eerst iemand anders coördinator" in response.content.decode()


def test_sites_answers_to_odd_methods(client):
    community = make_community()
    client.force_login(make_coordinator_of(community))
    assert client.get(reverse("communities:decide", args=[community.slug, 1])).status_code == 405
    assert client.post(reverse("communities:members", args=[community.slug])).status_code == 405
    assert client.post(reverse("communities:decide", args=[community.slug, 999])).status_code == 404
