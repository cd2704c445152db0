"""What others may listen to."""

from django.dispatch import Signal

# After the commit: somebody left a leerkring or was removed from it: `user_id`, `community_id`.
membership_ended = Signal()

# Inside the transaction: a page was published and its row is as it says: `page_id`.
presented = Signal()
