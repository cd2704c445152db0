"""Makes the map of the Netherlands in dots from communities/data/places_nl.csv (GeoNames, CC BY 4.0)."""

import math
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from communities.atlas import HEIGHT, WIDTH, project, rows  # noqa: E402

TARGET = ROOT / "communities/static/communities/netherlands.svg"
STEP = 6
REACH = 1.05  # how many steps a place reaches: villages lie closer together than this, shores do not

Cell = tuple[int, int]


def land() -> set[Cell]:
    """The cells of the grid with a place nearby, and those that such cells enclose."""
    places = [project(float(row["latitude"]), float(row["longitude"])) for row in rows()]
    grid = [(column, line) for line in range(HEIGHT // STEP) for column in range(WIDTH // STEP)]
    near = {cell for cell in grid if min(math.dist(place, middle(cell)) for place in places) <= REACH * STEP}
    return near | {cell for cell in grid if enclosed(cell, near)}


def middle(cell: Cell) -> tuple[float, float]:
    return (cell[0] + 0.5) * STEP, (cell[1] + 0.5) * STEP


def enclosed(cell: Cell, near: set[Cell]) -> bool:
    """Heath and polder: land on at least three of four sides."""
    column, line = cell
    sides = [(column - 1, line), (column + 1, line), (column, line - 1), (column, line + 1)]
    return sum(side in near for side in sides) >= 3


def drawing(cells: set[Cell]) -> str:
    """One path of round points, to be used in any colour."""
    points = "".join(
        f"M{column * STEP + STEP // 2} {line * STEP + STEP // 2}h0" for column, line in sorted(cells)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"><!-- Places: GeoNames, CC BY 4.0. Made by scripts/dots.py -->'
        f'<symbol id="dots" viewBox="0 0 {WIDTH} {HEIGHT}"><path fill="none" stroke="currentColor" stroke-width="3.1" '
        f'stroke-linecap="round" d="{points}"/></symbol></svg>\n'
    )


if __name__ == "__main__":
    TARGET.write_text(drawing(land()))
