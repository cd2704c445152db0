"""Saying whether one comes to a meeting."""

from django.db import transaction

from communities import rules
from communities.actions.refusals import NotPossible
from communities.enums import Answer
from communities.models import Meeting, Rsvp
from tafelronde.accounts.models import User


@transaction.atomic
def answer(user: User, meeting: Meeting, choice: Answer) -> Rsvp:
    """Keep the one answer of `user`; the last one counts. Raises NotPossible when it is too late or `user` is not asked,
    and for "online" where nobody can join online."""
    meeting = Meeting.objects.select_related("edition__community__page", "page").get(pk=meeting.pk)
    if not rules.may_answer(user, meeting) or (choice == Answer.ONLINE and not meeting.video_url):
        raise NotPossible
    return Rsvp.objects.update_or_create(user=user, meeting=meeting, defaults={"answer": choice})[0]
