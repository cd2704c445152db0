"""Getting at a session: who was not asked learns nothing, not even that it is there."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from intervisie import queries
from intervisie.models import Session


def session_or_404(request: HttpRequest, pk: UUID) -> Session:
    """The session with its seats. Raises Http404 for who neither organises it nor has a seat in it."""
    return get_object_or_404(queries.sessions_visible_to(request.user), pk=pk)


def require(allowed: bool) -> None:
    """Raises PermissionDenied (a 403) where somebody sees the session but may not do this."""
    if not allowed:
        raise PermissionDenied
