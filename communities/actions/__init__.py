"""Writes of leerkringen: publishing, joining and leaving, leading, answering. The only place with transactions."""

from communities.actions.answering import answer
from communities.actions.inviting import (
    accept_invitation,
    claim_invitations,
    decline_invitation,
    invite,
    withdraw_invitation,
)
from communities.actions.joining import ask_to_join, decide, join, leave, leave_everything
from communities.actions.leading import appoint_coordinator, dismiss_coordinator, remove
from communities.actions.publishing import publish_community, publish_meeting
from communities.actions.refusals import AlreadyDecided, AlreadyInside, LastCoordinator, NotPossible, Refused
from communities.actions.reminding import remind_of_meetings

__all__ = [
    "AlreadyDecided",
    "AlreadyInside",
    "LastCoordinator",
    "NotPossible",
    "Refused",
    "accept_invitation",
    "answer",
    "appoint_coordinator",
    "ask_to_join",
    "claim_invitations",
    "decide",
    "decline_invitation",
    "dismiss_coordinator",
    "invite",
    "join",
    "leave",
    "leave_everything",
    "publish_community",
    "publish_meeting",
    "remind_of_meetings",
    "remove",
    "withdraw_invitation",
]
