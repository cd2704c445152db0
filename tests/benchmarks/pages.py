"""What a page costs: its time on our server against a bare view on daphne, and its queries."""

import http.client
import json
import sys
import time
from statistics import median

from tests.benchmarks.contestants import Ours
from tests.benchmarks.process import Process, on_core

SECONDS = 1.5
HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}


def known(ours: Ours) -> dict[str, dict]:
    """Path and numbers of queries of each page, as the demo has them; found inside Django."""
    return json.loads(ours.run([sys.executable, "-m", "tests.benchmarks.queries"]))


def seconds_of(server: Process, path: str) -> float:
    """The median time of one request after another on one connection. Raises RuntimeError unless the answer is 200."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
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
