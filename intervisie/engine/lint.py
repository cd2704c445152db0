"""What is wrong with a method that can be read: promises that cannot be kept, and dead ends."""

from collections.abc import Iterator

from intervisie.engine.method import FORCED, Method, Persona, Step


def lint(method: Method) -> list[str]:
    """Problems in plain words, each with the place it is about; empty for a sound method."""
    problems = [f"group: {word}" for word in _group(method)]
    for index, step in enumerate(method.steps):
        problems += [f"steps[{index}] ({step.id}): {word}" for word in _step(method, index, step)]
    for index, module in enumerate(method.modules):
        words = (*_alone(module), *_module(module))
        problems += [f"modules[{index}] ({module.id}): {word}" for word in words]
    return problems + [f"method: {word}" for word in _whole(method)]


def _group(method: Method) -> Iterator[str]:
    group = method.group
    if not 2 <= group.min <= group.ideal <= group.max:
        yield "min, ideal and max must rise, from 2"


def _step(method: Method, index: int, step: Step) -> Iterator[str]:
    yield from _alone(step)
    yield from _links(method, index, step)
    yield from _votes(method, step)
    yield from _effects(method, index, step)
    yield from _apart(method, index, step)


def _alone(step: Step) -> Iterator[str]:
    """What can be seen from the step itself."""
    yield from _minutes(step)
    yield from _roles(step)
    yield from _promise(step)
    yield from _writing(step)


def _module(step: Step) -> Iterator[str]:
    if step.kind == "judge" or step.uses or step.group or step.optional or step.effect:
        yield "a module is one plain step: no vote, no uses, no group, no effect, not optional"
    if step.reveal not in ("live", "end", "never", "to:B") or step.names_at:
        yield "a module cannot promise a reveal, or names, in another step"


def _minutes(step: Step) -> Iterator[str]:
    low, high = step.minutes.min or step.minutes.default, step.minutes.max or step.minutes.default
    if not low <= step.minutes.default <= high:
        yield "minutes: min, default and max must rise"


def _roles(step: Step) -> Iterator[str]:
    if silenced := (step.acting | step.answering) & set(step.stance):
        yield f"{', '.join(sorted(silenced))} acts and is silenced at once"
    if not step.acting and step.kind != "pause":
        yield "nobody acts"
    if step.kind in ("judge", "pause") and step.has_turns:
        yield "a vote or a pause has no turns"
    if step.side and step.side.reveal == "to:B" and step.stance.get("B") == "away":
        yield "side: who is away cannot read what is written for them"
    if step.side and step.side.roles & (step.acting | {r for r, s in step.stance.items() if s != "listen"}):
        yield "side: who acts, is turned or away writes nothing beside the step"
    if step.chat and step.chat & {r for r, s in step.stance.items() if s != "listen"}:
        yield "chat: who is turned or away cannot chat"
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
    if step.reveal == "to:B" and "B" in step.acting:
        yield "what only the bringer reads cannot come from the bringer"
    if step.collects == "pitch" and step.hides_names:
        yield "a pitch shows who would bring it, so nobody can get it without a name"
    if step.reveal == "turn" and step.names_nobody:
        yield "what is read out in turn shows who wrote it, so it cannot be without names"
    if step.attribution == "alias" and step.reveal not in ("live", "end"):
        yield "a made-up name goes with a reveal at once or at the end of the step"
    if step.attribution == "alias" and unseen:
        yield "who is turned or away cannot be promised a made-up name"
    if step.names_at is not None and (not step.names_nobody or step.reveal != "end"):
        yield "names come later only where contributions open without them at the end of the step"


def _writing(step: Step) -> Iterator[str]:
    if forced := step.blocks - FORCED:
        yield f"the engine cannot hold {', '.join(sorted(forced))} by force"
    if "max_words" in step.blocks and step.items.max_words is None:
        yield "max_words needs a number"
    if step.canvas is not None and step.kind not in (
        "tell",
        "ask",
        "write",
        "round",
        "talk",
        "judge",
        "commit",
    ):
        yield "a canvas needs a step in which somebody writes"
    if step.canvas is not None and step.collects in ("pitch", "intention"):
        yield "a canvas holds texts and questions"
    if step.repeat == "member" and (not step.has_turns or step.items.max == 1):
        yield "a turn that lasts needs turns, and more than one contribution in each"
    if step.repeat == "item" and (not step.uses or step.kind == "judge"):
        yield "a step for each item needs items that it uses, and is no vote"
    if step.persona and step.names_nobody:
        yield "who speaks as somebody does so under their own name"
    if step.persona and "turned" in step.stance.values() and not _speak_alike(step, step.persona):
        yield "as whom somebody speaks would tell who is turned whose words these are"


def _speak_alike(step: Step, persona: Persona) -> bool:
    """Whether one role alone acts, or all who act say themselves as whom they speak."""
    return len(step.acting) == 1 or step.acting <= persona.choose


