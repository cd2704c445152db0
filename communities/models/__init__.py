"""Nouns of communities: plain rows for what people do, Wagtail pages that present them."""

from communities.models.community import Community, Edition
from communities.models.meeting import Meeting, Rsvp
from communities.models.membership import Membership

__all__ = ["Community", "Edition", "Meeting", "Membership", "Rsvp"]
