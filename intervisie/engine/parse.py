"""From a method's JSON to a Method; whatever is wrong is named by its place."""

from collections.abc import Callable

from intervisie.engine import method as m
from intervisie.engine.canvases import label, named_canvas
from intervisie.engine.errors import MethodError
from intervisie.engine.method import Text
from intervisie.engine.reading import Reader, listed, number, one_of, text, truth, whole, word


def parse(data: object) -> m.Method:
    """The method in this JSON value. Raises MethodError."""
    read = Reader(data, "")
    result = m.Method(
        id=read.get("id", word),
        version=read.get("version", whole),
        name=read.get("name", text),
        summary=read.get("summary", text),
        group=read.get("group", _group),
        steps=read.get("steps", listed(_step)),
        purpose=read.get("purpose", listed(word), ()),
        experience=read.get("experience", one_of("none", "some", "much"), "none"),
        loop=read.get("loop", _loop, None),
        interrupts=read.get("interrupts", listed(one_of(*m.INTERRUPTS)), ()),
        modules=read.get("modules", listed(_step), ()),
        titles=read.get("titles", _by_role, {}),
        confidentiality=read.get("confidentiality", one_of("normal", "double"), "normal"),
        source=read.get("source", listed(word), ()),
        licence=read.get("licence", word),
        credit=read.get("credit", text),
        parent=read.get("parent", word, None),
    )
    read.done()
    if not result.steps:
        raise MethodError("steps", "must not be empty")
    _check_names(result)
    return result


def _check_names(method: m.Method) -> None:
    if len(method.positions) != len(method.steps):
        raise MethodError("steps", "two steps have the same id")
    for index, step in enumerate(method.steps):
        _check_links(method, step, f"steps[{index}]")
    for index, module in enumerate(method.modules):
        _check_links(method, module, f"modules[{index}]")
    if len({module.id for module in method.modules}) != len(method.modules):
        raise MethodError("modules", "two modules have the same id")
    if method.loop and method.loop.start not in method.positions:
        raise MethodError("loop.start", f"names a step {method.loop.start!r} that is not there")


def _check_links(method: m.Method, step: m.Step, path: str) -> None:
    named = [use.step for use in step.uses]
    if step.reveal.startswith("step:"):
        named.append(step.reveal.removeprefix("step:"))
    named += [name for name in (step.names_at, step.gate) if name is not None]
    for name in named:
        if name not in method.positions:
            raise MethodError(path, f"names a step {name!r} that is not there")
    for use in step.uses:
        if use.filter is not None and use.filter not in _filters(method.step(use.step)):
            raise MethodError(path, f"filters by {use.filter!r}, which {use.step!r} does not give")


def _filters(judge: m.Step) -> set[str]:
    if judge.scale is None:
        return set()
    return {m.CHOSEN} if judge.scale.type in ("pick", "dots") else {one.id for one in judge.scale.labels}


def _step(data: object, path: str) -> m.Step:
    read = Reader(data, path)
    kind = read.get("kind", one_of(*m.KINDS))
    order = "fixed" if kind == "round" else "free"
    step = m.Step(
        id=read.get("id", word),
        kind=kind,
        title=read.get("title", text),
        short=read.get("short", text),
        instruction=read.get("instruction", _instruction),
        actors=read.get("actors", _roles),
        minutes=read.get("minutes", _minutes),
        answerer=read.get("answerer", _roles, frozenset()),
        stance=read.get("stance", _stance, {}),
        script=read.get("script", text, None),
        items=read.get("items", _items, m.Items(max=1) if kind == "round" else m.Items()),
        stem=read.get("stem", text, None),
        canvas=read.get("canvas", named_canvas, None),
        collects=read.get("collects", one_of(*m.COLLECTS), m.collected_by(kind)),
        collecting="collects" in read.names(),
        reveal=read.get("reveal", _reveal, "live"),
        attribution=read.get("attribution", one_of(*m.ATTRIBUTIONS), "named"),
        names_at=read.get("names_at", word, None),
        turns=read.get("turns", _turns(order), m.Turns(order=order)),
        uses=read.get("uses", listed(_use), ()),
        scale=read.get("scale", _scale, None),
        effect=read.get("effect", one_of(*m.EFFECTS), None),
        rules=read.get("rules", listed(_rule), ()),
        side=read.get("side", _side, None),
        chat=read.get("chat", _roles, frozenset()),
        persona=read.get("persona", _persona, None),
        group=read.get("group", _circle, None),
        repeat=read.get("repeat", one_of(*m.REPEATS), None),
        gate=read.get("gate", word, None),
        casts=read.get("casts", listed(one_of(*m.CASTS)), ()),
        include=read.get("include", truth, False),
        optional=read.get("optional", truth, False),
        joins_in=read.get("joins_in", truth, False),
        advance=read.get("advance", one_of(*m.ADVANCES), "lead"),
        observer=read.get("observer", one_of("process", "content"), "process"),
    )
    read.done()
    return _whole_step(step, path)


