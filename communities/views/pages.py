"""The Wagtail pages of leerkringen as a reader gets them, also in a preview. Who may see them was asked before."""

from collections import Counter
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from communities import queries, rules
from communities.enums import Answer
from communities.forms import PROMISES
from communities.models import Community, LeerkringIndexPage, LeerkringPage, Meeting, MeetingPage, Rsvp


def index(request: HttpRequest, page: LeerkringIndexPage) -> HttpResponse:
    entries = queries.entries_for(request.user)
    members = queries.member_counts(entry.community for entry in entries)
    context = {
        "page": page,
        "entries": [(entry, members.get(entry.community.pk, 0)) for entry in entries],
        "mine": set(queries.member_community_ids(request.user)),
        "stops": queries.stops_ahead(entries),
    }
    return render(request, "communities/index.html", context)


def leerkring(request: HttpRequest, page: LeerkringPage) -> HttpResponse:
    community = page.community
    context = _of_community(request, community) if community else {"circle": queries.Circle()}
    return render(request, "communities/leerkring.html", {"page": page, "community": community, **context})


def _of_community(request: HttpRequest, community: Community) -> dict[str, object]:
    circle = queries.circle_of(community, request.user)
    route = queries.route_of(queries.meetings_of_edition(request.user, community), timezone.now())
    return {
        "circle": circle,
        "membership": rules.membership_of(request.user, community),
        "may_see_members": rules.may_see_members(request.user, community),
        "may_decide": rules.may_decide(request.user, community),
        "route": route,
        "slots": route.next.page.slots if route.next else [],
    }


def meeting(request: HttpRequest, page: MeetingPage) -> HttpResponse:
    row = page.meeting
    context = _of_meeting(request, row) if row else {}
    shown = {"page": page, "home": _home(page), "meeting": row, "slots": page.slots}
    return render(request, "communities/meeting.html", {**shown, **context})


def _of_meeting(request: HttpRequest, meeting: Meeting) -> dict[str, object]:
    user = request.user
    queries.keep_membership(meeting.community, user)
    rsvps, answers = _answers(request, meeting)
    mine = next((rsvp for rsvp in rsvps if rsvp.user_id == user.pk), None)
    return {
        "mine": mine,
        "membership": rules.membership_of(user, meeting.community),
        "to_come": not meeting.is_cancelled and not meeting.is_over,
        "choices": [choice for choice in PROMISES.items() if choice[0] != Answer.ONLINE or meeting.video_url],
        "answers": [(answer, answers[answer]) for answer in PROMISES if answer in answers],
        "groups": _by_answer(rsvps),
        "may_answer": rules.may_answer(user, meeting),
        "may_see_answers": rules.may_see_answers(user, meeting),
        "may_open_video": rules.may_open_video(user, meeting, mine),
    }


def _answers(request: HttpRequest, meeting: Meeting) -> tuple[list[Rsvp], Mapping[str, int]]:
    """The answers with their people, where the reader may be among these, and how often each was given."""
    if not request.user.is_authenticated:
        return [], queries.answers_of(meeting)
    rsvps = queries.rsvps_of(meeting)
    return rsvps, Counter(rsvp.answer for rsvp in rsvps)


def _by_answer(rsvps: list[Rsvp]) -> list[tuple[Answer, list[Rsvp]]]:
    """The answers that were given, each with who gave it."""
    groups = [(answer, [rsvp for rsvp in rsvps if rsvp.answer == answer]) for answer in PROMISES]
    return [(answer, given) for answer, given in groups if given]


def _home(page: MeetingPage) -> LeerkringPage:
    """The page of the leerkring that a meeting belongs to."""
    return page.meeting.community.page if page.meeting else page.get_parent().specific
