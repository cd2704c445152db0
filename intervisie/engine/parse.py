"""From a method's JSON to a Method; whatever is wrong is named by its place."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from intervisie.engine import method as m
from intervisie.engine.errors import MethodError
from intervisie.engine.method import Text

T = TypeVar("T")
_MISSING = object()
LAYOUTS = ("columns", "rows", "quadrant", "matrix", "field", "petals")


class Reader:
    """One JSON object with its place in the file. Every key must be asked for: `done` complains about the rest."""

    def __init__(self, data: object, path: str) -> None:
        if not isinstance(data, Mapping):
            raise MethodError(path or "method", "must be an object")
        self._data, self._path, self._asked = data, path, set[str]()

    def place(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def names(self) -> list[str]:
        return [str(key) for key in self._data]

    def get(self, key: str, read: Callable[[object, str], T], default: object = _MISSING) -> T:
        """The value of `key`, read; the default where it is not there. Raises MethodError."""
        self._asked.add(key)
        if key not in self._data:
            if default is _MISSING:
                raise MethodError(self.place(key), "is missing")
            return default  # type: ignore[return-value]
        return read(self._data[key], self.place(key))

    def done(self) -> None:
        for key in self.names():
            if key not in self._asked:
                raise MethodError(self.place(key), "is not known")


def parse(data: object) -> m.Method:
    """The method in this JSON value. Raises MethodError."""
    read = Reader(data, "")
    result = m.Method(
        id=read.get("id", _word),
        version=read.get("version", _whole),
        name=read.get("name", text),
        summary=read.get("summary", text),
        group=read.get("group", _group),
        steps=read.get("steps", listed(_step)),
        purpose=read.get("purpose", listed(_word), ()),
        experience=read.get("experience", one_of("none", "some", "much"), "none"),
        loop=read.get("loop", _loop, None),
        interrupts=read.get("interrupts", listed(one_of(*m.INTERRUPTS)), ()),
        modules=read.get("modules", listed(_step), ()),
        titles=read.get("titles", _by_role, {}),
        confidentiality=read.get("confidentiality", one_of("normal", "double"), "normal"),
        source=read.get("source", listed(_word), ()),
        licence=read.get("licence", _word),
        credit=read.get("credit", text),
        parent=read.get("parent", _word, None),
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
    return {m.CHOSEN} if judge.scale.type in ("pick", "dots") else {label.id for label in judge.scale.labels}


def _step(data: object, path: str) -> m.Step:
    read = Reader(data, path)
    kind = read.get("kind", one_of(*m.KINDS))
    order = "fixed" if kind == "round" else "free"
    step = m.Step(
        id=read.get("id", _word),
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
        canvas=read.get("canvas", _canvas, None),
        collects=read.get("collects", one_of(*m.COLLECTS), m.collected_by(kind)),
        collecting="collects" in read.names(),
        reveal=read.get("reveal", _reveal, "live"),
        attribution=read.get("attribution", one_of(*m.ATTRIBUTIONS), "named"),
        names_at=read.get("names_at", _word, None),
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
        gate=read.get("gate", _word, None),
        casts=read.get("casts", listed(one_of(*m.CASTS)), ()),
        include=read.get("include", _truth, False),
        optional=read.get("optional", _truth, False),
        joins_in=read.get("joins_in", _truth, False),
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


def text(data: object, path: str) -> Text:
    """A text in both languages, neither of them empty."""
    read = Reader(data, path)
    result = Text(nl=read.get("nl", _word), en=read.get("en", _word))
    read.done()
    return result


def listed(read: Callable[[object, str], T]) -> Callable[[object, str], tuple[T, ...]]:
    """A reader for a list of what `read` reads."""

    def read_all(data: object, path: str) -> tuple[T, ...]:
        if not isinstance(data, (list, tuple)):
            raise MethodError(path, "must be a list")
        return tuple(read(one, f"{path}[{index}]") for index, one in enumerate(data))

    return read_all


def one_of(*words: str) -> Callable[[object, str], str]:
    """A reader for one of these words."""

    def read_word(data: object, path: str) -> str:
        if not isinstance(data, str) or data not in words:
            raise MethodError(path, f"must be one of {', '.join(words)}")
        return data

    return read_word


def _word(data: object, path: str) -> str:
    if not isinstance(data, str) or not data.strip():
        raise MethodError(path, "must be a text")
    return data


def _whole(data: object, path: str) -> int:
    if type(data) is not int or data < 0:
        raise MethodError(path, "must be a whole number, 0 or more")
    return data


def _number(data: object, path: str) -> float:
    if type(data) not in (int, float) or not 0 < float(data) < 1000:  # type: ignore[arg-type]
        raise MethodError(path, "must be a number above 0")
    return float(data)  # type: ignore[arg-type]


def _truth(data: object, path: str) -> bool:
    if type(data) is not bool:
        raise MethodError(path, "must be true or false")
    return data


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
        default=read.get("default", _number),
        min=read.get("min", _number, None),
        max=read.get("max", _number, None),
        per_person=read.get("per_person", _truth, False),
        end=read.get("end", one_of("soft", "hard"), "soft"),
        estimated=read.get("estimated", _truth, False),
    )
    read.done()
    return result


def _items(data: object, path: str) -> m.Items:
    read = Reader(data, path)
    result = m.Items(
        min=read.get("min", _whole, 0),
        max=read.get("max", _whole, None),
        max_words=read.get("max_words", _whole, None),
    )
    read.done()
    return result


def _turns(order: str) -> Callable[[object, str], m.Turns]:
    def read_turns(data: object, path: str) -> m.Turns:
        read = Reader(data, path)
        result = m.Turns(
            order=read.get("order", one_of("free", "fixed", "lot"), order),
            seconds=read.get("seconds", _whole, None),
        )
        read.done()
        return result

    return read_turns


def _use(data: object, path: str) -> m.Use:
    read = Reader(data, path)
    result = m.Use(step=read.get("step", _word), filter=read.get("filter", _word, None))
    read.done()
    return result


def _scale(data: object, path: str) -> m.Scale:
    read = Reader(data, path)
    result = m.Scale(
        type=read.get("type", one_of(*m.SCALES)),
        dots=read.get("dots", _whole, 3),
        labels=read.get("labels", listed(_label), ()),
        low=read.get("low", _whole, 1),
        high=read.get("high", _whole, 5),
        apart=read.get("apart", _truth, False),
    )
    read.done()
    return result


def _label(data: object, path: str) -> m.Label:
    read = Reader(data, path)
    result = m.Label(id=read.get("id", _word), text=Text(nl=read.get("nl", _word), en=read.get("en", _word)))
    read.done()
    return result


def _canvas(data: object, path: str) -> m.Canvas:
    """A canvas by the name under which it is shipped, or whole."""
    if isinstance(data, str):
        if data not in canvases():
            raise MethodError(path, f"must be one of {', '.join(canvases())}")
        return canvases()[data]
    return canvas(data, path)


def canvas(data: object, path: str) -> m.Canvas:
    """The canvas in this JSON value. Raises MethodError."""
    read = Reader(data, path)
    result = m.Canvas(
        id=read.get("id", _word),
        name=read.get("name", text),
        layout=read.get("layout", one_of(*LAYOUTS)),
        fields=read.get("fields", listed(_field)),
        cells=read.get("cells", _truth, False),
    )
    read.done()
    if len({one.id for one in result.fields}) != len(result.fields) or not result.fields:
        raise MethodError(f"{path}.fields", "need ids that differ, and at least one")
    return result


def _field(data: object, path: str) -> m.Field:
    read = Reader(data, path)
    result = m.Field(
        id=read.get("id", _word),
        label=read.get("label", text),
        hint=read.get("hint", text, None),
        options=read.get("options", listed(_label), ()),
    )
    read.done()
    return result


@cache
def canvases() -> dict[str, m.Canvas]:
    """The canvases that are shipped, by id. Raises MethodError where the file is not sound."""
    data = json.loads((Path(__file__).parent / "methods" / "canvases.json").read_text(encoding="utf-8"))
    return {one.id: one for one in listed(canvas)(data["canvases"], "canvases")}


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
    result = m.Circle(min=read.get("min", _whole), max=read.get("max", _whole))
    read.done()
    if not 2 <= result.min <= result.max:
        raise MethodError(path, "min and max must rise, from 2")
    return result


def _loop(data: object, path: str) -> m.Loop:
    read = Reader(data, path)
    result = m.Loop(start=read.get("start", _word), group=read.get("group", _circle, None))
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
    result = m.Group(
        min=read.get("min", _whole), ideal=read.get("ideal", _whole), max=read.get("max", _whole)
    )
    read.done()
    return result
