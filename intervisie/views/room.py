"""The live room as a plain page: shows what one seat sees now, and takes commands as form posts."""

import time
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters

from intervisie import actions, engine, phrases, rules
from intervisie.models import Participant, Session
from intervisie.room import Kept, method_texts, scene
from intervisie.room.wire import command
from intervisie.views.access import require, require_to_lead, session_or_404

FORBIDDEN = frozenset(
    {
        "away",
        "bringer_only",
        "facilitator_only",
        "listening",
        "no_access",
        "not_agreed",
        "not_in_session",
        "not_your_role",
        "turned",
    }
)
UNREADABLE = frozenset({"bad_value", "empty", "malformed", "persona_needed", "question_needed"})
WRITTEN = frozenset({"note", "aside", "chat"})  # of what is said or changed the engine tells that it is empty


@login_required
@sensitive_post_parameters()
def room(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The table. A command that was done leads back here; a refused one brings the page with what was typed and why."""
    session = session_or_404(request, pk)
    if session.status not in rules.WITH_ROOM:
        return redirect("intervisie:session", session.pk)
    seat = rules.seat_of(request.user, session)
    require(rules.may_enter_room(request.user, session))
    require_to_lead(request.user, session)
    assert seat is not None
    if request.method != "POST":
        return _page(request, session, seat)
    kept, status = _perform(request, session, seat)
    if kept is None:
        done = redirect("intervisie:room", session.pk)
        done.status_code = 303
        return done
    return _page(request, session, seat, kept, status)


def _perform(request: HttpRequest, session: Session, seat: Participant) -> tuple[Kept | None, int]:
    """Does what was posted: (None, 303), or what was typed with the reason why not, and the status."""
    fields = {name: str(value) for name, value in request.POST.items()}
    wish = command(fields)
    if wish.get("case") and "text" not in wish and seat.case:
        wish["text"] = seat.case.question
    code, params = "empty", {}
    if wish.get("do") not in WRITTEN or wish.get("text", "").strip():
        outcome = actions.perform(actions.Wish(session.pk, wish, id=_id(fields), user_id=request.user.pk))
        if outcome.ok:
            return None, 303
        code, params = outcome.code, outcome.params
    why = phrases.refusal_sentence(code, params, get_language() or "")
    status = 403 if code in FORBIDDEN else 400 if code in UNREADABLE else 409
    return Kept(fields.get("tool", ""), fields, why), status


def _id(fields: dict[str, str]) -> UUID:
    try:
        return UUID(fields.get("id", ""))
    except ValueError:
        return uuid4()


def _page(
    request: HttpRequest, session: Session, seat: Participant, kept: Kept | None = None, status: int = 200
) -> HttpResponse:
    texts = room_texts(session, seat)
    state = actions.load_room(session.pk).state
    assert state is not None
    drawn = scene(engine.view(state, seat.seat), texts, kept, now=int(time.time() * 1000))
    context = {
        "session": session,
        "room": drawn,
        "words": texts["words"],
        "links": texts["links"],
        "new_id": uuid4,
        "script": {
            "texts": texts,
            "session": str(session.pk),
            "visitor": salted_hmac("intervisie.room", request.session.session_key or "").hexdigest()[:16],
            "socket": f"/ws/sessie/{session.pk}/",
            "sprite": static("img/icons.svg"),
        },
    }
    return render(request, "intervisie/room.html", context, status=status)


def room_texts(session: Session, seat: Participant) -> dict[str, Any]:
    """All that the room says to this reader, in the language of now."""
    language = "en" if (get_language() or "").startswith("en") else "nl"
    people = sum(participant.removed_at is None for participant in session.participants.all()) - 1
    return phrases.texts() | {
        "language": language,
        "method": method_texts(session.method, language, people),
        "links": {
            "here": reverse("intervisie:room", args=[session.pk]),
            "harvest": reverse("intervisie:harvest", args=[session.pk]),
            "video": session.video_url if session.video_url.startswith("https://") else "",
        },
        "prepared": {"title": seat.case.title, "question": seat.case.question} if seat.case else None,
    }
