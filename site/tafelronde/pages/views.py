"""The home page for everybody and the start page of one person."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from communities.enums import Answer
from communities.queries import entries_for
from knowledge.queries import newest
from tafelronde.pages import queries
from tafelronde.pages.models import HomePage

SHOWN_LEERKRINGEN = 6
# Only people with an account have anything to find here; and who searches, searches for themselves.
CLOSED = ("/beheer/", "/account/", "/intervisie/", "/kring/", "/start/", "/zoeken/")


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Any page of the site. For who is nobody in particular it may be kept (tafelronde.front.kept)."""
    page = queries.page_at(path)
    if page is None:
        raise Http404
    response = page.serve(request)
    if request.COOKIES.keys() <= settings.VISITOR_COOKIES:
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


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
