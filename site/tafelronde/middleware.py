"""What every request passes: security headers with a policy per part of the site, and the reader's language."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from traceback import walk_tb

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tafelronde import errors
from tafelronde.accounts.actions import note_visit
from tafelronde.accounts.models import User
from tafelronde.accounts.rules import GOAL, StrongLoginNeeded, needs_second_step

log = logging.getLogger(__name__)

ADMIN_PREFIX = "/beheer/"
SEEN_EVERY = timedelta(minutes=5)
DOOR_PREFIX = "/account/"  # log-in, sign-up, passwords: nothing of it is kept by a browser or proxy
METHODS = ("GET", "HEAD", "POST")  # all that a browser sends by itself
DESK_SENDS = {"PATCH": "/dismissibles/", "DELETE": "/preview/"}  # a hint put away, a preview let go
WITHOUT_SECOND_STEP = (DOOR_PREFIX, "/taal/", "/postbus/")

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


class MethodMiddleware:
    """Refuses every method that no page means, before a log-in is looked up or a view runs, and says so on a page.

    Most views of others take what they do not know for GET, and those with a form take PUT for POST.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in METHODS or _is_meant(request):
            response = self.get_response(request)
        else:
            response = HttpResponseNotAllowed(METHODS)
        bare = response.status_code == 405 and not response.streaming and not response.content
        return errors.wrong_method(request, response) if bare else response


def _is_meant(request: HttpRequest) -> bool:
    """Whether the scripts of Wagtail's desk send this, and so its views were written for it."""
    ending = DESK_SENDS.get(request.method or "")
    return ending is not None and request.path.startswith(ADMIN_PREFIX) and request.path.endswith(ending)


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


class DeskMiddleware:
    """Answers under /beheer/ where Wagtail would fail: what is in use cannot be deleted, half a form cannot be read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.path.startswith(ADMIN_PREFIX):
            return None
        if isinstance(exception, ProtectedError):
            messages.error(request, _("This is still in use elsewhere on the site, so it cannot be deleted."))
            return redirect(request.path)
        if not _fell_over_the_request(exception):
            return None
        log.warning("Wagtail could not read a request", exc_info=exception)
        return errors.bad_request(request, exception)


def _fell_over_the_request(exception: Exception) -> bool:
    """Whether Wagtail failed on what its own pages never send: a field left out, a word where a number belongs."""
    if not isinstance(exception, (KeyError, ValueError, AttributeError)):
        return False
    modules = [frame.f_globals.get("__name__", "") for frame, _ in walk_tb(exception.__traceback__)]
    return next(name for name in reversed(modules) if not name.startswith("django.")).startswith("wagtail.")


class PersonMiddleware(AuthenticationMiddleware):
    """Says who is there: the person whose row came along with the log-in, else whom Django finds."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(partial(_person, request))  # type: ignore[assignment]


def _person(request: HttpRequest) -> User | AnonymousUser:
    return request.session.accepted_person() or get_user(request)  # type: ignore[attr-defined] # our own sessions


class VisitMiddleware:
    """Notes when a log-in was last used, for the page that shows one's own; at most once in five minutes each."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            seen = getattr(request.session, "seen_at", None)
            if seen and timezone.now() - seen > SEEN_EVERY:
                note_visit(request.session.session_key)
        return self.get_response(request)


class StrongLoginMiddleware:
    """Who must have a second step at log-in and has none yet reaches nothing but the pages to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.user.is_authenticated
            and not request.path.startswith(WITHOUT_SECOND_STEP)
            and needs_second_step(request.user)
        ):
            return self._lead(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return self._lead(request) if isinstance(exception, StrongLoginNeeded) else None

    def _lead(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET":
            request.session[GOAL] = request.get_full_path()
        return redirect("strong_login")


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
