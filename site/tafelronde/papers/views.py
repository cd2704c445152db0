"""The statements, and the file that tells finders of a leak where to go."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tafelronde import VERSION
from tafelronde.papers.licences import WORKS
from tafelronde.papers.organisation import organisation

SESSION_DAYS = settings.SESSION_COOKIE_AGE // (24 * 3600)
VALID = timedelta(days=180)  # RFC 9116 wants less than a year


def _paper(request: HttpRequest, name: str, **more: object) -> HttpResponse:
    who = organisation()
    # Who runs the site sees what is still to be filled in; everybody else a sentence that holds without it.
    missing = who.missing if request.user.is_superuser else []
    return render(request, f"papers/{name}.html", {"who": who, "missing": missing, **more})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _paper(request, "privacy", session_days=SESSION_DAYS)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _paper(request, "accessibility")


@require_safe
def colophon(request: HttpRequest) -> HttpResponse:
    return _paper(request, "colophon", works=WORKS, version=VERSION)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    return _paper(request, "security")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Without a contact there is no such file: it would lead nowhere."""
    contact = organisation().security_address
    if not contact:
        raise Http404
    expires = (datetime.now(UTC) + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
        f"Policy: {settings.SITE_URL}{reverse('security')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
