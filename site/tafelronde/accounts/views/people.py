"""The pages of people: profile, photo, language, invitations, closing an account."""

from copy import copy

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from tafelronde.accounts import actions
from tafelronde.accounts.forms.people import CloseAccountForm, InvitationForm, ProfileForm
from tafelronde.accounts.models import Invitation, User
from tafelronde.accounts.queries import open_invitation, open_invitations_by, person_with
from tafelronde.accounts.rules import may_close_account, may_invite, may_revoke

INVALID = 422  # a form that needs another look
YEAR = 365 * 24 * 3600


def safe_next(request: HttpRequest, default: str) -> str:
    """Where the visitor asked to go next, or `default` where that is not an address of this site."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure())
    return wish if safe else default


def speak(response: HttpResponse, language: str) -> HttpResponse:
    """Let the browser keep the language for as long as nobody is logged in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        httponly=True,
    )
    return response


@csrf_exempt
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """A visitor needs no token: only their own cookie changes, and a page without a token is the same for all of them."""
    return _set_language_of_person(request) if request.user.is_authenticated else _set_language(request)


def _set_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    response = redirect(safe_next(request, "/"))
    if language not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        actions.choose_language(request.user, language)
    return speak(response, language)


_set_language_of_person = csrf_protect(_set_language)


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    # A copy, so that the page never shows as kept what was refused.
    form = ProfileForm(request.POST or None, request.FILES or None, instance=copy(request.user))
    if request.method == "POST" and form.is_valid():
        return _keep_profile(request, form)
    may = {"may_close": may_close_account(request.user), "may_invite": may_invite(request.user)}
    return render(
        request, "accounts/profile.html", {"form": form, **may}, status=INVALID if form.errors else 200
    )


def _keep_profile(request: HttpRequest, form: ProfileForm) -> HttpResponse:
    fields = dict(form.cleaned_data)
    if picture := fields.pop("photo"):
        actions.change_photo(request.user, picture)
    actions.update_profile(request.user, **fields)
    with override(fields["language"]):
        messages.success(request, _("Your profile is saved."))
    return speak(redirect("profile"), fields["language"])


@login_required
@require_POST
def remove_photo(request: HttpRequest) -> HttpResponse:
    actions.change_photo(request.user, None)
    messages.success(request, _("Your photo is removed."))
    return redirect("profile")


@login_required
@require_safe
def photo(request: HttpRequest, person: int, name: str) -> HttpResponse:
    owner = get_object_or_404(User, photo=f"{person}/{name}")
    try:
        with owner.photo.open("rb") as file:
            response = HttpResponse(file.read(), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = f"private, max-age={YEAR}, immutable"  # another photo has another name
    return response


@login_required
def close_account(request: HttpRequest) -> HttpResponse:
    if not may_close_account(request.user):
        raise PermissionDenied
    form = CloseAccountForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.close_account(request.user)
        logout(request)
        messages.success(request, _("Your account is closed. Thank you for taking part."))
        return redirect("/")
    return render(
        request, "accounts/close_account.html", {"form": form}, status=INVALID if form.errors else 200
    )


@login_required
def invitations(request: HttpRequest) -> HttpResponse:
    if not may_invite(request.user):
        raise PermissionDenied
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.invite(request.user, form.cleaned_data["email"])
        messages.success(request, _("The invitation to %(email)s is on its way.") % form.cleaned_data)
        return redirect("invitations")
    context = {"form": form, "invitations": open_invitations_by(request.user)}
    return render(request, "accounts/invitations.html", context, status=INVALID if form.errors else 200)


@login_required
@require_POST
def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    if not may_revoke(request.user, invitation):
        raise Http404
    actions.revoke(request.user, invitation)
    messages.success(request, _("The invitation to %(email)s no longer works.") % {"email": invitation.email})
    return redirect("invitations")


@never_cache
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows an invitation. Only a POST accepts it, as mail scanners open every link."""
    invitation = open_invitation(token)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    owner = person_with(invitation.email)
    stranger = request.user.is_authenticated and request.user != owner
    if request.method == "POST" and not stranger:
        return _enter(request, invitation, owner)
    context = {"invitation": invitation, "owner": owner, "stranger": stranger}
    return render(request, "accounts/invitation.html", context)


def _enter(request: HttpRequest, invitation: Invitation, owner: User | None) -> HttpResponse:
    """On to the sign-up page, which uses the invitation up; who has an account already goes straight on."""
    goal = invitation.next_url or resolve_url(settings.LOGIN_REDIRECT_URL)
    if owner is None:
        get_adapter().remember_invitation(request, invitation)
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': goal})}")
    actions.accept(invitation)
    if request.user.is_authenticated:
        return redirect(goal)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': goal})}")
