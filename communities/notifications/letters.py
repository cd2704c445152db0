"""What the mails say, at the moment they leave. None where the news is old by then."""

from typing import Any

from communities.enums import COMING, MeetingChange
from communities.models import Meeting, Membership, Rsvp
from communities.notifications.calendar import calendar_mail
from tafelronde.accounts.models import User


def of_membership(person: User, *, membership: int, inviter: str = "") -> dict[str, Any]:
    row = Membership.objects.select_related("user", "community__page").get(pk=membership)
    return {"membership": row, "inviter": inviter}


def of_meeting(person: User, *, meeting: int, change: str = "") -> dict[str, Any] | None:
    """About a change with the calendar file, without one a reminder.

    A meeting that was cancelled meanwhile has its own mail, as has one that goes on after all.
    """
    found = (
        Meeting.objects.filter(pk=meeting, page__live=True)
        .select_related("page", "edition__community__page")
        .first()
    )
    if found is None or found.is_cancelled != (change == MeetingChange.CANCELLED):
        return None
    if change:
        return {"meeting": found, "calendar": calendar_mail(found, person.email)}
    rsvp = Rsvp.objects.filter(meeting=found, user=person, answer__in=COMING).first()
    return {"meeting": found, "rsvp": rsvp} if rsvp else None
