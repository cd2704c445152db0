"""What people hear of by mail. Actions call these in their transaction; the mail leaves if that is committed."""

from communities.notifications.calendar import calendar_file
from communities.notifications.mail import (
    remind,
    tell_asked,
    tell_changed,
    tell_decided,
    tell_invited,
    tell_removed,
)

__all__ = [
    "calendar_file",
    "remind",
    "tell_asked",
    "tell_changed",
    "tell_decided",
    "tell_invited",
    "tell_removed",
]
