"""What every request passes: security headers with a policy per part of the site, and the reader's language."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

ADMIN_PREFIX = "/beheer/"
DOOR_PREFIX = "/account/"  # log-in, sign-up, passwords: nothing of it is kept by a browser or proxy

# Wagtail's admin has inline scripts and styles of its own (https://github.com/wagtail/wagtail/issues/1288),
# so it gets a policy of its own. It never loads anything from elsewhere either.
_ADMIN_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class SecurityHeadersMiddleware(CSPMiddleware):
    """Adds the content security policy and the headers that Django has no setting for."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith(ADMIN_PREFIX):
            response._csp_replace = _ADMIN_POLICY  # type: ignore[attr-defined]
        response = super().process_response(request, response)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        user = getattr(request, "user", None)
        if request.path.startswith(DOOR_PREFIX) or (user is not None and user.is_authenticated):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class RefusedFormMiddleware:
    """Gives the pages of allauth the status that our own views give to a form that needs another look."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        if request.path.startswith(DOOR_PREFIX) and response.status_code == 200 and form and form.errors:
            response.status_code = 422
        return response


class LanguageMiddleware:
    """Speaks the language of the reader: their profile, else the cookie, else Dutch.

    The browser's own wish is left out on purpose: Dutch is the language of the product, and an English
    browser on a Dutch desk is common.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = dict(settings.LANGUAGES)
        if request.user.is_authenticated:
            wish = request.user.language
        else:
            wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = wish if wish in offered else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response
