"""What others may listen to. All are sent after the commit."""

from django.dispatch import Signal

# Commands were done or refused: `results` is a list of (Wish, Outcome), `sessions` the ids that moved on.
settled = Signal()

# Somebody's right to be in a session may have ended: `session_id`, `user_id` (None: everybody's).
rights_changed = Signal()

# For mail (notifications.py). Receivers get ids and no content: `session_id`, and what is named here.
people_invited = Signal()  # `user_ids`
session_moved = Signal()  # another day, hour or video link
session_cancelled = Signal()
invitation_answered = Signal()  # `user_id`
