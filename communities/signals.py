"""What others may listen to. Sent after the commit."""

from django.dispatch import Signal

# Somebody left a leerkring or was removed from it: `user_id`, `community_id`.
membership_ended = Signal()
