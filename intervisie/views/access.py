"""Getting at a session: who was not asked learns nothing, not even that it is there."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from intervisie import queries, rules
from intervisie.models import Session
from tafelronde.accounts.models import User
from tafelronde.accounts.rules import StrongLoginNeeded, needs_second_step_to_lead


def session_or_404(request: HttpRequest, pk: UUID) -> Session:
    """The session with its seats. Raises Http404 for who neither organises it nor has a seat in it."""
    return get_object_or_404(queries.sessions_visible_to(request.user), pk=pk)


def require_to_lead(user: User, session: Session) -> None:
    """Raises StrongLoginNeeded where somebody leads this session, must have a second step for that, and has none."""
    if rules.is_facilitator(user, session) and needs_second_step_to_lead(user):
        raise StrongLoginNeeded


def require(allowed: bool) -> None:
    """Raises PermissionDenied (a 403) where somebody sees the session but may not do this."""
    if not allowed:
        raise PermissionDenied
