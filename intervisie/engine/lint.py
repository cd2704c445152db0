"""What is wrong with a method that can be read: promises that cannot be kept, dead ends, and what is not played."""

from collections.abc import Iterator

from intervisie.engine.method import Method, Step


def lint(method: Method) -> list[str]:
    """Problems in plain words, each with the place it is about; empty for a sound method."""
    problems = [f"group: {word}" for word in _group(method)]
    for index, step in enumerate(method.steps):
        problems += [f"steps[{index}] ({step.id}): {word}" for word in _step(method, index, step)]
    return problems + [f"method: {word}" for word in _whole(method)]


def _group(method: Method) -> Iterator[str]:
    group = method.group
    if not 2 <= group.min <= group.ideal <= group.max:
        yield "min, ideal and max must rise, from 2"


def _step(method: Method, index: int, step: Step) -> Iterator[str]:
    yield from _minutes(step)
    yield from _roles(step)
    yield from _promise(step)
    yield from _links(method, index, step)
    yield from _votes(method, step)
    yield from _not_played(step)


def _minutes(step: Step) -> Iterator[str]:
    low, high = step.minutes.min or step.minutes.default, step.minutes.max or step.minutes.default
    if not low <= step.minutes.default <= high:
        yield "minutes: min, default and max must rise"


def _roles(step: Step) -> Iterator[str]:
    if silenced := (step.acting | step.answering) & set(step.stance):
        yield f"{', '.join(sorted(silenced))} acts and is silenced at once"
    if not step.acting and step.kind != "pause":
        yield "nobody acts"
    if step.script is None:
        yield "the facilitator has no line to say"
    if step.items.max is not None and step.items.max < max(step.items.min, 1):
        yield "items: max must be at least min and at least 1"


def _promise(step: Step) -> Iterator[str]:
    """What the line under the input says must come true."""
    unseen = set(step.stance.values()) & {"turned", "away"}
    if unseen and step.reveal != "live":
        yield "who is turned or away cannot be promised a later reveal"
    if step.has_turns and step.names_nobody:
        yield "a turn shows who speaks, so it cannot be without names"


def _links(method: Method, index: int, step: Step) -> Iterator[str]:
    for use in step.uses:
        if method.positions[use.step] >= index:
            yield f"uses {use.step}, which comes later"
    if step.reveal.startswith("step:") and method.positions[step.reveal.removeprefix("step:")] <= index:
        yield "is revealed at a step that comes no later"
    if step.reveal == "turn" and not _read_out(method, index, step):
        yield "is read out in turn, but no later step with turns uses it"


def _read_out(method: Method, index: int, step: Step) -> bool:
    later = method.steps[index + 1 :]
    return any(step.id in {use.step for use in one.uses} and one.has_turns for one in later)


def _votes(method: Method, step: Step) -> Iterator[str]:
    if step.scale is None:
        return
    used = [method.step(use.step) for use in step.uses]
    if not used:
        yield "a judge step needs a step whose items it judges"
    if any(one.reveal not in ("live", "end") for one in used):
        yield "judges what is not revealed yet"
    if step.effect == "case" and not any(one.collects == "pitch" for one in used):
        yield "chooses a case, but uses no step that collects pitches"
    if step.effect == "case" and step.scale.type not in ("dots", "pick"):
        yield "a case is chosen by dots or pick"
    if step.scale.type == "label" and len(step.scale.options) < 2:
        yield "needs at least two labels"


def _whole(method: Method) -> Iterator[str]:
    cases = [step for step in method.steps if step.effect == "case"]
    if len(cases) > 1:
        yield "chooses a case more than once"
    first = next((i for i, step in enumerate(method.steps) if "B" in step.acting | step.answering), None)
    chosen = method.case_step
    if (
        chosen is not None
        and first is not None
        and any("A" not in s.actors for s in method.steps[first:chosen])
    ):
        yield "the bringer acts before the case is chosen"
    silent = [i for i, step in enumerate(method.steps) if "B" in step.stance]
    after = method.steps[max(silent) + 1 :] if silent else method.steps
    if not any("B" in step.acting | step.answering for step in after):
        yield "the bringer has no way back in"
    for name in ("loop", "interrupts"):
        if getattr(method, name):
            yield f"{name} is not played"


_LATER = ("side", "persona", "group", "repeat", "include", "canvas", "optional")


def _not_played(step: Step) -> Iterator[str]:
    """Attributes of the format that the player does not play."""
    for name in _LATER:
        if getattr(step, name):
            yield f"{name} is not played"
    if step.effect not in (None, "case"):
        yield f"effect {step.effect} is not played"
    if step.attribution == "alias":
        yield "alias is played as anon"
    if any(use.filter for use in step.uses):
        yield "a filter is not played"
