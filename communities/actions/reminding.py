"""Reminds people of the meetings that they come to."""

from datetime import datetime, timedelta
from itertools import pairwise

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from communities import notifications, queries


@transaction.atomic
def remind_of_meetings(now: datetime | None = None) -> None:
    """One mail for each of `REMINDER_DAYS`, in the time from so many days before until the next mail or the start.

    So a worker that was away for a while still reminds, and nobody gets two mails at once. Doing it again does nothing.
    """
    now = now or timezone.now()
    days = sorted(settings.REMINDER_DAYS)
    for nearer, far in pairwise([0, *days]):
        begin, end = now + timedelta(days=nearer), now + timedelta(days=far)
        for meeting in queries.meetings_between(begin, end):
            notifications.remind(
                meeting,
                far,
                queries.people_to_remind(meeting, before=meeting.starts_at - timedelta(days=far)),
            )
