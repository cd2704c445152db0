"""Publishing a page brings its row up to date; drafts, versions, copies and moves do not touch it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities.models import Community, LeerkringPage, Meeting, MeetingPage
from tests.communities.factories import (
    make_community,
    make_index,
    make_leerkring_page,
    make_meeting,
    make_meeting_page,
    make_programme,
    publish,
)
from tests.tafelronde.factories import make_user

pytestmark = pytest.mark.django_db


def test_publishing_a_leerkring_makes_its_row():
    page = make_leerkring_page(title="Slim samenwerken", slug="slim", joining="open", visibility="members")
    row = Community.objects.get()
    assert page.community == row
    assert (row.title, row.slug, row.joining, row.visibility) == (
        "Slim samenwerken",
        "slim",
        "open",
        "members",
    )
    assert row.edition.title == "najaar 2026"


def test_publishing_again_brings_the_row_up_to_date():
    page = make_leerkring_page(joining="open")
    page.title, page.joining = "Andere naam", "invited"
    publish(page)
    row = Community.objects.get()
    assert (row.title, row.joining) == ("Andere naam", "invited")


def test_draft_has_no_row():
    page = make_leerkring_page(live=False)
    page.save_revision()
    assert not Community.objects.exists()


def test_draft_of_a_published_page_leaves_the_row_alone():
    page = make_leerkring_page(title="Zo heet hij")
    page.title = "Zo gaat hij heten"
    page.save_revision()
    assert Community.objects.get().title == "Zo heet hij"


def test_page_that_goes_live_later_has_no_row_yet():
    page = make_leerkring_page(live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert not Community.objects.exists()


def test_version_from_before_the_first_publishing_keeps_the_row():
    page = make_leerkring_page(live=False)
    first, second = page.save_revision(), page.save_revision()
    first.publish()
    second.publish()
    assert Community.objects.get() == LeerkringPage.objects.get().community


def test_old_version_that_comes_back_keeps_the_row():
    page = make_leerkring_page(title="Eerst")
    first = page.latest_revision
    page.title = "Later"
    publish(page)
    first.publish()
    assert Community.objects.get().title == "Eerst"


def test_unpublished_page_keeps_its_row():
    page = make_leerkring_page()
    page.unpublish()
    assert Community.objects.get().page == page


def test_copy_gets_a_row_of_its_own():
    page = make_leerkring_page(slug="eerste")
    meeting = make_meeting(page.community)
    page = LeerkringPage.objects.get()
    copy = page.copy(recursive=True, update_attrs={"slug": "tweede", "title": "Tweede"}, keep_live=False)
    assert copy.community_id is None
    published = publish(LeerkringPage.objects.get(pk=copy.pk))
    publish(MeetingPage.objects.child_of(copy).get())
    assert published.community != page.community
    assert Meeting.objects.exclude(pk=meeting.pk).get().community == published.community


def test_page_made_again_finds_its_row_back():
    page = make_leerkring_page(slug="terug")
    row = page.community
    page.delete()
    assert make_leerkring_page(slug="terug").community == row


def test_who_makes_a_leerkring_leads_it():
    owner = make_user()
    community = make_community(owner=owner)
    assert community.memberships.get(user=owner).role == "coordinator"
    assert owner.has_perm("wagtailadmin.access_admin")


def test_administrator_who_makes_a_leerkring_is_no_member():
    community = make_community(owner=make_user(is_superuser=True))
    assert not community.memberships.exists()


def test_publishing_again_makes_no_new_coordinator():
    page = make_leerkring_page()
    page.owner = make_user()
    publish(page)
    assert not page.community.memberships.exists()


# Editions


def test_new_name_renames_the_edition_while_meetings_are_to_come():
    page = make_leerkring_page(edition="najar 2026")
    edition = make_meeting(page.community).edition
    page.edition = "najaar 2026"
    publish(page)
    edition.refresh_from_db()
    assert edition.title == "najaar 2026"


def test_new_name_begins_a_new_edition_when_all_meetings_are_over():
    page = make_leerkring_page(edition="najaar 2025")
    old = make_meeting(page.community, starts_at=timezone.now() - timedelta(days=90))
    page.edition = "voorjaar 2026"
    page = publish(page)
    assert page.community.edition.title == "voorjaar 2026"
    assert make_meeting(page.community).edition == page.community.edition
    publish(old.page)
    old.refresh_from_db()
    assert old.edition.title == "najaar 2025"


def test_old_name_goes_back_to_the_old_edition():
    page = make_leerkring_page(edition="najaar 2025")
    old = make_meeting(page.community, starts_at=timezone.now() - timedelta(days=90)).edition
    page.edition = "voorjar 2026"
    page = publish(page)
    page.edition = "najaar 2025"
    assert publish(page).community.edition == old


# Meetings


def test_publishing_a_meeting_makes_its_row():
    community = make_community()
    page = make_meeting_page(
        community, city="Zwolle", host="Gemeente Zwolle", video_url="https://video.test/1"
    )
    row = Meeting.objects.get()
    assert page.meeting == row
    assert (row.city, row.host, row.video_url) == ("Zwolle", "Gemeente Zwolle", "https://video.test/1")
    assert (row.community, row.edition, row.slug, row.sequence) == (
        community,
        community.edition,
        page.slug,
        0,
    )


def test_meeting_below_an_unpublished_leerkring_is_seen_by_nobody(client):
    leerkring = make_leerkring_page(live=False)
    page = leerkring.add_child(
        instance=MeetingPage(
            title="Te vroeg",
            slug="te-vroeg",
            city="Kampen",
            starts_at=timezone.now(),
            ends_at=timezone.now() + timedelta(hours=1),
            live=False,
        )
    )
    page = publish(page)
    assert page.meeting.community.title == leerkring.title
    assert client.get(page.url).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "raised"),
    [
        ("city", "Meppel", 1),
        ("venue", "Zaal 2", 1),
        ("address", "Markt 1", 1),
        ("title", "Andere titel", 0),
        ("intro", "Welkom", 0),
        ("host", "Provincie Overijssel", 0),
        ("video_url", "https://video.test/2", 0),
        ("visibility", "members", 0),
    ],
)
def test_sequence_is_raised_by_what_matters_in_a_calendar(field, value, raised):
    page = make_meeting_page(venue="Zaal 1", address="Plein 1")
    setattr(page, field, value)
    publish(page)
    meeting = Meeting.objects.get()
    assert meeting.sequence == raised


def test_moving_and_cancelling_raise_the_sequence_and_keep_the_uid():
    page = make_meeting_page()
    uid = page.meeting.uid
    page.starts_at += timedelta(days=7)
    page.ends_at += timedelta(days=7)
    page = publish(page)
    page.status, page.cancel_reason = "cancelled", "De gastheer is ziek."
    publish(page)
    meeting = Meeting.objects.get()
    assert (meeting.sequence, meeting.uid, meeting.status) == (2, uid, "cancelled")


def test_published_meeting_stays_in_its_leerkring():
    page = make_meeting_page()
    other = make_leerkring_page()
    assert not page.can_move_to(other)
    assert page.can_move_to(page.get_parent())
    draft = make_meeting_page(page.meeting.community, live=False)
    assert draft.can_move_to(other)


def test_published_page_is_not_thrown_away_by_who_leads():
    owner = make_user()
    page = make_leerkring_page(owner=owner)
    meeting = make_meeting_page(page.community)
    draft = make_meeting_page(page.community, live=False)
    assert not page.permissions_for_user(owner).can_delete()
    assert not meeting.permissions_for_user(owner).can_delete()
    assert draft.permissions_for_user(owner).can_delete()
    assert meeting.permissions_for_user(owner).can_unpublish()


def test_there_is_one_list():
    make_index()
    assert not type(make_index()).can_create_at(make_index().get_parent())


# What the editor hears


def test_end_before_start_is_told_at_the_end():
    page = make_meeting_page(live=False)
    page.ends_at = page.starts_at
    with pytest.raises(ValidationError) as told:
        page.full_clean()
    assert list(told.value.message_dict) == ["ends_at"]


def test_cancelling_asks_for_a_reason():
    page = make_meeting_page(live=False)
    page.status = "cancelled"
    with pytest.raises(ValidationError) as told:
        page.full_clean()
    assert list(told.value.message_dict) == ["cancel_reason"]


def test_video_link_must_be_https():
    page = make_meeting_page(live=False)
    page.video_url = "http://video.test/1"
    with pytest.raises(ValidationError) as told:
        page.full_clean()
    assert list(told.value.message_dict) == ["video_url"]


def test_programme_adds_up_from_the_start():
    page = make_programme(make_meeting_page(), 45, 90, 75)
    start = page.starts_at
    assert [slot.starts_at - start for slot in page.slots] == [timedelta(minutes=m) for m in (0, 45, 135)]
    assert page.slots[-1].ends_at - start == timedelta(minutes=210)
    assert page.minutes_over == 0


def test_programme_that_is_too_long_is_counted():
    page = make_programme(make_meeting_page(), 300, 150)
    assert page.minutes_over == 30
