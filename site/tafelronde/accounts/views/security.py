"""How somebody logs in: the page about it, the picture for the app, the door of the admin."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.views import connections as connections_view
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tafelronde.accounts import actions
from tafelronde.accounts.models import User
from tafelronde.accounts.queries import hash_of, live_logins_of
from tafelronde.accounts.rules import GOAL, has_second_step
from tafelronde.accounts.views.people import safe_next


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All ways in which this person logs in, and where they are logged in, on one page."""
    logins = list(live_logins_of(request.user))
    key = request.session.session_key
    context = {
        "here": next((login for login in logins if login.pk == key), None),
        "elsewhere": [(login, hash_of(login.pk)) for login in logins if login.pk != key],
        "connected": SocialAccount.objects.filter(user=request.user) if settings.OIDC_ISSUER else (),
        **_ways_in(request.user),
    }
    return render(request, "mfa/index.html", context)


@login_required
@require_POST
def end_logins(request: HttpRequest, handle: str = "") -> HttpResponse:
    """Logs out elsewhere: on the device with this handle, or without one on all of them."""
    if not handle:
        actions.end_other_logins(request.user, request.session.session_key)
        messages.success(request, _("You are logged out everywhere else."))
        return redirect("mfa_index")
    login = next((one for one in live_logins_of(request.user) if hash_of(one.pk) == handle), None)
    if login is None or login.pk == request.session.session_key:
        raise Http404
    actions.end_login(request.user, login)
    messages.success(request, _("You are logged out there."))
    return redirect("mfa_index")


def _ways_in(user: User) -> dict[str, Any]:
    authenticators = list(Authenticator.objects.filter(user=user).order_by("pk"))
    kinds = {authenticator.type: authenticator for authenticator in authenticators}
    codes = kinds.get(Authenticator.Type.RECOVERY_CODES)
    return {
        "passkeys": [one for one in authenticators if one.type == Authenticator.Type.WEBAUTHN],
        "app": kinds.get(Authenticator.Type.TOTP),
        "codes": codes,
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
    }


@login_required
def connections(request: HttpRequest) -> HttpResponse:
    """Takes an account with the provider away, as allauth does. What there is, stands on the page about all ways in."""
    if not settings.OIDC_ISSUER:
        raise Http404
    return connections_view(request) if request.method == "POST" else redirect("mfa_index")


@login_required
@require_safe
def strong_login(request: HttpRequest) -> HttpResponse:
    """Says why somebody needs a second step. Who has one goes on to where they wanted to go."""
    if has_second_step(request.user):
        return redirect(request.session.pop(GOAL, reverse("mfa_index")))
    return render(request, "mfa/required.html")


@reauthentication_required(app="allauth.mfa")
@never_cache
@require_safe
def app_picture(request: HttpRequest) -> HttpResponse:
    """The QR code of the secret that the page for setting up an app shows at this moment."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")


@never_cache
def admin_login(request: HttpRequest) -> HttpResponse:
    """The door of both admins: log in like everybody. Who is in and still comes here may not enter."""
    goal = safe_next(request, reverse("wagtailadmin_home"))
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': goal})}")
    if not request.user.enters_desk:
        raise PermissionDenied
    return redirect(goal)
