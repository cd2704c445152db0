"""How an account with an OpenID Connect provider behaves here: our words, our settings, no look-up in the database."""

import logging
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)


class OpenIdAdapter(DefaultSocialAccountAdapter):
    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": _(
            "There already is an account with this address. Log in to it first, then connect %s."
        ),
        "no_password": _("First choose a password, or you could no longer log in."),
        "no_verified_email": _("First confirm your address."),
        "connected_other": _("This account is connected to somebody else here."),
    }

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("mfa_index")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Tells the operator what was wrong, without anything that was sent."""
        log.warning("A log-in through OpenID Connect failed: %s, %s", error, type(exception).__name__)
