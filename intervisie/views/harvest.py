"""What a session leaves behind, for those who were there, and deleting it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intervisie import actions, engine, rules
from intervisie.engine import Method, Step
from intervisie.enums import SessionStatus
from intervisie.room.look import Look
from intervisie.room.said import item_shown
from intervisie.views.access import require, require_to_lead, session_or_404
from intervisie.views.room import room_texts

_APART = ("intention", "takeaway")  # shown above the steps


@dataclass(slots=True)
class Line:
    """One contribution as this reader may see it; `shown` as the room draws it (`item_shown`)."""

    shown: dict[str, Any]
    kind: str
    touched: bool = False
    until: date | None = None
    replies: list["Line"] = field(default_factory=list)


@dataclass(slots=True)
class Chapter:
    """One step of the method and what was said in it."""

    step: Step
    lines: list[Line] = field(default_factory=list)


@login_required
@require_safe
def harvest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Case question, intention, take-aways and contributions, as the engine lets this seat see them."""
    session = session_or_404(request, pk)
    if session.status != SessionStatus.ENDED:
        return redirect("intervisie:session", session.pk)
    seat = rules.seat_of(request.user, session)
    require(seat is not None and rules.may_see_harvest(request.user, session))
    require_to_lead(request.user, session)
    assert seat is not None
    state = actions.load_room(session.pk).state
    assert state is not None
    look = Look(engine.view(state, seat.seat), room_texts(session, seat))
    lines = _lines(look)
    case = (
        None if session.parsed_method.loop else look.view["case"]
    )  # where all took turns no question is the one
    context = {
        "session": session,
        "seat": seat,
        "seats": session.participants.all(),
        "case": case,
        "bringer": look.name(case["by"]) if case else "",
        "intentions": [line for _step, line in lines if line.kind == "intention"],
        "takeaways": [line for _step, line in lines if line.kind == "takeaway"],
        "chapters": _chapters(session.parsed_method, lines),
        "may_erase": rules.may_erase(request.user, session),
    }
    return render(request, "intervisie/harvest.html", context)


@login_required
def erase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says first what goes and what stays. Deleting what is deleted already does nothing."""
    session = session_or_404(request, pk)
    if session.status == SessionStatus.ERASED:
        messages.info(request, _("The content of this session was deleted already."))
        return redirect("intervisie:session", session.pk)
    require(rules.may_erase(request.user, session))
    require_to_lead(request.user, session)
    if request.method == "POST":
        actions.erase_session(request.user, session)
        messages.success(request, _("The content of this session is deleted."))
        return redirect("intervisie:session", session.pk)
    return render(request, "intervisie/erase.html", {"session": session})


def _lines(look: Look) -> list[tuple[str, Line]]:
    """All contributions with the id of their step; replies hang under what they reply to, marks become a sign on it."""
    known: dict[str, Line] = {}
    top: list[tuple[str, Line]] = []
    for item in look.view["items"]:
        parent = known.get(item["parent"] or "")
        if item["kind"] == "mark":
            if parent:
                parent.touched = True
            continue
        until = date.fromisoformat(item["date"]) if item.get("date") else None
        line = Line(item_shown(look, item, now=False), item["kind"], until=until)
        known[item["id"]] = line
        if parent:
            parent.replies.append(line)
        else:
            top.append((item["step"], line))
    return top


def _chapters(method: Method, lines: list[tuple[str, Line]]) -> list[Chapter]:
    """The steps in which something was said, in the order of the method."""
    chapters = {step.id: Chapter(step) for step in method.steps}
    for step, line in lines:
        if line.kind not in _APART and step in chapters:
            chapters[step].lines.append(line)
    return [chapter for chapter in chapters.values() if chapter.lines]
