"""The Wagtail pages: the editor's desk. Publishing one brings its row up to date (actions.publishing)."""

from communities.models.pages.desk import DeskPage
from communities.models.pages.index import LeerkringIndexPage
from communities.models.pages.leerkring import LeerkringPage
from communities.models.pages.meeting import MeetingPage, ProgrammeItem, Slot

__all__ = ["DeskPage", "LeerkringIndexPage", "LeerkringPage", "MeetingPage", "ProgrammeItem", "Slot"]
