"""What others may listen to. All are sent after the commit."""

from django.dispatch import Signal

# Commands were done or refused: `results` is a list of (Wish, Outcome), `moved` the sessions that moved on by them.
settled = Signal()

# Memory has what other processes wrote in these `session_ids`.
caught_up = Signal()

# Somebody's right to be in a session may have ended: `session_id`, `user_id` (None: everybody's).
rights_changed = Signal()
