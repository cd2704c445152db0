"""Becoming a member and leaving."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities import actions, rules
from communities.forms import RequestForm
from communities.models import Community
from communities.views.access import INVALID, attempt, find


@login_required
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """One page for all ways in; it shows what this person can do now."""
    community = find(request, slug)
    if rules.is_member(request.user, community):
        return redirect(community)
    if request.method != "POST":
        return _page(request, community, RequestForm())
    if rules.may_join(request.user, community):
        attempt(request, partial(actions.join, request.user, community), _("You are now a member. Welcome."))
        return redirect(community)
    return _ask(request, community)


def _ask(request: HttpRequest, community: Community) -> HttpResponse:
    form = RequestForm(request.POST)
    if not form.is_valid():
        return _page(request, community, form)
    ask = partial(actions.ask_to_join, request.user, community, motivation=form.cleaned_data["motivation"])
    asked = attempt(request, ask, _("Your request is with the coordinators. You hear from them by mail."))
    return redirect(community) if asked else redirect("communities:join", community.slug)


def _page(request: HttpRequest, community: Community, form: RequestForm) -> HttpResponse:
    context = {
        "community": community,
        "form": form,
        "membership": rules.membership_of(request.user, community),
        "may_join": rules.may_join(request.user, community),
        "may_ask": rules.may_ask(request.user, community),
    }
    return render(request, "communities/join.html", context, status=INVALID if form.errors else 200)


@login_required
@require_POST
def invitation(request: HttpRequest, slug: str) -> HttpResponse:
    """Yes or no to an invitation."""
    community = find(request, slug)
    if "accept" in request.POST:
        accept = partial(actions.accept_invitation, request.user, community)
        attempt(request, accept, _("You are now a member. Welcome."))
        return redirect(community)
    decline = partial(actions.decline_invitation, request.user, community)
    attempt(request, decline, _("You declined the invitation."))
    return redirect("start")


@login_required
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks first. Also takes a request to join back."""
    community = find(request, slug)
    if not rules.may_leave(request.user, community):
        return redirect("communities:join", community.slug)
    if request.method != "POST":
        membership = rules.membership_of(request.user, community)
        return render(request, "communities/leave.html", {"community": community, "membership": membership})
    left = attempt(
        request, partial(actions.leave, request.user, community), _("Done. You can always ask again.")
    )
    return redirect("start") if left else redirect("communities:members", community.slug)
