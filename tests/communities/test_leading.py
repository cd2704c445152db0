"""Coordinators: appointing, dismissing, removing, and what they may do in Wagtail."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import GroupPagePermission

from communities import actions
from communities.enums import MembershipStatus, Role, Visibility
from communities.models import LeerkringPage, MeetingPage
from communities.signals import membership_ended
from tests.communities.factories import (
    make_community,
    make_coordinator_of,
    make_leerkring_page,
    make_meeting_page,
    make_membership,
)
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


def test_appointed_member_leads_too():
    community = make_community()
    row = make_membership(community)
    actions.appoint_coordinator(make_coordinator_of(community), row)
    row.refresh_from_db()
    assert row.role == Role.COORDINATOR
    assert row.user.has_perm("wagtailadmin.access_admin")


def test_administrator_appoints_the_first_coordinator():
    row = make_membership(make_community())
    actions.appoint_coordinator(make_user(is_superuser=True), row)
    row.refresh_from_db()
    assert row.role == Role.COORDINATOR


def test_who_is_no_member_is_not_appointed():
    community = make_community()
    row = make_membership(community, status=MembershipStatus.ASKED)
    with pytest.raises(actions.NotPossible):
        actions.appoint_coordinator(make_coordinator_of(community), row)


@pytest.mark.parametrize("action", [actions.appoint_coordinator, actions.dismiss_coordinator, actions.remove])
def test_only_coordinators_change_roles(action):
    community = make_community()
    row = make_membership(community)
    for user in (make_user(), row.user, make_coordinator_of(make_community())):
        with pytest.raises(PermissionDenied):
            action(user, row)


def test_dismissed_coordinator_loses_all_rights():
    community = make_community()
    first, second = make_coordinator_of(community), make_coordinator_of(community)
    actions.dismiss_coordinator(first, community.memberships.get(user=second))
    row = community.memberships.get(user=second)
    assert (row.role, row.status) == ("member", "active")
    assert not second.groups.exists()


@pytest.mark.parametrize("action", [actions.dismiss_coordinator, actions.remove])
def test_last_coordinator_is_not_taken_away(action):
    community = make_community()
    coordinator = make_coordinator_of(community)
    make_membership(community, make_user(is_active=False), role=Role.COORDINATOR)
    with pytest.raises(actions.LastCoordinator):
        action(coordinator, community.memberships.get(user=coordinator))
    assert coordinator.groups.exists()


def test_removed_member_hears_why_and_others_hear_it_too(mailoutbox, on_commit):
    row = make_membership(make_community(title="Slim"))
    told = []
    membership_ended.connect(lambda **news: told.append((news["user_id"], news["community_id"])), weak=False)
    on_commit(actions.remove, make_coordinator_of(row.community), row, word="Je bent verhuisd naar België.")
    row.refresh_from_db()
    assert row.status == MembershipStatus.LEFT
    assert told == [(row.user_id, row.community_id)]
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == ([row.user.email], "Je bent geen lid meer van Slim")
    assert "Je bent verhuisd naar België." in mail.body


def test_group_holds_rights_on_its_own_page_alone():
    page = make_leerkring_page()
    make_coordinator_of(page.community)
    make_coordinator_of(page.community)
    group = Group.objects.get(name=f"leerkring-{page.community.pk}-coordinators")
    rights = GroupPagePermission.objects.filter(group=group)
    assert set(rights.values_list("page", flat=True)) == {page.pk}
    assert set(rights.values_list("permission__codename", flat=True)) == {
        "add_page",
        "change_page",
        "publish_page",
    }
    assert group.user_set.count() == 2


def test_group_follows_the_page_that_is_made_again():
    page = make_leerkring_page(slug="terug")
    coordinator = make_coordinator_of(page.community)
    page.delete()
    again = make_leerkring_page(slug="terug")
    assert again.permissions_for_user(type(coordinator).objects.get(pk=coordinator.pk)).can_publish()


# In Wagtail


def edit_data(page: LeerkringPage, **changes: str) -> dict[str, str]:
    """What the browser sends with the form of a leerkring page."""
    lists = {f"{name}-count": "0" for name in ("body", "partners", "harvest")}
    fields = ("title", "slug", "question", "intro", "edition", "format", "joining", "visibility", "lang")
    return {**lists, **{name: getattr(page, name) for name in fields}, **changes}


def test_coordinator_edits_and_publishes_the_own_page(client):
    page = make_leerkring_page()
    client.force_login(make_coordinator_of(page.community))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(url).status_code == 200
    response = client.post(url, edit_data(page, title="Nieuwe naam", **{"action-publish": "x"}))
    assert response.status_code == 302
    page.community.refresh_from_db()
    assert page.community.title == "Nieuwe naam"


def test_new_meeting_is_offered_the_four_pillars(client):
    page = make_leerkring_page()
    client.force_login(make_coordinator_of(page.community))
    url = reverse("wagtailadmin_pages:add", args=["communities", "meetingpage", page.pk])
    text = client.get(url).content.decode()
    assert 'name="programme-TOTAL_FORMS" value="4"' in text
    for title in ("Actualiteiten van de dag", "Intervisie op de aanpak", "Verdieping", "Projectbezoek"):
        assert f'value="{title}"' in text


def meeting_data(*minutes: int, **changes: str) -> dict[str, str]:
    """What the browser sends with a new meeting whose programme has items of so many minutes."""
    values = {
        "title": "Kampen",
        "slug": "kampen",
        "kind": "meeting",
        "starts_at": "2030-12-12 09:30",
        "ends_at": "2030-12-12 16:30",
        "city": "Kampen",
        "visibility": "public",
        "status": "planned",
        "lang": "nl",
        "programme-TOTAL_FORMS": str(len(minutes)),
        "programme-INITIAL_FORMS": str(len(minutes)),
        "programme-MIN_NUM_FORMS": "0",
        "programme-MAX_NUM_FORMS": "1000",
    }
    for number, length in enumerate(minutes):
        item = {
            "id": "",
            "ORDER": number + 1,
            "DELETE": "",
            "pillar": "news",
            "title": f"Deel {number}",
            "minutes": length,
        }
        values |= {f"programme-{number}-{name}": str(value) for name, value in item.items()}
    return {**values, **changes}


def add_meeting(client, page, data):
    return client.post(
        reverse("wagtailadmin_pages:add", args=["communities", "meetingpage", page.pk]), data, follow=True
    )


def test_offered_pillars_are_kept_when_left_as_they_are(client):
    page = make_leerkring_page()
    client.force_login(make_coordinator_of(page.community))
    add_meeting(client, page, meeting_data(45, 90, **{"action-publish": "x"}))
    meeting = MeetingPage.objects.get()
    assert [(item.title, item.minutes) for item in meeting.programme.all()] == [
        ("Deel 0", 45),
        ("Deel 1", 90),
    ]
    assert meeting.meeting.city == "Kampen"


def test_programme_that_is_too_long_is_kept_with_a_warning(client):
    page = make_leerkring_page()
    client.force_login(make_coordinator_of(page.community))
    response = add_meeting(client, page, meeting_data(400, 30))
    assert "Het programma duurt 10 minuten langer dan de bijeenkomst." in response.content.decode()
    assert MeetingPage.objects.get().programme.count() == 2


def test_mistake_in_a_meeting_is_told_at_its_field(client):
    page = make_leerkring_page()
    client.force_login(make_coordinator_of(page.community))
    data = meeting_data(45, ends_at="2030-12-12 08:00", **{"action-publish": "x"})
    response = add_meeting(client, page, data)
    assert "Het einde moet later zijn dan het begin." in response.content.decode()
    assert not MeetingPage.objects.exists()


SECRET = "Vertrouwelijk plan van een ander"


@pytest.fixture
def others_page():
    page = make_leerkring_page(title=SECRET, question=SECRET, intro=SECRET, visibility=Visibility.MEMBERS)
    meeting = make_meeting_page(page.community, title=SECRET, intro=SECRET)
    make_meeting_page(page.community, title=SECRET, live=False)
    return page, meeting


@pytest.mark.parametrize(
    "name",
    [
        "edit",
        "view_draft",
        "preview_on_edit",
        "history",
        "copy",
        "move",
        "delete",
        "unpublish",
        "usage",
        "workflow_history",
    ],
)
def test_page_of_another_leerkring_is_closed(client, others_page, name):
    client.force_login(make_coordinator_of(make_community()))
    for page in others_page:
        response = client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        assert response.status_code in (302, 403, 404)
        assert SECRET not in response.content.decode()
        confirm = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, page.get_parent().pk])
        assert client.get(confirm).status_code == 302
        revisions = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])
        assert client.get(revisions).status_code in (302, 403)


def test_nothing_is_made_below_another_leerkring(client, others_page):
    client.force_login(make_coordinator_of(make_community()))
    page = others_page[0]
    assert add_meeting(client, page, meeting_data(45)).status_code in (302, 403, 200)
    assert MeetingPage.objects.child_of(page).count() == 2


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("wagtailadmin_home", []),
        ("wagtailadmin_explore_root", []),
        ("wagtailadmin_pages:search", []),
        ("wagtailadmin_choose_page", []),
        ("wagtailadmin_choose_page_search", []),
        ("wagtailadmin_reports:site_history", []),
        ("wagtailadmin_reports:aging_pages", []),
        ("wagtailadmin_reports:page_types_usage", []),
        ("wagtailadmin_reports:locked_pages", []),
    ],
)
def test_wagtail_names_no_page_of_another_leerkring(client, others_page, name, args):
    client.force_login(make_coordinator_of(make_community()))
    response = client.get(reverse(name, args=args), {"q": "Vertrouwelijk"}, follow=True)
    assert response.status_code == 200
    assert SECRET not in response.content.decode().replace("q=Vertrouwelijk", "")


@pytest.mark.parametrize("where", ["index", "other"])
def test_wagtail_shows_no_children_of_what_is_not_the_own_page(client, others_page, where):
    client.force_login(make_coordinator_of(make_community()))
    parent = others_page[0].get_parent() if where == "index" else others_page[0]
    for name in ("wagtailadmin_explore", "wagtailadmin_choose_page_child"):
        assert SECRET not in client.get(reverse(name, args=[parent.pk]), follow=True).content.decode()


def test_explorer_is_closed_between_two_leerkringen_that_somebody_leads(client, others_page):
    coordinator = make_coordinator_of(make_community())
    make_membership(make_community(), coordinator, role=Role.COORDINATOR)
    client.force_login(coordinator)
    for name in ("wagtailadmin_explore", "wagtailadmin_explore_results"):
        assert client.get(reverse(name, args=[others_page[0].pk])).status_code == 404
        assert client.get(reverse(name, args=[others_page[0].get_parent().pk])).status_code == 200


def test_chooser_names_no_ticked_page_of_another_leerkring(client, others_page):
    own = make_leerkring_page()
    client.force_login(make_coordinator_of(own.community))
    url = reverse("wagtailadmin_choose_page_chosen_multiple")
    assert url == "/beheer/choose-page/chosen-multiple/"
    for numbers in ([others_page[1].pk], [own.pk, others_page[1].pk], ["x"], ["9" * 30], [""]):
        response = client.get(url, {"id": numbers})
        assert response.status_code == 404
        assert SECRET not in response.content.decode()
    assert own.title in client.get(url, {"id": [own.pk]}).content.decode()


def test_chooser_is_for_editors_alone(client):
    page = make_leerkring_page()
    client.force_login(make_user())
    assert client.get("/beheer/choose-page/chosen-multiple/", {"id": [page.pk]}).status_code in (302, 403)


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_wagtail_names_no_page_of_another_leerkring_for_many_at_once(client, others_page, action):
    client.force_login(make_coordinator_of(make_community()))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    for query in ({"id": others_page[1].pk}, {"id": "all"}, {"id": "all", "childOf": others_page[0].pk}):
        response = client.get(url, query)
        assert response.status_code == 200
        assert SECRET not in response.content.decode()
    client.post(f"{url}?id={others_page[1].pk}", {"chooser": "1"})
    others_page[1].refresh_from_db()
    assert others_page[1].live


def test_coordinator_acts_on_many_own_pages_at_once(client):
    page = make_leerkring_page()
    meetings = [make_meeting_page(page.community) for _ in range(2)]
    client.force_login(make_coordinator_of(page.community))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{url}?id={meetings[0].pk}&id={meetings[1].pk}", {})
    assert not MeetingPage.objects.live().exists()


def test_members_who_do_not_lead_stay_out_of_wagtail(client):
    client.force_login(make_membership(make_community()).user)
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code in (302, 403)


def test_coordinator_previews_an_unpublished_page_in_our_design(client):
    page = make_leerkring_page()
    draft = make_meeting_page(page.community, live=False, title="Nog geheim", visibility=Visibility.MEMBERS)
    draft.save_revision()
    client.force_login(make_coordinator_of(page.community))
    text = client.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk])).content.decode()
    assert "Nog geheim" in text
    assert 'id="main"' in text
    assert client.get(draft.url).status_code == 404


def test_draft_of_a_new_leerkring_is_previewed(client):
    page = make_leerkring_page(live=False, question="Wat als?")
    page.save_revision()
    client.force_login(make_user(is_superuser=True))
    text = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert "Wat als?" in text


# On the site


def test_coordinator_changes_roles_on_the_site(client):
    community = make_community()
    row = make_membership(community, make_user(first_name="Joris", last_name="Kok"))
    client.force_login(make_coordinator_of(community))
    url = reverse("communities:member", args=[community.slug, row.pk])
    for button, sentence in [
        ("appoint", "Joris Kok is nu coördinator."),
        ("dismiss", "Joris Kok is geen coördinator meer."),
        ("remove", "Joris Kok is geen lid meer."),
    ]:
        assert sentence in client.post(url, {button: ""}, follow=True).content.decode()
    assert client.get(url).status_code == 404


def test_page_of_one_member_is_for_coordinators(client):
    community = make_community()
    row = make_membership(community)
    url = reverse("communities:member", args=[community.slug, row.pk])
    for user, status in [(row.user, 403), (make_user(), 404), (make_coordinator_of(make_community()), 404)]:
        client.force_login(user)
        assert client.get(url).status_code == status
        assert client.post(url, {"remove": ""}).status_code == status


def test_row_of_another_leerkring_is_not_found(client):
    community = make_community()
    elsewhere = make_membership(make_community())
    client.force_login(make_coordinator_of(community))
    assert client.get(reverse("communities:member", args=[community.slug, elsewhere.pk])).status_code == 404


def test_press_without_a_button_changes_nothing(client):
    community = make_community()
    row = make_membership(community)
    client.force_login(make_coordinator_of(community))
    assert (
        client.post(reverse("communities:member", args=[community.slug, row.pk]), {"word": "x"}).status_code
        == 200
    )
    row.refresh_from_db()
    assert row.status == MembershipStatus.ACTIVE


def test_members_list_is_for_members_and_shows_no_address(client):
    community = make_community()
    person = make_user(
        first_name="Joris", job_title="Griffier", organisation="Gemeente Meppel", place="Meppel"
    )
    make_membership(community, person)
    url = reverse("communities:members", args=[community.slug])
    assert client.get(url).status_code == 302
    for user, status in [(make_user(), 404), (make_membership(community).user, 200)]:
        client.force_login(user)
        response = client.get(url)
        text = response.content.decode()
        assert response.status_code == status
        assert ("Griffier, Gemeente Meppel" in text) == (status == 200)
        assert person.email not in text
