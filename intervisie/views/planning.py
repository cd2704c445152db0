"""Planning a session, changing it, and deciding who comes: for its organiser."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from communities.models import Community, Meeting
from intervisie import actions, queries, rules
from intervisie.enums import CastRole
from intervisie.forms import InviteForm, PlanForm, RoleForm, TableForm
from intervisie.models import Session
from intervisie.views.access import require, session_or_404

LOOK = "look"  # the button that shows how a method fits, and plans nothing


@login_required
@sensitive_post_parameters()
def session_new(request: HttpRequest) -> HttpResponse:
    """Asks first for which leerkring, where the address does not say; then everything else in one form."""
    slug = request.GET.get("leerkring")
    communities = queries.communities_of(request.user)
    meeting = _meeting(request, communities)
    if slug is None and meeting is None and communities.exists():
        return render(request, "intervisie/session_where.html", {"communities": communities})
    community = meeting.edition.community if meeting else None
    if slug:
        community = get_object_or_404(communities, slug=slug)
    members = queries.members_of(community) if community else None
    sent, typed = _sent(request), _typed(request, several=("members",))
    plan = PlanForm(sent, community=community, initial=_initial(request, meeting) | typed)
    table = TableForm(
        sent, members=members, user=request.user, initial={"case": request.GET.get("casus")} | typed
    )
    chosen = bool(table["case"].value()) if "case" in table.fields else False
    if (
        sent
        and all([plan.is_valid(), table.is_valid()])
        and plan.is_possible(table.taking_part(), chosen=chosen)
    ):
        session = actions.plan_session(
            request.user,
            plan.plan(table.taking_part(), chosen=chosen),
            community=community,
            cast=table.cast(),
            guests=table.cleaned_data["emails"],
            case=table.cleaned_data.get("case"),
        )
        messages.success(request, _("The session is planned. Everybody you asked gets a mail."))
        return redirect("intervisie:session", session.pk)
    context = {
        "plan": plan,
        "table": table,
        "community": community,
        "fit": plan.fit(table.taking_part(), chosen=chosen),
        "guessed": not table.taking_part(),
    }
    status = 422 if plan.errors or table.errors else 200
    return render(request, "intervisie/session_new.html", context, status=status)


@login_required
@sensitive_post_parameters()
def session_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    session = _own(request, pk)
    if not rules.may_edit_session(request.user, session):
        return _too_late(request, session)
    sent, chosen = _sent(request), session.chosen_seat is not None
    people = sum(seat.role == CastRole.MEMBER for seat in session.participants.all())
    initial = PlanForm.initial_of(session) | _typed(request)
    form = PlanForm(sent, community=session.community, session=session, initial=initial)
    if sent and form.is_valid() and form.is_possible(people, chosen=chosen):
        actions.edit_session(request.user, session, form.plan(people, chosen=chosen))
        messages.success(request, _("Your changes are saved."))
        return redirect("intervisie:session", session.pk)
    context = {"session": session, "plan": form, "fit": form.fit(people, chosen=chosen)}
    return render(request, "intervisie/session_edit.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent for good; None where somebody only wants to see how it fits."""
    return None if request.method != "POST" or LOOK in request.POST else request.POST


def _typed(request: HttpRequest, several: tuple[str, ...] = ()) -> dict[str, Any]:
    """What stands in the form of somebody who only wants to see how it fits, so that it stands there again."""
    if request.method != "POST" or LOOK not in request.POST:
        return {}
    return request.POST.dict() | {name: request.POST.getlist(name) for name in several}