def _links(method: Method, index: int, step: Step) -> Iterator[str]:
    for use in step.uses:
        if method.positions[use.step] >= index:
            yield f"uses {use.step}, which comes later"
        if step.answering and step.reveal != "to:B" and method.step(use.step).reveal == "to:B":
            yield f"answers before all what only the bringer reads ({use.step})"
    later = [("is revealed", step.reveal.removeprefix("step:"))] if step.reveal.startswith("step:") else []
    later += [("gets names", step.names_at)] if step.names_at else []
    for word, name in later:
        if method.positions[name] <= index:
            yield f"{word} at a step that comes no later"
        if method.step(name).optional:
            yield f"{word} at a step that may be skipped"
    if step.reveal == "turn" and not _read_out(method, index, step):
        yield "is read out in turn, but no later step with turns uses it"
    if (
        step.hides_names
        and step.has_turns
        and any(method.step(use.step).reveal == "turn" for use in step.uses)
    ):
        yield "what is read out in turn would tell who is turned whose turn it is"
    if step.gate is not None and method.positions[step.gate] >= index:
        yield "a gate leads back, not ahead"


def _read_out(method: Method, index: int, step: Step) -> bool:
    later = method.steps[index + 1 :]
    return any(_uses(one, step) and one.has_turns for one in later)


def _votes(method: Method, step: Step) -> Iterator[str]:
    if step.scale is None:
        return
    used = [method.step(use.step) for use in step.uses]
    told = [one for one in used if one.scale is None]
    if not used and not step.collecting and not step.canvas and step.effect not in ("role", "module"):
        yield "a judge step needs something that it judges"
    if any(one.reveal not in ("live", "end") for one in told):
        yield "judges what is not revealed yet"
    if step.collecting and (step.canvas or step.effect in ("role", "module")):
        yield "a vote on people, modules or a canvas collects nothing"
    if step.collecting and step.reveal != "live":
        yield "what is put forward in a vote is seen at once"
    if step.effect == "case" and not any(one.collects == "pitch" for one in (*told, step)):
        yield "chooses a case, but uses no step that collects pitches"
    if step.effect in ("case", "role", "module") and step.scale.type not in ("dots", "pick"):
        yield f"a {step.effect} is chosen by dots or pick"
    if step.effect == "gate" and step.scale.type != "consent":
        yield "a gate opens by consent"
    if step.effect == "question" and step.scale.type not in ("dots", "pick", "consent"):
        yield "a question is chosen by dots, pick or consent"
    if step.scale.type == "label" and len(step.scale.labels) < 2:
        yield "needs at least two labels"
    if step.scale.type == "score" and step.scale.low >= step.scale.high:
        yield "low and high of the score must rise"
    if step.scale.apart and not {"B", "C"} <= step.acting:
        yield "apart needs bringer and participants to judge"


def _effects(method: Method, index: int, step: Step) -> Iterator[str]:
    if step.effect == "module" and not method.modules:
        yield "chooses a module, but there are none"
    if step.effect == "module" and not any(one.include for one in method.steps[index + 1 :]):
        yield "chooses a module that no later step includes"
    if step.include and not any(one.effect == "module" for one in method.steps[:index]):
        yield "includes a module that no earlier step chooses"
    if step.include and (step.kind == "judge" or step.group):
        yield "a step that includes a module is no vote and has no sub-groups"
    if step.effect == "question" and step.kind != "judge" and step.reveal != "live":
        yield "a question that becomes everybody's is seen at once"
    if step.advance != "lead" and step.kind == "judge":
        yield "a vote is closed by who leads"
    if step.optional and index == 0:
        yield "the first step cannot be skipped"


def _apart(method: Method, index: int, step: Step) -> Iterator[str]:
    """Sub-groups: what is said there stays there, so nobody else can use it."""
    loop, start = method.loop, method.loop_start
    in_loop = loop is not None and loop.group is not None and start is not None and index >= start
    if step.group and loop is not None:
        yield "sub-groups do not go with a loop"
    if step.group and (step.names_at or step.reveal == "turn" or step.reveal.startswith("step:")):
        yield "what is said in sub-groups stays there: it cannot open, or get names, in a later step"
    if loop is not None and loop.group is not None and start is not None and not in_loop:
        later = {step.reveal.removeprefix("step:"), step.names_at}
        if any(
            one.id in later or (step.reveal == "turn" and _uses(one, step)) for one in method.steps[start:]
        ):
            yield "what is said by all cannot open, or get names, in sub-groups"
    if (step.group or in_loop) and step.effect not in (None, "question"):
        yield "sub-groups decide nothing for all"
    if in_loop and step.stance.get("C") in ("turned", "away"):
        yield "in sub-groups nobody but the bringer is turned or away"
    for use in step.uses:
        other = method.positions[use.step]
        if method.step(use.step).group or (in_loop and start is not None and other < start):
            yield f"uses {use.step} of another table"


def _uses(step: Step, other: Step) -> bool:
    return other.id in {use.step for use in step.uses}


def _whole(method: Method) -> Iterator[str]:
    cases = [step for step in method.steps if step.effect == "case" or "B" in step.casts]
    if len(cases) > 1:
        yield "chooses a case more than once"
    if method.loop and method.step(method.loop.start).optional:
        yield "the step with which a turn begins cannot be skipped"
    if method.loop and cases:
        yield "all take turns to bring, so no case is chosen"
    found = method.case_step
    first = next((i for i, step in enumerate(method.steps) if "B" in step.acting | step.answering), None)
    if found is not None and first is not None:
        early = method.steps[first:found]
        if any("A" not in one.actors for one in early):
            yield "the bringer acts before the case is chosen"
    if not (method.needs_bringer or cases):
        return
    silent = [i for i, step in enumerate(method.steps) if "B" in step.stance]
    after = method.steps[max(silent) + 1 :] if silent else method.steps
    if not any("B" in step.acting | step.answering for step in after):
        yield "the bringer has no way back in"
