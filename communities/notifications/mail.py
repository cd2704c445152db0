"""Which mail goes to whom; its words are in templates/mail/communities/, `letters` fills them in."""

from collections.abc import Iterable
from datetime import datetime

from communities import queries
from communities.enums import MeetingChange, MembershipStatus
from communities.models import Meeting, Membership
from tafelronde.accounts.models import User
from tafelronde.mail import Kind, send, send_all

_MEMBERSHIP = "communities.notifications.letters.of_membership"
_MEETING = "communities.notifications.letters.of_meeting"


def tell_asked(membership: Membership) -> None:
    """To all coordinators: somebody asks to join."""
    coordinators = [row.user for row in queries.coordinators_of(membership.community)]
    send_all("communities/asked", coordinators, {"membership": membership.pk}, writer=_MEMBERSHIP)


def tell_decided(membership: Membership) -> None:
    """To who asked: welcome, or not this time."""
    template = "accepted" if membership.status == MembershipStatus.ACTIVE else "declined"
    send(f"communities/{template}", membership.user, {"membership": membership.pk}, writer=_MEMBERSHIP)


def tell_invited(membership: Membership, inviter: User) -> None:
    """To somebody with an account: you are invited."""
    values = {"membership": membership.pk, "inviter": str(inviter)}
    send("communities/invited", membership.user, values, writer=_MEMBERSHIP)


def tell_removed(membership: Membership) -> None:
    """To who was a member: a coordinator ended it."""
    send("communities/removed", membership.user, {"membership": membership.pk}, writer=_MEMBERSHIP)


def tell_changed(meeting: Meeting, change: MeetingChange) -> None:
    """To who must know: a new date, another date or place, or cancelled; with the calendar file."""
    send_all(
        f"communities/meeting_{change}",
        queries.people_concerned(meeting, change),
        {"meeting": meeting.pk, "change": change},
        writer=_MEETING,
        kind=Kind.NEW_MEETINGS if change == MeetingChange.PLANNED else "",
        about=f"{meeting.uid}/{meeting.sequence}",
        before=meeting.ends_at,
    )


def remind(meeting: Meeting, days: int, people: Iterable[User]) -> None:
    """To who comes, once for this number of days before this hour: it is soon."""
    send_all(
        "communities/meeting_reminder",
        people,
        {"meeting": meeting.pk},
        writer=_MEETING,
        kind=Kind.MEETING_REMINDERS,
        about=f"{meeting.uid}/{_second(meeting.starts_at)}/{days}",
        before=meeting.starts_at,
    )


def _second(moment: datetime) -> int:
    return int(moment.timestamp())
