"""How a view finds a leerkring: strangers get 404, members without the right 403."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict

from communities import queries, rules
from communities.actions import Refused
from communities.models import Community

INVALID = 422  # a form that needs another look


def find(request: HttpRequest, slug: str, may: Callable[..., bool] = rules.may_find) -> Community:
    """The leerkring with this slug, for whom the rule `may` allows. Raises Http404, PermissionDenied."""
    community = queries.community_for(request.user, slug)
    if community is None or not rules.may_find(request.user, community):
        raise Http404
    if may(request.user, community):
        return community
    if rules.is_member(request.user, community):
        raise PermissionDenied
    raise Http404


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with the form; None where the page is only looked at, so that the form is not checked."""
    return request.POST if request.method == "POST" else None


def attempt(request: HttpRequest, action: Callable[[], object], success: str) -> bool:
    """Does it and says so; a refusal is said in its own words. Whether it was done."""
    try:
        action()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, success)
    return True