def _whole_step(step: m.Step, path: str) -> m.Step:
    if (step.kind == "judge") != (step.scale is not None):
        raise MethodError(f"{path}.scale", "belongs to a judge step, and a judge step needs one")
    if step.kind == "ask" and not step.answerer:
        raise MethodError(f"{path}.answerer", "is missing: an ask step needs one")
    if step.answerer and step.kind not in ("ask", "round"):
        raise MethodError(
            f"{path}.answerer", "belongs to an ask step, or to a round in which somebody answers"
        )
    if step.effect in ("case", "role", "module", "gate") and step.kind != "judge":
        raise MethodError(f"{path}.effect", f"{step.effect} is decided in a judge step")
    if (step.effect == "gate") != (step.gate is not None):
        raise MethodError(f"{path}.gate", "belongs to the effect gate, which needs one")
    if (step.effect == "role") != bool(step.casts):
        raise MethodError(f"{path}.casts", "belongs to the effect role, which needs one")
    if step.collecting and step.kind == "pause":
        raise MethodError(f"{path}.collects", "does not go with a pause")
    return step


def _roles(data: object, path: str) -> frozenset[str]:
    return frozenset(listed(one_of(*m.ROLES, "A"))(data, path))


def _reveal(data: object, path: str) -> str:
    if isinstance(data, str) and data.startswith("step:") and len(data) > 5:
        return data
    return one_of(*m.REVEALS)(data, path)


def _instruction(data: object, path: str) -> dict[str, Text]:
    read = Reader(data, path)
    keys = [*m.ROLES, *m.STANCES, "floor", "default"]
    texts = {key: read.get(key, text) for key in read.names() if key in keys}
    read.done()
    if "default" not in texts:
        raise MethodError(f"{path}.default", "is missing")
    return texts


def _stance(data: object, path: str) -> dict[str, str]:
    read = Reader(data, path)
    stances = {role: read.get(role, one_of(*m.STANCES)) for role in read.names() if role in m.ROLES}
    read.done()
    return stances


def _minutes(data: object, path: str) -> m.Minutes:
    read = Reader(data, path)
    result = m.Minutes(
        default=read.get("default", number),
        min=read.get("min", number, None),
        max=read.get("max", number, None),
        per_person=read.get("per_person", truth, False),
        end=read.get("end", one_of("soft", "hard"), "soft"),
        estimated=read.get("estimated", truth, False),
    )
    read.done()
    return result


def _items(data: object, path: str) -> m.Items:
    read = Reader(data, path)
    result = m.Items(
        min=read.get("min", whole, 0),
        max=read.get("max", whole, None),
        max_words=read.get("max_words", whole, None),
    )
    read.done()
    return result


def _turns(order: str) -> Callable[[object, str], m.Turns]:
    def read_turns(data: object, path: str) -> m.Turns:
        read = Reader(data, path)
        result = m.Turns(
            order=read.get("order", one_of("free", "fixed", "lot"), order),
            seconds=read.get("seconds", whole, None),
        )
        read.done()
        return result

    return read_turns


def _use(data: object, path: str) -> m.Use:
    read = Reader(data, path)
    result = m.Use(step=read.get("step", word), filter=read.get("filter", word, None))
    read.done()
    return result


def _scale(data: object, path: str) -> m.Scale:
    read = Reader(data, path)
    result = m.Scale(
        type=read.get("type", one_of(*m.SCALES)),
        dots=read.get("dots", whole, 3),
        labels=read.get("labels", listed(label), ()),
        low=read.get("low", whole, 1),
        high=read.get("high", whole, 5),
        apart=read.get("apart", truth, False),
    )
    read.done()
    return result


def _persona(data: object, path: str) -> m.Persona:
    read = Reader(data, path)
    result = m.Persona(
        speaks=read.get("speaks", _by_role, {}), choose=read.get("choose", _people, frozenset())
    )
    read.done()
    if not result.speaks and not result.choose:
        raise MethodError(path, "must say who speaks as whom")
    return result


def _by_role(data: object, path: str) -> dict[str, Text]:
    read = Reader(data, path)
    texts = {role: read.get(role, text) for role in read.names() if role in m.ROLES}
    read.done()
    return texts


def _people(data: object, path: str) -> frozenset[str]:
    return frozenset(listed(one_of(*m.ROLES))(data, path))


def _circle(data: object, path: str) -> m.Circle:
    read = Reader(data, path)
    result = m.Circle(min=read.get("min", whole), max=read.get("max", whole))
    read.done()
    if not 2 <= result.min <= result.max:
        raise MethodError(path, "min and max must rise, from 2")
    return result


def _loop(data: object, path: str) -> m.Loop:
    read = Reader(data, path)
    result = m.Loop(start=read.get("start", word), group=read.get("group", _circle, None))
    read.done()
    return result


def _rule(data: object, path: str) -> m.Rule:
    read = Reader(data, path)
    result = m.Rule(
        id=read.get("id", one_of(*m.RULES)), level=read.get("level", one_of("nudge", "block"), "nudge")
    )
    read.done()
    return result


def _side(data: object, path: str) -> m.Side:
    read = Reader(data, path)
    result = m.Side(
        roles=read.get("roles", _people),
        stem=read.get("stem", text, None),
        reveal=read.get("reveal", one_of(*m.SIDE_REVEALS), "never"),
    )
    read.done()
    return result


def _group(data: object, path: str) -> m.Group:
    read = Reader(data, path)
    result = m.Group(min=read.get("min", whole), ideal=read.get("ideal", whole), max=read.get("max", whole))
    read.done()
    return result
