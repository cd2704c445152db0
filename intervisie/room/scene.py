"""Everything that the templates draw for one seat.

`static/intervisie/js/scene/` says the same for the script, file by file: change them together
(tests/e2e/test_room.py compares what both draw).
"""

from intervisie.room.around import agreement, plan, signals, stops, tables
from intervisie.room.judge import ballot, outcome
from intervisie.room.lead import lead
from intervisie.room.look import Json, Kept, Look
from intervisie.room.said import before, chat, focus, said, used, written_for_me
from intervisie.room.stage import case, head, mine, still, tips
from intervisie.room.table import rail, table
from intervisie.room.tools import aside, forms, passing, ready


def scene(view: Json, texts: Json, kept: Kept | None = None, now: int = 0) -> Json:
    """The parts of the room. `now` in milliseconds since 1970."""
    look = Look(view, texts, kept)
    parts = {
        "phase": look.phase,
        "stance": look.me["stance"],
        "kind": look.step["kind"] if look.step else "",
        "visit": look.visit,
        "rail": rail(look),
        "table": table(look, now),
        "stops": stops(look),
        "head": head(look),
        "case": case(look),
        "mine": mine(look),
        "agreement": agreement(look),
        "plan": plan(look),
        "still": still(look),
        "tips": tips(look),
        "outcome": outcome(look),
        "focus": focus(look),
        "used": used(look),
        "ballot": ballot(look),
        "said": said(look),
        "for_me": written_for_me(look),
        "forms": forms(look),
        "passing": passing(look),
        "ready": ready(look),
        "aside": aside(look),
        "chat": chat(look),
        "before": before(look),
        "lead": lead(look, now),
        "tables": tables(look),
        "signals": signals(look),
        "origin": look.texts["method"]["origin"],
    }
    return parts | {"kept": None if look.placed or not look.kept.why else look.kept}
