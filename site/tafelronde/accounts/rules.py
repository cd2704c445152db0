"""Who may do what with people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tafelronde.accounts.models import Invitation, User

    Visitor = User | AnonymousUser


GOAL = "goal"  # in the session: where somebody wanted to go before they were led to their second step


class StrongLoginNeeded(PermissionDenied):
    """Somebody may do this only with a second step at log-in, and has none yet. The middleware leads them there."""


def has_second_step(user: User) -> bool:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()


def needs_second_step(user: Visitor) -> bool:
    """Whether the rights of `user` wait until they have set up a second step (STRONG_LOGIN_FOR)."""
    roles = settings.STRONG_LOGIN_FOR
    if not user.is_authenticated:
        return False
    bound = ("administrators" in roles and (user.is_superuser or user.is_staff)) or (
        "editors" in roles and user.enters_desk
    )
    return bound and not has_second_step(user)


def needs_second_step_to_lead(user: User) -> bool:
    """Whether leading a session waits until `user` has set up a second step."""
    return "facilitators" in settings.STRONG_LOGIN_FOR and not has_second_step(user)


INVITE = "accounts.add_invitation"


def may_invite(user: Visitor) -> bool:
    """Whether `user` may ask anybody to create an account. Groups get this right in the Wagtail admin."""
    return user.is_authenticated and user.holds(INVITE)


def may_revoke(user: Visitor, invitation: Invitation) -> bool:
    return user.is_authenticated and invitation.invited_by_id == user.pk


def may_close_account(user: Visitor) -> bool:
    """Everybody may go, but an administrator hands the work over first."""
    return user.is_authenticated and not user.is_superuser
