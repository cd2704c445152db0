"""What a page costs on our server, drawn and kept: against a bare view, a template, Wagtail's demo; and its queries."""

import http.client
import json
import sys
import time
from statistics import median

from tests.benchmarks.contestants import Data, Ours, Textbook
from tests.benchmarks.measure import HEADERS, Figures
from tests.benchmarks.process import Running, on_core

SECONDS = 1.5
TEMPLATE = "/sjabloon/"  # tests/benchmarks/urls.py
# Requests per second of a bare view and of pages of Wagtail's demo project (bakerydemo 8e2b625, Wagtail 8.0.1) on daphne,
# in one run, of which the ratio counts: home, list of the blog, page of the blog.
DEMO_BARE, DEMO_HOME, DEMO_LIST, DEMO_DETAIL = 407, 12.5, 22.5, 24.5
DEMO = {"home": DEMO_HOME, "leerkring": DEMO_DETAIL, "meeting": DEMO_DETAIL, "news": DEMO_LIST}


def known(data: Data) -> dict[str, dict]:
    """Path and numbers of queries of each page, as the demo has them; found inside Django."""
    return json.loads(data.run([sys.executable, "-m", "tests.benchmarks.queries"]))


def seconds_of(server: Running, path: str) -> float:
    """The median time of one request after another on one connection. Raises RuntimeError unless the answer is 200."""
    connection = http.client.HTTPConnection("127.0.0.1", server.ports[0], timeout=30)
    taken: list[float] = []
    with on_core(1):
        end = time.perf_counter() + SECONDS
        while time.perf_counter() < end or len(taken) < 20:
            began = time.perf_counter()
            connection.request("GET", path, headers=HEADERS)
            response = connection.getresponse()
            response.read()
            taken.append(time.perf_counter() - began)
            if response.status != 200:
                raise RuntimeError(f"{path}: {response.status}")
    connection.close()
    return median(taken[5:])


def ratios(data: Data, rounds: int) -> Figures:
    """Each page, drawn anew, against the others; the home page as it is kept; and the queries."""
    data.fresh()
    pages = known(data)
    paths = {"template": TEMPLATE, **{name: page["path"] for name, page in pages.items()}}
    env = {"PAGE_CACHE_SECONDS": "0", "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
    taken: dict[str, list[float]] = {name: [] for name in ("bare", "kept", *paths)}
    bare = Textbook("textbook", "").start()
    try:
        drawing = Ours("ours", "", data, **env).start()
        for _ in range(rounds):
            taken["bare"].append(seconds_of(bare, "/"))
            for name, path in paths.items():
                taken[name].append(seconds_of(drawing, path))
        drawing.stop()
        keeping = Ours("ours", "", data).start()
        for _ in range(rounds):
            taken["kept"].append(seconds_of(keeping, "/"))
        keeping.stop()
    finally:
        bare.stop()
    queries = {f"page_{name}_queries": page["queries"] for name, page in pages.items()}
    return from_times({name: median(values) for name, values in taken.items()}) | queries


def from_times(seconds: dict[str, float]) -> Figures:
    """What the medians say."""
    found = {"page_kept_vs_bare": seconds["kept"] / seconds["bare"]}
    for name, demo in DEMO.items():
        vs_bare = seconds[name] / seconds["bare"]
        found[f"page_{name}_vs_bare"] = vs_bare
        found[f"page_{name}_vs_template"] = seconds[name] / seconds["template"]
        found[f"page_{name}_vs_wagtail_demo"] = DEMO_BARE / demo / vs_bare
    return found
