"""Where host cities lie on the map of dots, and where their names go. Pure: from cities and their states to a drawing."""

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

PLACES = Path(__file__).parent / "data" / "places_nl.csv"
WIDTH, HEIGHT = 300, 320  # of the drawing, with room for names around the country

# What people call a city that GeoNames knows by another name.
CALLED = {
    "den haag": "the hague",
    "den bosch": "'s-hertogenbosch",
    "almere": "almere stad",
    "'s-gravenhage": "the hague",
}
# Where a city is a host more than once, the state that says most.
STATES = ("next", "open", "held")

_SCALE = 108.0  # units per degree of latitude
_WEST, _NORTH = 3.14, 53.64
_NARROWING = math.cos(math.radians(52.2))  # a degree of longitude, at our latitude
_LETTER = 5.7  # the mean width of a letter of a name, at the size of map.css
_LINE = 11.0  # the height of a name
_MARK = 6.5  # half a mark's width
_NEAR = 17.0  # a name further from its mark than this gets a line to it

Box = tuple[float, float, float, float]  # left, top, right, bottom
Point = tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """A host city on the map: its mark, its name, and the line between them where they stand apart. Numbers are texts, for SVG."""

    city: str
    state: str
    x: str
    y: str
    label_x: str
    label_y: str
    anchor: str
    line: str


def project(latitude: float, longitude: float) -> Point:
    """Degrees to units of the drawing."""
    return (longitude - _WEST) * _NARROWING * _SCALE, (_NORTH - latitude) * _SCALE


def rows() -> Iterator[dict[str, str]]:
    """The places of the data, row by row."""
    with PLACES.open(newline="") as file:
        yield from csv.DictReader(file)


@cache
def _places() -> dict[str, Point]:
    """The point of each name in small letters; of several places with one name the largest."""
    found = {
        row["name"].casefold(): project(float(row["latitude"]), float(row["longitude"]))
        for row in sorted(rows(), key=lambda row: int(row["population"]))
    }
    return found | {name: found[known] for name, known in CALLED.items()}


def point_of(city: str) -> Point | None:
    """Where a city lies; None for a place that the data do not know."""
    return _places().get(city.strip().replace("’", "'").casefold())


def spots(stops: Iterable[tuple[str, str]]) -> tuple[Spot, ...]:
    """Each city of these (city, state) that the map knows, once, with a place for its name."""
    states: dict[str, str] = {}
    for city, state in stops:
        states[city] = min(states.get(city, state), state, key=STATES.index)
    return _drawn(tuple(states.items()))


@lru_cache(256)
def _drawn(states: tuple[tuple[str, str], ...]) -> tuple[Spot, ...]:
    marks = {city: point for city, _ in states if (point := point_of(city))}
    names: list[Box] = []
    lines: list[Point] = []
    places: dict[str, tuple[Point, str, float]] = {}
    # Who has the most neighbours chooses first.
    for city in sorted(marks, key=lambda city: (-_neighbours(marks[city], marks.values()), city)):
        others = [point for name, point in marks.items() if name != city]
        places[city] = _place(marks[city], city, names, lines, others)
        names.append(_label_box(*places[city][:2], city))
        lines += _line(marks[city], *places[city])
    return tuple(_spot(city, state, marks[city], *places[city]) for city, state in states if city in marks)


def _spot(city: str, state: str, mark: Point, label: Point, anchor: str, away: float) -> Spot:
    line = _line(mark, label, anchor, away)
    path = f"M{line[0][0]:.1f} {line[0][1]:.1f}L{line[-1][0]:.1f} {line[-1][1]:.1f}" if line else ""
    return Spot(
        city, state, f"{mark[0]:.1f}", f"{mark[1]:.1f}", f"{label[0]:.1f}", f"{label[1]:.1f}", anchor, path
    )


def _line(mark: Point, label: Point, anchor: str, away: float) -> list[Point]:
    """Points from the edge of a mark to just before its name; none where the name stands beside it."""
    if away <= _NEAR:
        return []
    end = (label[0], label[1] - _LINE * 0.3)
    shares = [share / 8 for share in range(1, 8)]
    parts = [(_MARK - 1) / away, *(share for share in shares if share * away >= _MARK), 1 - 2 / away]
    return [(mark[0] + (end[0] - mark[0]) * part, mark[1] + (end[1] - mark[1]) * part) for part in parts]


def _neighbours(mark: Point, marks: Iterable[Point]) -> int:
    return sum(math.dist(mark, other) < 40 for other in marks)


def _place(
    mark: Point, city: str, names: list[Box], lines: list[Point], others: list[Point]
) -> tuple[Point, str, float]:
    """The spot around a mark where the name hides no other name or mark, near by, with lines that cross little."""
    best, least = (mark, "start", 0.0), math.inf
    marks = [_box_around(point, _MARK) for point in [mark, *others]]
    for label, anchor, away in _around(mark):
        if away >= least:
            break
        box = _label_box(label, anchor, city)
        hidden = sum(_overlap(box, other) > 0 for other in names + marks)
        cost = away + 1000 * hidden + 100 * _outside(box) + 20 * sum(_inside(point, box) for point in lines)
        if cost < least:
            line = _line(mark, label, anchor, away)
            cost += 6 * sum(_inside(point, other) for point in line for other in names + marks[1:])
        if cost < least:
            best, least = (label, anchor, away), cost
    return best


def _inside(point: Point, box: Box) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


@cache
def _directions() -> tuple[tuple[float, float, str], ...]:
    """East, west, then the slanting ones, then straight up and down: how people like to read a map."""
    degrees = (0, 180, 335, 25, 205, 155, 310, 50, 230, 130, 270, 90, 290, 70, 250, 110)
    turns = [math.radians(degree) for degree in degrees]
    return tuple((math.cos(t), math.sin(t), _anchor(math.cos(t))) for t in turns)


def _anchor(cosine: float) -> str:
    if cosine > 0.3:
        return "start"
    return "end" if cosine < -0.3 else "middle"


def _around(mark: Point) -> Iterator[tuple[Point, str, float]]:
    for away in (9.5, 13.0, 17.0, 23.0, 30.0, 38.0, 47.0, 57.0, 68.0, 80.0, 95.0, 110.0):
        for cosine, sine, anchor in _directions():
            yield (mark[0] + away * cosine, mark[1] + away * sine + _LINE * 0.3), anchor, away


def _label_box(label: Point, anchor: str, city: str) -> Box:
    width = len(city) * _LETTER + 4
    left = label[0] - {"start": 2, "middle": width / 2, "end": width - 2}[anchor]
    return left, label[1] - _LINE * 0.8, left + width, label[1] + _LINE * 0.25


def _box_around(point: Point, half: float) -> Box:
    return point[0] - half, point[1] - half, point[0] + half, point[1] + half


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0


def _outside(box: Box) -> float:
    return max(0, -box[0]) + max(0, -box[1]) + max(0, box[2] - WIDTH) + max(0, box[3] - HEIGHT)
