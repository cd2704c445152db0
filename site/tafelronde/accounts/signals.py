"""What others may listen to."""

from django.dispatch import Signal

# `user` closes the account. Sent inside the transaction: what others keep of them goes with it, or nothing does.
account_closed = Signal()
