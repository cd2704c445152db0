"""Nouns of communities: plain rows for what people do, Wagtail pages that present them."""

from communities.models.community import Community, Edition
from communities.models.meeting import Meeting, Rsvp
from communities.models.membership import EmailInvitation, Membership
from communities.models.pages import (
    DeskPage,
    LeerkringIndexPage,
    LeerkringPage,
    MeetingPage,
    ProgrammeItem,
    Slot,
)

__all__ = [
    "Community",
    "DeskPage",
    "Edition",
    "EmailInvitation",
    "LeerkringIndexPage",
    "LeerkringPage",
    "Meeting",
    "MeetingPage",
    "Membership",
    "ProgrammeItem",
    "Rsvp",
    "Slot",
]
