"""`manage.py methods`: what is shipped, what is wrong, and how it ends."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from intervisie import engine
from tests.intervisie.engine_support import make_step, method_json


def said(*words: str, **options: Any) -> tuple[str, str, str]:
    """What the command wrote, what it complained of, and with which error it ended."""
    out, errors, end = StringIO(), StringIO(), ""
    try:
        call_command("methods", *words, stdout=out, stderr=errors, **options)
    except CommandError as fault:
        end = str(fault)
    return out.getvalue(), errors.getvalue(), end


def write(folder: Path, name: str, data: Any) -> str:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return str(path)


def test_all_that_is_shipped_stands_in_the_table_and_is_sound() -> None:
    out, errors, end = said()
    head, *rows, last = out.splitlines()
    assert head.split() == ["id", "name", "steps", "minutes", "estimated", "group", "licence", "linter"]
    assert [row.split()[0] for row in rows] == list(engine.load_shipped())
    assert {row.split()[-1] for row in rows} == {"sound"}
    assert (last, errors, end) == (f"{len(rows)} sound.", "", "")
    (inc6,) = [row for row in rows if row.startswith("INC6 ")]
    assert " ".join(inc6.split()) == "INC6 Incident method 7 50 20% 5-8, best 7 EUPL-1.2 sound"


def test_columns_stand_below_each_other() -> None:
    head, *rows, _ = said()[0].splitlines()
    place = head.index("linter")
    assert {row[place : place + 5] for row in rows} == {"sound"}
    assert {row[place - 2 : place] for row in rows} == {"  "}


def test_nothing_is_said_where_only_faults_are_wanted() -> None:
    assert said(verbosity=0) == ("", "", "")


def test_a_method_of_ones_own_is_checked(tmp_path: Path) -> None:
    steps = (make_step("talk", minutes={"default": 30, "estimated": True}), make_step("pause"))
    out, errors, end = said(write(tmp_path, "own.json", method_json(*steps)))
    assert out.splitlines()[1].split()[:5] == ["TEST", "text", "2", "35", "86%"]
    assert (out.splitlines()[-1], errors, end) == ("Sound.", "", "")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ('{"id": ', "own.json: is not JSON: "),
        ("[" * 100_000, "own.json: is not JSON: "),
        ("[]", "own.json: method: must be an object"),
        ({"id": "X"}, "own.json: version: is missing"),
        (
            method_json(make_step("talk", minutes={"default": 0})),
            "own.json: steps[0].minutes.default: must be a number above 0",
        ),
        (method_json(make_step("talk", actors=[])), "own.json: steps[0] (talk): nobody acts"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, data: Any, fault: str) -> None:
    _, errors, end = said(write(tmp_path, "own.json", data))
    assert fault in errors
    assert end == "1 of 1 not sound."


def test_a_file_that_cannot_be_read_spoils_no_other(tmp_path: Path) -> None:
    sound = write(tmp_path, "sound.json", method_json(make_step("talk")))
    latin = tmp_path / "latin.json"
    latin.write_bytes('{"id": "é"}'.encode("latin-1"))
    out, errors, end = said(sound, str(tmp_path / "gone.json"), str(latin), str(tmp_path))
    assert [row.split()[0] for row in out.splitlines()] == ["id", "TEST"]
    assert "gone.json: cannot be read: No such file or directory" in errors
    assert "latin.json: is not JSON: " in errors
    assert end == "3 of 4 not sound."
