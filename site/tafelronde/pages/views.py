"""The pages of the site and their pictures, the home page for everybody and the start page of one person."""

from mimetypes import guess_type

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from communities.enums import Answer
from communities.queries import entries_for
from knowledge.queries import newest
from tafelronde.pages import queries
from tafelronde.pages.models import HomePage

SHOWN_LEERKRINGEN = 6
HOUR = 3600
# Only people with an account have anything to find here; and who searches, searches for themselves.
CLOSED = ("/beheer/", "/account/", "/intervisie/", "/kring/", "/start/", "/zoeken/")


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Any page of the site. For who is nobody in particular it may be kept (tafelronde.front.kept)."""
    page = queries.page_at(path)
    if page is None:  # whatever was to be done there
        raise Http404
    return _served(request, page)


@require_safe
def _served(request: HttpRequest, page: Page) -> HttpResponse:
    response = page.serve(request)
    if _is_nobody_in_particular(request):
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


@require_safe
def image(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of a page, for who may read that page. May be kept as the page itself."""
    found = queries.image_named(name)
    if found is None or not queries.may_open_image(request.user, found.image):
        raise Http404
    try:
        with found.file.open("rb") as file:
            response = HttpResponse(file.read(), content_type=guess_type(name)[0])
    except FileNotFoundError:
        raise Http404 from None
    if _is_nobody_in_particular(request):
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    else:
        patch_cache_control(response, private=True, max_age=HOUR)  # another picture has another name
    return response


def _is_nobody_in_particular(request: HttpRequest) -> bool:
    return request.COOKIES.keys() <= settings.VISITOR_COOKIES


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
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/start.html", {"start": queries.start_for(request.user), "Answer": Answer})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
