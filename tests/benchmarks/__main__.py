"""`make bench`: all contestants in turn, round after round; prints a table and writes var/bench/latest.json."""

import argparse
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import engine, pages, report, search
from tests.benchmarks.contestants import Contestant, Data, Ours, Raw, Textbook
from tests.benchmarks.measure import FEW, MANY, Figures, medians, turn
from tests.benchmarks.process import ROOT
from tests.support.cluster import Postgres, Redis

FOLDER = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve() / "bench"


@dataclass(frozen=True)
class Services:
    """Addresses of a PostgreSQL and a Redis of our own, which end with the run."""

    postgres: str
    redis: str

    def database(self, name: str) -> str:
        return f"{self.postgres.rpartition('/')[0]}/{name}"


@contextmanager
def services() -> Iterator[Services]:
    postgres, redis = Postgres().start(), Redis().start()
    try:
        yield Services(postgres.url, redis.url)
    finally:
        redis.stop()
        postgres.remove()


def contestants(embedded: Data, outgrown: Data, beside: Services) -> list[Contestant]:
    """All of them; docs/testing.md says what each is."""
    textbook_database = {"TEXTBOOK_DATABASE": beside.database("postgres"), "TEXTBOOK_REDIS": beside.redis}
    return [
        Ours("ours", "calm many", embedded),
        Ours("ours nameless", "", embedded, rooms="nameless"),
        Textbook("textbook", "calm many"),
        Raw("raw", "burst calm storm many"),
        Ours("ours uvicorn", "burst calm slow storm many", outgrown, "uvicorn"),
        Textbook("textbook uvicorn", "calm storm", "uvicorn"),
        Ours("ours two", "calm", outgrown, "uvicorn", 2, REDIS_URL=beside.redis),
        Textbook("textbook two", "calm", "uvicorn", 2, **textbook_database),
    ]


def rooms(all_of_them: list[Contestant], rounds: int, seconds: float) -> dict[str, Figures]:
    """The medians of each contestant; who begins changes with each round."""
    turns: dict[str, list[Figures]] = {contestant.name: [] for contestant in all_of_them}
    for number in range(rounds):
        shift = number * len(all_of_them) // rounds
        for contestant in all_of_them[shift:] + all_of_them[:shift]:
            say(f"round {number + 1} of {rounds}: {contestant.name}")
            turns[contestant.name].append(turn(contestant, seconds))
    return {name: medians(figures) for name, figures in turns.items()}


def say(words: str) -> None:
    print(f"  {words} …", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each load")
    parser.add_argument("--only", nargs="*", help="of the rooms only these contestants, and nothing else")
    options = parser.parse_args()
    _allow_connections(MANY * 8 + 200)
    began, busy = time.monotonic(), os.getloadavg()[0]
    if busy > 1:
        say(f"other work runs on this machine (load {busy:.1f}): even ratios will be off")
    with services() as beside:
        embedded = Data(FOLDER / "embedded", MANY, FEW)
        outgrown = Data(FOLDER / "outgrown", MANY, 0, beside.database("tafelronde"))
        chosen = contestants(embedded, outgrown, beside)
        if options.only:
            chosen = [contestant for contestant in chosen if contestant.name in options.only]
        found = rooms(chosen, options.rounds, options.seconds)
        print(report.table(found))
        if options.only:
            return
        ratios = report.room_ratios(found) | engine.ratios(options.rounds)
        say("pages")
        ratios |= pages.ratios(embedded, options.rounds)
        ratios |= search.ratios(embedded.run, ["", beside.database("tafelronde")])
    print(report.verdicts(ratios), sep="\n\n")
    about = {
        "rounds": options.rounds,
        "seconds": round(time.monotonic() - began),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load_before": busy,
    }
    (FOLDER / "latest.json").write_text(
        json.dumps({**ratios, "contestants": found, "run": about}, indent=2) + "\n"
    )
    print(f"\n{about['seconds']} s; written to {FOLDER / 'latest.json'}")


def _allow_connections(wanted: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < wanted:
        sys.exit(f"The bench opens {wanted} connections and this shell allows {most}: ulimit -n {wanted}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


if __name__ == "__main__":
    main()
