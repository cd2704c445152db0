"""Ratios of medians, what is wanted of them, and the table."""

from operator import ge, le

from tests.benchmarks.measure import Figures

# docs/testing.md says what each key means.
WANTED = {
    "room_daphne_vs_textbook_daphne": (ge, 2.5),
    "calm_p99_vs_textbook": (le, 1.5),
    "cpu_growth_160_to_1600": (le, 1.4),
    "memory_vs_textbook": (le, 1.0),
    "search_vs_raw_index": (le, 3),
    "page_home_queries": (le, 12),
    "page_leerkring_queries": (le, 12),
    "page_meeting_queries": (le, 12),
    "page_news_queries": (le, 12),
}


def room_ratios(ours: Figures, textbook: Figures, raw: Figures) -> Figures:
    """The live session against the others."""
    return {
        "room_daphne_vs_textbook_daphne": ours["per_second"] / textbook["per_second"],
        "room_daphne_vs_raw": ours["per_second"] / raw["per_second"],
        "calm_p99_vs_textbook": ours["calm_p99_ms"] / textbook["calm_p99_ms"],
        "cpu_growth_160_to_1600": ours["cpu_ms_per_1000_many"] / ours["cpu_ms_per_1000"],
        "cpu_growth_160_to_1600_textbook": textbook["cpu_ms_per_1000_many"] / textbook["cpu_ms_per_1000"],
        "memory_vs_textbook": ours["kB_per_connection"] / textbook["kB_per_connection"],
    }


def table(names: list[str], rows: list[tuple[str, list[float]]]) -> str:
    """Figures side by side, a column for each name."""
    lines = ["".join([f"{'':24}", *(f"{name:>12}" for name in names)])]
    lines += ["".join([f"{label:24}", *(f"{value:12,.1f}" for value in values)]) for label, values in rows]
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
