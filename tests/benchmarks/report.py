"""Ratios of medians, what is wanted of them, and the table."""

from operator import ge, le

from tests.benchmarks.measure import Figures

PAGES = ("home", "leerkring", "meeting", "news")
# docs/testing.md says what each key means.
WANTED = {
    "room_daphne_vs_textbook_daphne": (ge, 2.5),
    "room_uvicorn_vs_textbook_uvicorn": (ge, 5),
    "room_two_processes_vs_redis_layer_with_orm": (ge, 5),
    "slow_query_p99_vs_itself": (le, 1.5),
    "calm_p99_vs_textbook": (le, 1.5),
    "cpu_growth_160_to_1600": (le, 1.4),
    "memory_vs_textbook": (le, 1.0),
    "anonymous_round_vs_open_chat": (le, 1.3),
    "decide_1000_vs_10_events": (le, 1.5),
    "search_vs_raw_index": (le, 3),
    "page_kept_vs_bare": (le, 0.5),
    **{f"page_{name}_vs_template": (le, 5) for name in PAGES},
    **{f"page_{name}_vs_wagtail_demo": (ge, 4) for name in PAGES},
    **{f"page_{name}_queries": (le, 12) for name in PAGES},
}


def room_ratios(found: dict[str, Figures]) -> Figures:
    """The live session against the others; `found` has the medians of each contestant."""
    ours, textbook, raw = found["ours"], found["textbook"], found["raw"]
    uvicorn, two = found["ours uvicorn"], found["ours two"]
    return {
        "room_daphne_vs_textbook_daphne": ours["per_second"] / textbook["per_second"],
        "room_daphne_vs_raw": ours["per_second"] / raw["per_second"],
        "room_uvicorn_vs_textbook_uvicorn": uvicorn["per_second"] / found["textbook uvicorn"]["per_second"],
        "room_uvicorn_vs_raw": uvicorn["per_second"] / raw["per_second"],
        "room_two_processes_vs_redis_layer_with_orm": two["per_second"] / found["textbook two"]["per_second"],
        "burst_vs_raw": uvicorn["burst_per_second"] / raw["burst_per_second"],
        "calm_p99_vs_textbook": ours["calm_p99_ms"] / textbook["calm_p99_ms"],
        "slow_query_p99_vs_itself": uvicorn["slow_p99_ms"] / uvicorn["calm_p99_ms"],
        "connect_vs_raw": uvicorn["storm_per_second"] / raw["storm_per_second"],
        "cpu_growth_160_to_1600": ours["cpu_ms_per_1000_many"] / ours["cpu_ms_per_1000"],
        "cpu_growth_160_to_1600_textbook": textbook["cpu_ms_per_1000_many"] / textbook["cpu_ms_per_1000"],
        "anonymous_round_vs_open_chat": found["ours nameless"]["cpu_ms_per_1000"] / ours["cpu_ms_per_1000"],
        "memory_vs_textbook": ours["kB_per_connection"] / textbook["kB_per_connection"],
    }


def table(found: dict[str, Figures]) -> str:
    """Figures side by side, a column for each contestant."""
    labels = list(dict.fromkeys(key for figures in found.values() for key in figures))
    lines = ["".join([f"{'':22}", *(f"{name:>18}" for name in found)])]
    for label in labels:
        cells = [f"{figures[label]:18,.1f}" if label in figures else " " * 18 for figures in found.values()]
        lines.append("".join([f"{label:22}", *cells]))
    return "\n".join(lines)


def verdicts(ratios: Figures) -> str:
    """Each ratio with what is wanted of it, and whether that is met."""
    return "\n".join(f"{key:36}{value:8.2f}   {_verdict(key, value)}" for key, value in ratios.items())


def _verdict(key: str, value: float) -> str:
    if key not in WANTED:
        return ""
    compare, goal = WANTED[key]
    sign = "≥" if compare is ge else "≤"
    return f"wanted {sign} {goal:g}: {'met' if compare(value, goal) else 'NOT MET'}"
