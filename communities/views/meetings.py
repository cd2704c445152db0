"""Answering an invitation to a meeting, and its calendar file."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities import actions, queries, rules
from communities.enums import Answer
from communities.forms import AnswerForm
from communities.models import Meeting
from communities.notifications import calendar_file
from communities.views.access import INVALID, attempt, posted


@login_required
def answer(request: HttpRequest, slug: str, meeting_slug: str) -> HttpResponse:
    """Keeps the answer and goes back to where it was given; where something is wrong, this page asks again."""
    meeting = _find(request, slug, meeting_slug)
    if not rules.may_answer(request.user, meeting):
        return redirect(meeting)
    form = AnswerForm(meeting, posted(request))
    if form.is_valid():
        choice = Answer(form.cleaned_data["answer"])
        keep = partial(actions.answer, request.user, meeting, choice)
        attempt(request, keep, _("Your answer is kept. You can change it until the end of the meeting."))
        return redirect("start" if request.GET.get("from") == "start" else meeting)
    context = {"meeting": meeting, "form": form}
    return render(request, "communities/answer.html", context, status=INVALID if form.errors else 200)


@require_safe
def calendar(request: HttpRequest, slug: str, meeting_slug: str) -> HttpResponse:
    """The meeting as a file for a calendar."""
    meeting = _find(request, slug, meeting_slug)
    response = HttpResponse(
        calendar_file(meeting), content_type="text/calendar; charset=utf-8; method=PUBLISH"
    )
    response["Content-Disposition"] = f'attachment; filename="{_file_name(meeting)}"'
    return response


def _file_name(meeting: Meeting) -> str:
    ascii_slug = meeting.slug.encode("ascii", "ignore").decode() or "bijeenkomst"
    return f"{ascii_slug}.ics"


def _find(request: HttpRequest, slug: str, meeting_slug: str) -> Meeting:
    meeting = queries.meeting_for(request.user, slug, meeting_slug)
    if meeting is None:
        raise Http404
    return meeting
