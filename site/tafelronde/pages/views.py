"""The home page for everybody and the start page of one person."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communities.enums import Answer
from communities.queries import entries_for
from knowledge.queries import newest
from tafelronde.pages import queries
from tafelronde.pages.models import HomePage

SHOWN_LEERKRINGEN = 6
# Only people with an account have anything to find here; and who searches, searches for themselves.
CLOSED = ("/beheer/", "/account/", "/intervisie/", "/kring/", "/start/", "/zoeken/")


def home(request: HttpRequest, page: HomePage) -> HttpResponse:
    entries = entries_for(request.user)
    context = {
        "page": page,
        "entries": entries[:SHOWN_LEERKRINGEN],
        "more": len(entries) > SHOWN_LEERKRINGEN,
        "news": newest(request.user, news=4, publications=2),
    }
    return render(request, "pages/home_page.html", context)


@login_required
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/start.html", {"start": queries.start_for(request.user), "Answer": Answer})


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
