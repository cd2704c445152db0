"""The code flow with an OpenID Connect provider. allauth plays it; this adds what it leaves open.

Always a nonce, the signature of the identity, and the issuer that was configured. Whatever a provider answers that is not as it should be ends on
one clear page, never in a traceback.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from requests import RequestException

_Read = TypeVar("_Read", bound=Callable[..., Any])

# What reading an answer raises that has another shape than it should.
_BROKEN = (ValueError, TypeError, KeyError, AttributeError, RecursionError, RequestException)


def _refusing(read: _Read) -> _Read:
    """Turns whatever a wrong answer leads to into the one error that allauth shows a page for."""

    @wraps(read)
    def reading(*args: Any, **kwargs: Any) -> Any:
        try:
            return read(*args, **kwargs)
        except _BROKEN as error:
            raise OAuth2Error(type(error).__name__) from error

    return reading  # type: ignore[return-value]


class Flow(OpenIDConnectOAuth2Adapter):
    """One log-in under way; `nonce` is the one that it began with."""

    nonce: str | None = None
    _config: dict[str, Any] | None = None

    @property
    def openid_config(self) -> dict[str, Any]:
        if self._config is None:
            self._config = self._discovered()
        return self._config

    @_refusing
    def _discovered(self) -> dict[str, Any]:
        config = super().openid_config
        if config["issuer"].rstrip("/") != self.get_provider().issuer:
            raise OAuth2Error("another issuer")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return build_absolute_uri(request, reverse("openid_callback"))

    get_access_token_data = _refusing(OpenIDConnectOAuth2Adapter.get_access_token_data)
    parse_token = _refusing(OpenIDConnectOAuth2Adapter.parse_token)

    @_refusing
    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **answer: Any
    ) -> SocialLogin:
        identity = jwtkit.verify_and_decode(
            credential=answer["response"]["id_token"],
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if not self.nonce or identity["nonce"] != self.nonce or not identity["exp"]:
            raise OAuth2Error("another nonce")
        more = self._fetch_user_info(token.token) if "userinfo_endpoint" in self.openid_config else identity
        if more["sub"] != identity["sub"]:
            raise OAuth2Error("another subject")
        return self.get_provider().sociallogin_from_response(request, {**identity, **more})


class Callback(OAuth2CallbackView):
    adapter: Flow

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        try:
            return super().dispatch(request)
        except OAuth2Error as error:  # what allauth asks of the provider before it looks out for errors
            return render_authentication_error(request, self.adapter.get_provider(), exception=error)

    def _get_state(
        self, request: HttpRequest, provider: Any
    ) -> tuple[dict[str, Any] | None, HttpResponse | None]:
        state, answer = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce")
        return state, answer
