"""Addresses of the code flow, under /account/: there, and back again."""

from allauth.account.decorators import reauthentication_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from tafelronde.accounts.adapter.openid.flow import Callback, Flow
from tafelronde.accounts.adapter.openid.provider import Provider


def _provider(request: HttpRequest) -> Provider:
    """The configured provider. Raises Http404 where there is none."""
    try:
        return get_adapter().get_provider(request, Provider.id)
    except SocialApp.DoesNotExist:
        raise Http404 from None


@require_safe
def login(request: HttpRequest) -> HttpResponse:
    """On to the provider. A link, as browsers hold the whole chain behind a form against our content policy."""
    provider = _provider(request)
    if request.user.is_authenticated:
        return redirect("start")
    try:
        return provider.redirect_from_request(request)
    except OAuth2Error as error:
        return render_authentication_error(request, provider, exception=error)


@login_required
@require_POST
@reauthentication_required(app="allauth.socialaccount")
def connect(request: HttpRequest) -> HttpResponse:
    """Shows the way to the provider, to connect an account there with this one. Only who asked for it here gets it."""
    provider = _provider(request)
    try:
        answer = provider.redirect(request, AuthProcess.CONNECT, reverse("mfa_index"))
    except OAuth2Error as error:
        return render_authentication_error(request, provider, exception=error)
    if answer.status_code != 302:
        return answer
    return render(
        request, "socialaccount/connect.html", {"address": answer["Location"], "provider": provider}
    )


@require_safe
def callback(request: HttpRequest) -> HttpResponse:
    return Callback.adapter_view(Flow(request, _provider(request).app.provider_id))(request)


urlpatterns = [
    path("openid/login/", login, name="openid_login"),
    path("openid/connect/", connect, name="openid_connect_account"),
    path("openid/callback/", callback, name="openid_callback"),
]
