"""Nouns of intervisie. Nothing here is registered in an admin: what is said in a session stays there."""

from intervisie.models.case import Case
from intervisie.models.log import Entry, Snapshot
from intervisie.models.session import Guest, Participant, Session

__all__ = ["Case", "Entry", "Guest", "Participant", "Session", "Snapshot"]
