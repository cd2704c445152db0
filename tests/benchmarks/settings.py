"""The settings of production with one page more: a template without database (tests/benchmarks/urls.py)."""

from tafelronde.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
