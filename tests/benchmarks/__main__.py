"""`make bench`: all contestants in turn, round after round; prints a table and writes var/bench/latest.json."""

import argparse
import json
import os
import platform
import resource
import sys
import time
from pathlib import Path
from statistics import median

from tests.benchmarks import pages, report, search
from tests.benchmarks.contestants import Ours, Raw, Textbook
from tests.benchmarks.measure import MANY, Figures, medians, turn
from tests.benchmarks.process import ROOT

FOLDER = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve() / "bench"


def rooms(ours: Ours, rounds: int, seconds: float) -> dict[str, Figures]:
    """The medians of each contestant; who begins changes with each round."""
    contestants = [ours, Textbook(), Raw()]
    turns: dict[str, list[Figures]] = {contestant.name: [] for contestant in contestants}
    for number in range(rounds):
        for contestant in contestants[number % 3 :] + contestants[: number % 3]:
            say(f"round {number + 1} of {rounds}: {contestant.name}")
            turns[contestant.name].append(turn(contestant, seconds))
    return {name: medians(figures) for name, figures in turns.items()}


def page_ratios(ours: Ours, rounds: int) -> Figures:
    """Each page against a bare view, and its queries."""
    say("pages")
    known = pages.known(ours)
    server, bare = ours.start(), Textbook().start()
    try:
        taken: dict[str, list[float]] = {"bare": [], **{name: [] for name in known}}
        for _ in range(rounds):
            taken["bare"].append(pages.seconds_of(bare, "/"))
            for name, page in known.items():
                taken[name].append(pages.seconds_of(server, page["path"]))
    finally:
        server.stop()
        bare.stop()
    times = {name: median(values) for name, values in taken.items()}
    ratios = {f"page_{name}_vs_bare": times[name] / times["bare"] for name in known}
    return ratios | {f"page_{name}_queries": page["queries"] for name, page in known.items()}


def say(words: str) -> None:
    print(f"  {words} …", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each load")
    options = parser.parse_args()
    _allow_connections(MANY * 8 + 200)
    began, busy = time.monotonic(), os.getloadavg()[0]
    if busy > 1:
        say(f"other work runs on this machine (load {busy:.1f}): even ratios will be off")
    say("preparing the rooms")
    ours = Ours(FOLDER / "data", MANY)
    medians_of = rooms(ours, options.rounds, options.seconds)
    ratios = report.room_ratios(medians_of["ours"], medians_of["textbook"], medians_of["raw"])
    ratios |= page_ratios(ours, options.rounds)
    ratios |= search.ratios(ours.run)
    rows = [(key, [figures[key] for figures in medians_of.values()]) for key in medians_of["ours"]]
    print(report.table(list(medians_of), rows), report.verdicts(ratios), sep="\n\n")
    about = {
        "rounds": options.rounds,
        "seconds": round(time.monotonic() - began),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load_before": busy,
    }
    (FOLDER / "latest.json").write_text(
        json.dumps({**ratios, "contestants": medians_of, "run": about}, indent=2) + "\n"
    )
    print(f"\n{about['seconds']} s; written to {FOLDER / 'latest.json'}")


def _allow_connections(wanted: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < wanted:
        sys.exit(f"The bench opens {wanted} connections and this shell allows {most}: ulimit -n {wanted}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


if __name__ == "__main__":
    main()
