"""What people hear of by mail. Actions call these on commit, with the keys of the rows."""

from communities.notifications.calendar import calendar_file
from communities.notifications.mail import tell_asked, tell_changed, tell_decided, tell_invited, tell_removed

__all__ = ["calendar_file", "tell_asked", "tell_changed", "tell_decided", "tell_invited", "tell_removed"]
