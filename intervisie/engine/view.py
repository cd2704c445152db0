"""What one seat sees of the session: the sections of docs/realtime.md, and the items that `can_see` allows."""

from intervisie.engine.eye import View, eye_of
from intervisie.engine.sections import SECTIONS
from intervisie.engine.state import Item, State
from intervisie.engine.visibility import Sight, can_see


def view(state: State, seat: int) -> View:
    """Everything that this seat sees now; the empty view for a seat that is unknown or removed."""
    eye = eye_of(state, seat)
    result: View = {name: section(state, eye) for name, section in SECTIONS.items()}
    result["items"] = sorted(items(state, seat).values(), key=order_of)
    return result


def items(state: State, seat: int) -> dict[str, View]:
    """What this seat sees of each item, by id."""
    seen = ((item.id, item_shown(item, can_see(state, seat, item))) for item in state.items.each())
    return {name: shown for name, shown in seen if shown is not None}


def order_of(item: View) -> tuple[int, str]:
    """Where an item stands among others."""
    visit, key = item["o"]
    return visit, key


def item_shown(item: Item, sight: Sight) -> View | None:
    """One item as it goes over the wire to who has this sight of it. While it is `sealed` that is its author."""
    if sight is Sight.NONE:
        return None
    shown: View = {
        "id": item.id,
        "kind": item.kind,
        "step": item.step,
        "visit": item.visit,
        "by": item.by if sight is Sight.NAMED else None,
        "text": item.text,
        "parent": item.parent,
        "edited": item.edited,
        "o": [item.visit, item.key],
    }
    if item.date is not None:
        shown["date"] = item.date
    if item.fields:
        shown["fields"] = dict(item.fields)
    if item.persona:
        shown["persona"] = item.persona
    if item.alias is not None and sight is Sight.ANON:
        shown["alias"] = item.alias
    if item.turn is not None:
        shown["turn"] = item.turn
    if item.label is not None:
        shown["label"] = item.label
    if item.sealed:
        shown["sealed"] = True
    return shown
