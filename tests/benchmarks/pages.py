"""What a page costs: its time on our server against a bare view on daphne, and its queries."""

import http.client
import json
import sys
import time
from statistics import median

from tests.benchmarks.contestants import Data
from tests.benchmarks.measure import HEADERS
from tests.benchmarks.process import Running, on_core

SECONDS = 1.5


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
