"""Who may do what with people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tafelronde.accounts.models import Invitation, User

    Visitor = User | AnonymousUser

INVITE = "accounts.add_invitation"


def may_invite(user: Visitor) -> bool:
    """Whether `user` may ask anybody to create an account. Groups get this right in the Wagtail admin."""
    return user.has_perm(INVITE)


def may_revoke(user: Visitor, invitation: Invitation) -> bool:
    return user.is_authenticated and invitation.invited_by_id == user.pk


def may_close_account(user: Visitor) -> bool:
    """Everybody may go, but an administrator hands the work over first."""
    return user.is_authenticated and not user.is_superuser
