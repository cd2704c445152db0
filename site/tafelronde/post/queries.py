"""Reads of the outbox and of what people want to get."""

from datetime import datetime

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone

from tafelronde.accounts.models import User
from tafelronde.post.enums import Kind, LetterStatus
from tafelronde.post.models import Letter, OptOut

_SALT = "unsubscribe"


def due(now: datetime | None = None) -> QuerySet[Letter]:
    """What waits to be sent, the oldest first."""
    waiting = Letter.objects.filter(status=LetterStatus.WAITING, due_at__lte=now or timezone.now())
    return waiting.order_by("due_at", "created_at", "pk")


def unwanted_kinds(user: User) -> set[str]:
    return set(OptOut.objects.filter(user=user).values_list("kind", flat=True))


def unsubscribe_token(user: User, kind: str) -> str:
    """Signed, for the address in a mail with which `user` ends this kind. It works as long as the account does."""
    return signing.dumps([user.pk, kind], salt=_SALT)


def read_unsubscribe_token(token: str) -> tuple[User, Kind] | None:
    """Whose token it is and for which kind; None where it is none of ours, or the account is closed."""
    try:
        key, kind = signing.loads(token, salt=_SALT)
        user = User.objects.filter(pk=key, is_active=True).first()
        return (user, Kind(kind)) if user else None
    except (signing.BadSignature, ValueError):
        return None
