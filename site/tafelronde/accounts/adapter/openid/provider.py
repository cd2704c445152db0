"""The OpenID Connect provider that the settings name. Who somebody is there, is its issuer and their subject: never an address."""

import hashlib
import json
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from tafelronde.accounts.adapter.openid.flow import Flow


class Provider(OpenIDConnectProvider):
    oauth2_adapter_class = Flow
    pkce_enabled_default = True

    @property
    def issuer(self) -> str:
        return self.app.settings["server_url"]

    def get_login_url(self, request: HttpRequest, **parameters: str) -> str:
        query = f"?{urlencode(parameters)}" if parameters else ""
        return reverse("openid_login") + query

    def get_callback_url(self) -> str:
        return reverse("openid_callback")

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Where to go afterwards, and nothing else: no address adds to what we ask the provider."""
        return {"process": AuthProcess.LOGIN, "next_url": get_next_redirect_url(request)}

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, **state: Any
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(32)
        return super().redirect(
            request, process, next_url, auth_params={"nonce": nonce}, nonce=nonce, **state
        )

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Issuer and subject as one name of fixed length."""
        return hashlib.sha256(json.dumps([self.issuer, data["sub"]]).encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What we keep: enough for its owner to know it again."""
        return {"iss": self.issuer, "sub": data["sub"], "email": data.get("email", "")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        email = data.get("email")
        if not email:
            return []
        return [EmailAddress(email=email, verified=data.get("email_verified") is True, primary=True)]


provider_classes = [Provider]
