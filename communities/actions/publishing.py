"""What publishing a page means for its row: the one road from the editor's desk to what people do."""

from django.db import transaction
from django.utils import timezone

from communities import notifications
from communities.actions.leading import editors_of, make_coordinator
from communities.actions.rows import set_membership
from communities.enums import MeetingChange, MeetingStatus, MembershipStatus
from communities.models import Community, Edition, LeerkringPage, Meeting, MeetingPage
from communities.signals import presented

OF_COMMUNITY = ("slug", "title", "format", "joining", "visibility")
OF_MEETING = (
    "slug",
    "kind",
    "title",
    "starts_at",
    "ends_at",
    "city",
    "host",
    "venue",
    "address",
    "video_url",
    "visibility",
    "status",
)
TIME = ("starts_at", "ends_at")
PLACE = ("city", "venue", "address")


@transaction.atomic
def publish_community(page: LeerkringPage) -> Community:
    """The row of a leerkring, as its page says. Whoever made a new leerkring leads it, until they appoint another."""
    community = _row_of_community(page)
    first = community.pk is None
    _copy(OF_COMMUNITY, page, community)
    community.save()
    community.edition = _edition(community, page.edition)
    community.save(update_fields=["edition"])
    _attach(page, "community", community)
    editors_of(community)
    if first and page.owner and not page.owner.is_superuser:
        make_coordinator(set_membership(page.owner, community, MembershipStatus.ACTIVE))
    presented.send(LeerkringPage, page_id=page.pk)
    return community


def _row_of_community(page: LeerkringPage) -> Community:
    """Its own row; else one whose page was deleted and is made again at the same address; else a new one."""
    if page.community_id:
        return Community.objects.select_for_update().get(pk=page.community_id)
    return Community.objects.filter(slug=page.slug, page=None).first() or Community()


def _edition(community: Community, title: str) -> Edition:
    """The edition with this title. A new title renames the current one, unless all its meetings are over."""
    known = community.editions.filter(title=title).first()
    if known:
        return known
    current = community.edition
    if current and not _is_over(current):
        current.title = title
        current.save(update_fields=["title"])
        return current
    return Edition.objects.create(community=community, title=title)


def _is_over(edition: Edition) -> bool:
    meetings = edition.meetings.all()
    return meetings.exists() and not meetings.filter(ends_at__gt=timezone.now()).exists()


@transaction.atomic
def publish_meeting(page: MeetingPage) -> Meeting:
    """The row of a meeting, as its page says. Who must know of a change gets a mail with the calendar file."""
    home = page.get_parent().specific
    community = home.community or publish_community(home)
    meeting = _row_of_meeting(page, community)
    before = (
        None if meeting.pk is None else {name: getattr(meeting, name) for name in (*TIME, *PLACE, "status")}
    )
    _copy(OF_MEETING, page, meeting)
    change = _change(meeting, before)
    if before and change:
        meeting.sequence += 1
    meeting.save()
    _attach(page, "meeting", meeting)
    presented.send(MeetingPage, page_id=page.pk)
    if change and not meeting.is_over:
        notifications.tell_changed(meeting, change)
    return meeting


def _row_of_meeting(page: MeetingPage, community: Community) -> Meeting:
    """Its own row; else one whose page was deleted and is made again at the same address; else a new one."""
    if page.meeting_id:
        return Meeting.objects.select_for_update().get(pk=page.meeting_id)
    lost = Meeting.objects.filter(edition__community=community, slug=page.slug, page=None)
    return lost.first() or Meeting(edition=community.edition)


def _change(meeting: Meeting, before: dict[str, object] | None) -> MeetingChange | None:
    """What this publishing changes for the people who come; None for edits that do not matter to them."""
    if meeting.is_cancelled:
        was_on = before is not None and before["status"] != MeetingStatus.CANCELLED
        return MeetingChange.CANCELLED if was_on else None
    if before is None or before["status"] == MeetingStatus.CANCELLED:
        return MeetingChange.PLANNED
    if any(getattr(meeting, name) != before[name] for name in TIME):
        return MeetingChange.MOVED
    if any(getattr(meeting, name) != before[name] for name in PLACE):
        return MeetingChange.PLACE
    return None


def _copy(names: tuple[str, ...], page: LeerkringPage | MeetingPage, row: Community | Meeting) -> None:
    for name in names:
        setattr(row, name, getattr(page, name))


def _attach(page: LeerkringPage | MeetingPage, field: str, row: Community | Meeting) -> None:
    """Point the page to its row, past Wagtail's versions."""
    type(page).objects.filter(pk=page.pk).update(**{field: row})
    setattr(page, field, row)
