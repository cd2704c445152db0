"""My sessions, the page of one session, and what an invited person does there."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intervisie import actions, queries, rules
from intervisie.enums import CastRole, Invitation
from intervisie.forms import BringForm
from intervisie.models import Participant, Session
from intervisie.notifications import calendar_file
from intervisie.views.access import require, session_or_404


@login_required
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    context = {"sessions": queries.sessions_of(request.user), "cases": queries.cases_of(request.user)}
    return render(request, "intervisie/session_list.html", context)


@login_required
@require_safe
def session_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, session_or_404(request, pk))


@login_required
@require_POST
def session_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accepts ("yes") or declines (anything else)."""
    session = session_or_404(request, pk)
    require(rules.seat_of(request.user, session) is not None)
    if not rules.may_answer(request.user, session):
        messages.info(request, _("Answering is no longer possible: the session is over or called off."))
    elif request.POST.get("answer") == "yes":
        actions.answer_invitation(request.user, session, accept=True)
        messages.success(request, _("You take part. You can change your answer until the end."))
    else:
        actions.answer_invitation(request.user, session, accept=False)
        messages.success(request, _("You declined. Changed your mind? You can still accept."))
    return redirect("intervisie:session", session.pk)


@login_required
@require_POST
def session_case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lays a case of mine ready, or takes it back."""
    session = session_or_404(request, pk)
    require(rules.may_bring_case(request.user, session))
    form = BringForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, session, form, status=422)
    case = form.cleaned_data["case"]
    actions.bring_case(request.user, session, case=case)
    said = (
        _("Your case is ready. Nobody sees it before you bring it in.") if case else _("You bring no case.")
    )
    messages.success(request, said)
    return redirect("intervisie:session", session.pk)


@login_required
@require_safe
def session_calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    session = session_or_404(request, pk)
    headers = {"Content-Disposition": 'attachment; filename="intervisie.ics"'}
    return HttpResponse(calendar_file(session), content_type="text/calendar; charset=utf-8", headers=headers)


def _page(
    request: HttpRequest, session: Session, bring_form: BringForm | None = None, status: int = 200
) -> HttpResponse:
    user, seats = request.user, list(session.participants.all())
    seat = rules.seat_of(user, session)
    chosen = seat is not None and seat.seat == session.chosen_seat
    may_bring = rules.may_bring_case(user, session) and (chosen or queries.group_chooses(session))
    if may_bring and bring_form is None:
        bring_form = BringForm(initial={"case": seat.case_id if seat else None}, user=user)
    context = {
        "session": session,
        "method": session.parsed_method,
        "seats": seats,
        "seat": seat,
        "meeting_address": queries.address_of_meeting(user, session),
        "warnings": _warnings(session, seats) if rules.may_edit_session(user, session) else [],
        "bring_form": bring_form,
        "may_edit": rules.may_edit_session(user, session),
        "may_manage": rules.may_manage_participants(user, session),
        "may_answer": rules.may_answer(user, session),
        "may_enter": rules.may_enter_room(user, session),
        "may_see_harvest": rules.may_see_harvest(user, session),
        "may_erase": rules.may_erase(user, session),
    }
    return render(request, "intervisie/session_detail.html", context, status=status)


def _warnings(session: Session, seats: list[Participant]) -> list[str]:
    """What the organiser may want to put right. Nothing of it stands in the way."""
    coming = [seat for seat in seats if seat.invitation != Invitation.DECLINED]
    members = sum(seat.role == CastRole.MEMBER for seat in coming)
    group, warnings = session.parsed_method.group, []
    if not group.min <= members <= group.max:
        warnings.append(
            _("This method works best with %(least)d to %(most)d participants. You are with %(members)d.")
            % {"least": group.min, "most": group.max, "members": members}
        )
    if not any(seat.role == CastRole.FACILITATOR for seat in coming):
        warnings.append(_("The facilitator declined. Give that task to somebody else under ‘Who is coming’."))
    return warnings
