"""A server's collector of garbage: what is loaded at the start is not looked through again."""

import subprocess
import sys

from django.conf import settings

from tafelronde import collector

TOLD = "import asgi, gc; print(gc.get_freeze_count(), *gc.get_threshold())"


def test_what_a_server_loads_is_left_out_of_every_look() -> None:
    """In a process of its own, as a server starts: all of Django and Wagtail is more than a hundred thousand things."""
    told = subprocess.run(
        [sys.executable, "-c", TOLD], cwd=settings.ROOT, capture_output=True, text=True, check=True
    )
    left_out, *thresholds = map(int, told.stdout.split())
    assert left_out > 100_000
    assert thresholds == [collector.YOUNG, collector.LOOKS, collector.LOOKS]
