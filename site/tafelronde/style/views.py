"""The style page: every component with all its states, for who builds and for who looks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tafelronde import themes
from tafelronde.style.contents import CONTENTS
from tafelronde.style.samples import sample
from tafelronde.style.states import states_sheet


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?theme=` shows it in one of the themes."""
    context = {"contents": CONTENTS, "themes": themes.themes(), **sample(get_language() or "nl")}
    if name := request.GET.get("theme"):
        wanted = themes.Theme(name)
        if wanted not in context["themes"]:
            raise Http404
        context["theme"] = wanted
    return render(request, "style/page.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def states(request: HttpRequest) -> HttpResponse:
    """Hover, focus and pressed as classes, so that the page can show them all at once."""
    return HttpResponse(states_sheet(), content_type="text/css; charset=utf-8")
