"""Judging: what can be chosen and how, and what came of it."""

import math

from intervisie.room.look import Json, Look

ROLES = "BFNT"
COUNTED = ("dots", "pick")  # scales of which no more is told than how often
HEIGHT = 20  # of the bars
LONGEST_NAME = 80  # characters, of what a group of buttons is about
PETAL = "M0 0C-50 -40 -34 -100 0 -100S50 -40 0 0"  # a hundred long, upwards


def judging(look: Look) -> bool:
    """Whether the vote of now is still open."""
    judge = look.view["judge"]
    return judge is not None and look.step is not None and look.step["id"] == judge["step"]


def over(look: Look) -> Json | None:
    """The newest vote that is over."""
    judge: Json | None = look.view["judge"]
    return judge["last"] if judge and judging(look) else judge


def ballot(look: Look) -> Json | None:
    """What is said above the vote, and the options that are no contributions: people, modules, fields of a canvas."""
    if not judging(look):
        return None
    tool, scale = look.tool("vote"), _scale(look)
    dots = scale["type"] == "dots"
    return {
        "votes": tool is not None,
        "left": _dots_left(look, tool["left"]) if tool and dots else "",
        "sees": look.sees(tool) if tool else "",
        "hint": "" if dots else look.word("take_back"),
        "groups": _groups(look),
    }


def _scale(look: Look) -> Json:
    step = look.step_of(look.view["judge"]["step"])
    scale: Json = step["scale"] if step else {}
    return scale


def _dots_left(look: Look, left: int) -> str:
    return look.word({0: "dots_left_none", 1: "dots_left_one"}.get(left, "dots_left_many"), n=left)


def _groups(look: Look) -> list[Json]:
    """Options that are no contributions, people by the role that they could have."""
    options = [one for one in look.view["judge"]["options"] if one[1:2] == ":"]
    kinds = list(dict.fromkeys(option[0] for option in options))
    return [
        {
            "title": look.word(f"cast_{kind}") if kind in ROLES else "",
            "options": [_option(look, option) for option in options if option[0] == kind],
        }
        for kind in kinds
    ]


def _option(look: Look, option: str) -> Json:
    told = _described(look, look.view["judge"]["step"], option)
    return {"id": option, **told, "vote": vote(look, option, told["title"] if told["person"] else "")}


def _described(look: Look, at: str, option: str) -> Json:
    """`at`: the step of the vote. What an option is: the name of a person, a module, a field of a canvas, or what a contribution says."""
    kind, colon, name = option.partition(":")
    if colon and kind in ROLES:
        me = int(name) == look.me["seat"]
        return {
            "person": True,
            "title": look.name(int(name)) + (f" ({look.word('you')})" if me else ""),
            "text": "",
        }
    if colon and kind == "m":
        module = look.texts["method"]["modules"][name]
        return {"person": False, "title": module["title"], "text": module["instruction"]["default"]}
    if colon:
        step = look.step_of(at)
        fields = step["canvas"]["fields"] if step and step["canvas"] else []
        field = next(one for one in fields if one["id"] == name)
        return {"person": False, "title": field["label"], "text": field["hint"]}
    item = next((one for one in look.view["items"] if one["id"] == option), None)
    return {
        "person": False,
        "title": item["text"] if item else "",
        "text": look.name(item["by"]) if item else "",
    }


def vote(look: Look, option: str, name: str = "") -> Json | None:
    """My choice for one option: its buttons, and whether it was settled on. `name`: of who can be picked by it."""
    judge = look.view["judge"]
    if not judging(look) or option not in judge["options"]:
        return None
    tool, scale = look.tool("vote"), _scale(look)
    kind = scale["type"]
    return {
        "chosen": option == judge["chosen"] or option in judge["cast"],
        "option": option,
        "type": kind,
        "label": _group_name(look, scale, option),
        "choices": _choices(look, scale, judge["mine"].get(option, 0), tool, name) if tool else [],
        "named": bool(tool and name and kind == "pick"),
    }


def _group_name(look: Look, scale: Json, option: str) -> str:
    """What is asked, and about what: who cannot see where the buttons stand hears it."""
    asked = look.word(f"vote_{scale['type']}", low=scale["low"], high=scale["high"])
    title = _described(look, look.view["judge"]["step"], option)["title"]
    short = title if len(title) <= LONGEST_NAME else f"{title[: LONGEST_NAME - 1]}…"
    return f"{asked}: {short}" if short else asked


def _choices(look: Look, scale: Json, mine: int, tool: Json, name: str) -> list[Json]:
    """One button for each value. Pressing what is chosen takes it back, but for dots, which have a 0."""
    if scale["type"] == "dots":
        return [
            {
                "value": n,
                "on": n == mine,
                "off": n > mine + tool["left"],
                "text": str(n),
                "label": counted(look, "dots", n),
                "level": "",
            }
            for n in range(scale["dots"] + 1)
        ]
    return [
        {
            "value": 0 if value == mine else value,
            "on": value == mine,
            "off": False,
            "text": text,
            "label": "",
            "level": level(scale, value) if scale["type"] == "label" else "",
        }
        for value, text in _values(look, scale, mine, name)
    ]


def _values(look: Look, scale: Json, mine: int = 0, name: str = "") -> list[tuple[int, str]]:
    """The values of a scale with their words."""
    if scale["type"] == "pick":
        return [(1, name or look.word("picked" if mine else "pick"))]
    if scale["type"] == "consent":
        return [(value, look.word(f"consent_{value}")) for value in (1, 2)]
    if scale["type"] == "label":
        return list(enumerate(scale["labels"], start=1))
    return [(value, str(value)) for value in range(scale["low"], scale["high"] + 1)]