@login_required
def session_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks first. Calling off what is called off already does nothing."""
    session = _own(request, pk)
    if not rules.may_edit_session(request.user, session):
        return _too_late(request, session)
    if request.method == "POST":
        actions.cancel_session(request.user, session)
        messages.success(request, _("The session is called off. Everybody who was asked gets a mail."))
        return redirect("intervisie:session", session.pk)
    return render(request, "intervisie/session_cancel.html", {"session": session})


@login_required
def session_people(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who comes; the form asks others."""
    session = _own(request, pk)
    if not rules.may_manage_participants(request.user, session):
        return _too_late(request, session)
    form = InviteForm(request.POST or None, members=queries.people_to_ask(session))
    if request.method == "POST" and form.is_valid():
        actions.invite_to_session(
            request.user, session, cast=form.people(), guests=form.cleaned_data["emails"]
        )
        messages.success(request, _("Everybody you asked gets a mail."))
        return redirect("intervisie:session_people", session.pk)
    rows = [
        (seat, RoleForm(initial={"role": seat.role}, prefix=f"s{seat.seat}"))
        for seat in session.participants.all()
    ]
    context = {
        "session": session,
        "form": form,
        "rows": rows,
        "guests": session.guests.all(),
        "may_edit": rules.may_edit_session(request.user, session),
    }
    return render(request, "intervisie/session_people.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def person_role(request: HttpRequest, pk: UUID, seat: int) -> HttpResponse:
    """Asks somebody for something else, before the start."""
    session = _own(request, pk)
    if not rules.may_edit_session(request.user, session):
        return _too_late(request, session)
    form = RoleForm(request.POST, prefix=f"s{seat}")
    if form.is_valid():
        _led(request, actions.change_role, session, seat, role=form.cleaned_data["role"])
    return redirect("intervisie:session_people", session.pk)


@login_required
@require_POST
def person_remove(request: HttpRequest, pk: UUID, seat: int) -> HttpResponse:
    session = _own(request, pk)
    if not rules.may_manage_participants(request.user, session):
        return _too_late(request, session)
    _led(request, actions.remove_from_session, session, seat)
    return redirect("intervisie:session_people", session.pk)


@login_required
@require_POST
def guest_remove(request: HttpRequest, pk: UUID, guest: int) -> HttpResponse:
    session = _own(request, pk)
    if not rules.may_manage_participants(request.user, session):
        return _too_late(request, session)
    actions.uninvite_guest(request.user, get_object_or_404(session.guests, pk=guest))
    return redirect("intervisie:session_people", session.pk)


def _own(request: HttpRequest, pk: UUID) -> Session:
    """The session, for who organises it; participants get a 403, strangers a 404."""
    session = session_or_404(request, pk)
    require(session.organiser_id == request.user.pk)
    return session


def _too_late(request: HttpRequest, session: Session) -> HttpResponse:
    messages.info(request, _("That is no longer possible: the session has begun, is over or was called off."))
    return redirect("intervisie:session", session.pk)


def _led(
    request: HttpRequest, verb: Callable[..., None], session: Session, seat: int, **words: object
) -> None:
    """Does something to a seat, or says why not: a table needs somebody who leads."""
    participant = get_object_or_404(
        session.participants.filter(removed_at=None).select_related("user"), seat=seat
    )
    try:
        verb(request.user, participant, **words)
    except actions.NoFacilitator:
        messages.error(request, _("Somebody must facilitate. First give that task to somebody else."))
    else:
        messages.success(request, _("Your changes are saved."))


def _meeting(request: HttpRequest, communities: QuerySet[Community]) -> Meeting | None:
    """The meeting that `?bijeenkomst=` names, in a leerkring of mine; `?leerkring=` tells which, where two share a name."""
    slug = request.GET.get("bijeenkomst")
    if not slug:
        return None
    meetings = Meeting.objects.filter(slug=slug, edition__community__in=communities).select_related(
        "edition__community"
    )
    if request.GET.get("leerkring"):
        meetings = meetings.filter(edition__community__slug=request.GET["leerkring"])
    return get_object_or_404(meetings.order_by("-starts_at")[:1])


def _initial(request: HttpRequest, meeting: Meeting | None) -> dict[str, Any]:
    initial: dict[str, Any] = {"method": request.GET.get("methode"), "minutes": request.GET.get("minuten")}
    if meeting:
        starts_at = timezone.localtime(meeting.starts_at)
        initial |= {"meeting": meeting.pk, "day": starts_at.date(), "time": starts_at.time()}
    return initial
