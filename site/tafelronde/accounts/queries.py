"""Reads about people."""

import hashlib

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.utils import timezone

from tafelronde.accounts.models import Invitation, LogIn, User


def hash_of(token: str) -> str:
    """What is kept of a token. A token has 256 random bits, so a plain fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(token: str) -> Invitation | None:
    """The invitation that `token` opens, or None where it is unknown, used, revoked or too old."""
    invitation = Invitation.objects.select_related("invited_by").filter(token_hash=hash_of(token)).first()
    return invitation if invitation and invitation.is_open else None


def open_invitations_by(user: User) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        invited_by=user, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )


def live_logins_of(user: User) -> QuerySet[LogIn]:
    """Where `user` is logged in, the last used first."""
    return user.logins.filter(expire_date__gt=timezone.now()).order_by("-seen_at")


def person_with(email: str) -> User | None:
    """Who has an account with this address."""
    address = EmailAddress.objects.select_related("user").filter(email=email.lower(), verified=True).first()
    return address.user if address else User.objects.filter(email=email.lower()).first()
