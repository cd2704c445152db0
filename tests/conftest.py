"""Hooks of the whole suite: what a run leaves out is said, and with --no-skips a skip is a failure."""

from collections import Counter

import pytest

LEFT_OUT = {"e2e": "browser journeys", "server": "tests with a running server"}
LONGEST = {"tests/test_addresses.py", "tests/e2e/test_pages.py"}  # minutes
_left_out: Counter[str] = Counter()


def pytest_addoption(parser):
    parser.addoption(
        "--no-skips", action="store_true", help="count every skip and expected failure as a failure"
    )
    parser.addoption(
        "--write-addresses",
        action="store_true",
        help="write the tables of tests/addresses/ anew (make addresses)",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return _without_skips(item.config, (yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _without_skips(collector.config, (yield))


def _without_skips(config, report):
    if config.getoption("--no-skips") and (report.skipped or hasattr(report, "wasxfail")):
        report.outcome = "failed"
        report.longrepr = f"Skipped or expected to fail, which --no-skips forbids: {report.longrepr}"
        vars(report).pop("wasxfail", None)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that commits leaves empty tables behind, so it must not run before others of its process: `make test`.

    What takes longest comes first, so that at the end no process works alone while the others are through.
    """
    items.sort(key=lambda item: item.nodeid.partition("::")[0] not in LONGEST)
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None and marker.kwargs.get("transaction"):
            item.add_marker("commits")


def pytest_deselected(items):
    _left_out.update(mark for item in items for mark in LEFT_OUT if item.get_closest_marker(mark))


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(_left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Every worker leaves out the same."""
    _left_out.update(Counter(node.workeroutput["left_out"]) - _left_out)


def pytest_terminal_summary(terminalreporter):
    for mark, count in sorted(_left_out.items()):
        terminalreporter.write_line(f"Left to .ci/run (pytest -m {mark}): {count} {LEFT_OUT[mark]}")
