"""The pages that must come whatever is broken, and the one for when there is no line."""

import hashlib
import json
import re
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from tafelronde import context
from tafelronde.logs import request_id

PLAIN = "Er ging bij ons iets mis. Probeer het over een paar minuten opnieuw.\nSomething went wrong on our side. Try again in a few minutes.\n"
_FILES = re.compile(r'<(?:link rel="(?:stylesheet|preload)"|script)[^>]*? (?:href|src)="([^"]+)"')


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _alone(request, "400.html", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    return _alone(request, "500.html", 500)


def wrong_method(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """The same refusal with a page, in the language of the reader where it is known; `Allow` stays."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    refused.content = _wrong_method_page(language, frozenset(context.site(request).items()))
    refused.headers["Content-Type"] = "text/html; charset=utf-8"
    return refused


@lru_cache(maxsize=8)
def _wrong_method_page(language: str, words: frozenset[tuple[str, object]]) -> str:
    """Drawn once: it is mostly machines that come here, and they come often."""
    with translation.override(language):
        return render_to_string("405.html", dict(words))


def _alone(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Drawn without anything that belongs to the request; a plain sentence where even that fails."""
    try:
        words = {**context.site(request), "number": request_id.get()}
        return HttpResponse(render_to_string(template, words), status=status)
    except Exception:  # what broke the request may have broken the templates too
        return HttpResponse(PLAIN, content_type="text/plain; charset=utf-8", status=status)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("offline.html", context.site(request)))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the offline page; another text, style or language gives it another version."""
    html = render_to_string("offline.html", context.site(request))
    files = _FILES.findall(html)
    version = hashlib.sha256(html.encode()).hexdigest()[:16]
    words = {"version": version, "page": reverse("offline"), "files": json.dumps(files)}
    response = render(request, "worker.js", words, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