def level(scale: Json, value: int) -> str:
    """How warm a label is: the first of them most, the last least."""
    return "high" if value == 1 else "low" if value == len(scale["labels"]) else "middle"


def counted(look: Look, what: str, n: int) -> str:
    """So many dots or picks, in words."""
    return look.word(f"{what}_one") if n == 1 else look.word(f"{what}_many", n=n)


def outcome(look: Look) -> Json | None:
    """What came of the newest vote that is over; where it labelled contributions for the bringer, they say so."""
    judge = over(look)
    step = look.step_of(judge["step"]) if judge else None
    still = look.step is not None and look.step["kind"] == "pause"
    quiet = look.me["stance"] == "turned" or look.phase == "ended" or still
    if (
        judge is None
        or step is None
        or quiet
        or (step["scale"]["type"] == "label" and step["acting"] == ["B"])
    ):
        return None
    lines = [] if judge["results"] is None else _lines(look, judge, step["scale"])
    return {
        "step": step["id"],
        "title": look.word("came_out", step=step["title"]),
        "fresh": look.steps.index(step) >= look.number - 1,
        "open": step["scale"]["type"] not in COUNTED,
        "few": judge["results"] is None,
        "lines": lines,
        "petals": _petals(look, judge, step, lines),
    }


def _lines(look: Look, judge: Json, scale: Json) -> list[Json]:
    options = [option for option in judge["options"] if option in judge["results"]]
    if scale["type"] in COUNTED:
        options = [one for one in options if judge["results"][one] or one[1:2] != ":"]
        options.sort(key=lambda one: (one[0] if one[1:2] == ":" else "", -judge["results"][one]))
    return [_line(look, judge, scale, option) for option in options]


def _line(look: Look, judge: Json, scale: Json, option: str) -> Json:
    told = _described(look, judge["step"], option)
    found = judge["results"][option]
    role = look.word(f"cast_{option[0]}") if told["person"] else ""
    line: Json = {
        "title": f"{role} {told['title']}".strip(),
        "chosen": option == judge["chosen"] or option in judge["cast"],
        "text": "",
        "spread": [],
        "bars": None,
        "mean": 0,
        "bringer": 0,
    }
    if scale["type"] in COUNTED:
        return line | {"text": counted(look, "dots" if scale["type"] == "dots" else "picks", found)}
    if scale["type"] == "score":
        return line | _scored(look, scale, found, (judge["bringer"] or {}).get(option, 0))
    most = sum(found.values())
    spread = [
        {
            "text": text,
            "n": found.get(str(value), 0),
            "of": most,
            "level": level(scale, value) if scale["type"] == "label" else "",
        }
        for value, text in _values(look, scale)
    ]
    return line | ({"spread": spread} if most else {"text": look.word("no_answers")})


def _scored(look: Look, scale: Json, found: dict[str, int], own: int) -> Json:
    """Scores as bars, their mean, all that were given in order of height, and the bringer's own beside them."""
    values = [(value, found.get(str(value), 0)) for value, _ in _values(look, scale)]
    n = sum(count for _, count in values)
    mean = (20 * sum(value * count for value, count in values) + n) // (2 * n) if n else 0
    given = ", ".join(str(value) for value, count in values for _ in range(count))
    words = [look.word("mean", n=tenths(look, mean)), look.word("given", values=given)]
    words = words if n else [look.word("no_answers")]
    words += [f"{look.bringer}: {own}"] if own else []
    words += [look.word("difference", n=tenths(look, abs(10 * own - mean)))] if own and n else []
    most = max(count for _, count in values) or 1
    bars = [
        {
            "x": 10 * at + 1,
            "y": HEIGHT - HEIGHT * count // most,
            "height": HEIGHT * count // most,
            "at": 10 * at + 5,
            "own": value == own,
        }
        for at, (value, count) in enumerate(values)
    ]
    return {
        "text": " · ".join(words),
        "bars": {"width": 10 * len(bars), "all": bars},
        "mean": mean,
        "bringer": own,
    }


def tenths(look: Look, n: int) -> str:
    """34 → "3,4", as the reader's language writes it."""
    return f"{n // 10}{'.' if look.texts['language'] == 'en' else ','}{n % 10}"


def _petals(look: Look, judge: Json, step: Json, lines: list[Json]) -> Json | None:
    """The scores of a canvas with petals as a flower: how far each reaches, of a hundred."""
    canvas, scale = step["canvas"], step["scale"]
    if not canvas or canvas["layout"] != "petals" or scale["type"] != "score" or not lines:
        return None
    whole = 10 * scale["high"]
    petals = [
        {
            "turn": 360 * at // len(lines),
            "group": hundredths(100 * line["mean"] // whole),
            "own": hundredths(1000 * line["bringer"] // whole) if line["bringer"] else "",
            **_beside(360 * at // len(lines)),
            "label": line["title"],
        }
        for at, line in enumerate(lines)
    ]
    own = look.bringer if judge["bringer"] else ""
    return {"all": petals, "shape": PETAL, "group": look.word("group"), "bringer": own}


def hundredths(n: int) -> str:
    return f"{n / 100:.2f}"


def _beside(turn: int) -> Json:
    """Where the name of a petal stands, that points this many degrees from the top."""
    x, y = math.sin(math.radians(turn)), -math.cos(math.radians(turn))
    anchor = "middle" if abs(x) < 0.2 else "start" if x > 0 else "end"
    return {"x": math.floor(110 * x + 0.5), "y": math.floor(110 * y + 0.5), "anchor": anchor}
