"""The mails themselves; their words are in templates/mail/communities/."""

from communities import queries
from communities.enums import MeetingChange, MembershipStatus
from communities.models import Meeting, Membership
from communities.notifications.calendar import calendar_file
from tafelronde.accounts.models import User
from tafelronde.mail import send


def tell_asked(membership_id: int) -> None:
    """To all coordinators: somebody asks to join."""
    membership = _membership(membership_id)
    for coordinator in queries.coordinators_of(membership.community):
        send("communities/asked", coordinator.user, {"membership": membership})


def tell_decided(membership_id: int) -> None:
    """To who asked: welcome, or not this time."""
    membership = _membership(membership_id)
    template = "accepted" if membership.status == MembershipStatus.ACTIVE else "declined"
    send(f"communities/{template}", membership.user, {"membership": membership})


def tell_invited(membership_id: int, inviter_id: int) -> None:
    """To somebody with an account: you are invited."""
    membership = _membership(membership_id)
    inviter = User.objects.get(pk=inviter_id)
    send("communities/invited", membership.user, {"membership": membership, "inviter": inviter})


def tell_removed(membership_id: int) -> None:
    """To who was a member: a coordinator ended it."""
    membership = _membership(membership_id)
    send("communities/removed", membership.user, {"membership": membership})


def tell_changed(meeting_id: int, change: MeetingChange) -> None:
    """To who must know: a new date, another date or place, or cancelled; with the calendar file."""
    meeting = Meeting.objects.select_related("page", "edition__community__page").get(pk=meeting_id)
    attachment = ("bijeenkomst.ics", calendar_file(meeting), "text/calendar; method=PUBLISH")
    for person in queries.people_concerned(meeting, change):
        send(f"communities/meeting_{change}", person, {"meeting": meeting}, attachments=[attachment])


def _membership(membership_id: int) -> Membership:
    return Membership.objects.select_related("user", "community__page").get(pk=membership_id)
