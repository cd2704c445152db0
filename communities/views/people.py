"""The members of a leerkring, and what its coordinators do with requests, invitations and roles."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities import actions, queries, rules
from communities.enums import Role
from communities.forms import AddressForm, InviteForm, WordForm
from communities.models import Community, Membership
from communities.views.access import INVALID, attempt, find, posted


@login_required
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    community = find(request, slug, rules.may_see_members)
    return _render(request, "members", community, {"here": "members"})


@login_required
def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One member, for coordinators: the role, or the end of the membership."""
    community = find(request, slug, rules.may_appoint)
    membership = get_object_or_404(queries.members_of(community), pk=pk)
    form = WordForm(posted(request))
    if form.is_valid() and _change(request, membership, form.cleaned_data["word"]):
        return redirect("communities:members", community.slug)
    return _render(request, "member", community, {"membership": membership, "form": form, "here": "members"})


def _change(request: HttpRequest, membership: Membership, word: str) -> bool:
    """Does what the button says. Whether it was done."""
    user, name = request.user, {"name": membership.user}
    if "appoint" in request.POST:
        appoint = partial(actions.appoint_coordinator, user, membership)
        return attempt(request, appoint, _("%(name)s is now a coordinator.") % name)
    if "dismiss" in request.POST:
        dismiss = partial(actions.dismiss_coordinator, user, membership)
        return attempt(request, dismiss, _("%(name)s is no longer a coordinator.") % name)
    remove = partial(actions.remove, user, membership, word=word)
    return "remove" in request.POST and attempt(request, remove, _("%(name)s is no longer a member.") % name)


@login_required
@require_safe
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    community = find(request, slug, rules.may_decide)
    return _requests(request, community)


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Accept or decline one request, with a word."""
    community = find(request, slug, rules.may_decide)
    membership = get_object_or_404(community.memberships.select_related("user"), pk=pk)
    form = WordForm(request.POST, prefix=f"request{pk}")
    accepted = "accept" in request.POST
    if not form.is_valid() or not (accepted or "decline" in request.POST):
        return _requests(request, community, form, pk)
    act = partial(actions.decide, request.user, membership, accepted=accepted, word=form.cleaned_data["word"])
    done = (
        _("%(name)s is now a member and gets a mail.")
        if accepted
        else _("%(name)s gets a mail with your answer.")
    )
    attempt(request, act, done % {"name": membership.user})
    return redirect("communities:requests", community.slug)


def _requests(
    request: HttpRequest, community: Community, bound: WordForm | None = None, pk: int | None = None
) -> HttpResponse:
    """All open requests, each with its form; `bound` is the one of request `pk` that needs another look."""
    rows = [
        (row, bound if bound and row.pk == pk else WordForm(prefix=f"request{row.pk}"))
        for row in queries.requests_of(community)
    ]
    return _render(request, "requests", community, {"rows": rows, "form": bound, "here": "requests"})


@login_required
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    community = find(request, slug, rules.may_invite)
    form = InviteForm(posted(request))
    if form.is_valid():
        email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
        act = partial(actions.invite, request.user, community, email, role=role)
        attempt(request, act, _("%(email)s gets an invitation by mail.") % {"email": email})
        return redirect("communities:invite", community.slug)
    context = {
        "form": form,
        "invitations": queries.invitations_of(community),
        "email_invitations": queries.email_invitations_of(community),
        "here": "invite",
    }
    return _render(request, "invite", community, context)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an open invitation back."""
    community = find(request, slug, rules.may_invite)
    form = AddressForm(request.POST)
    if form.is_valid():
        act = partial(actions.withdraw_invitation, request.user, community, form.cleaned_data["email"])
        attempt(request, act, _("The invitation is withdrawn."))
    return redirect("communities:invite", community.slug)


def _render(
    request: HttpRequest, name: str, community: Community, context: dict[str, object]
) -> HttpResponse:
    """A page about the people of a leerkring, with the tabs that all of them share."""
    circle = queries.circle_of(community, request.user)
    shared = {
        "community": community,
        "circle": circle,
        "may_see_members": rules.may_see_members(request.user, community),
        "may_decide": rules.may_decide(request.user, community),
        "membership_of_reader": rules.membership_of(request.user, community),
    }
    form = context.get("form")
    status = INVALID if form is not None and form.errors else 200
    return render(request, f"communities/{name}.html", {**shared, **context}, status=status)
