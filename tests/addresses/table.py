"""The tables on disk: what everybody is expected to get. Made by `make addresses`, read by who reviews rights."""

from pathlib import Path

from tests.addresses.scene import ROLES

OTHER = ("PUT", "PATCH", "DELETE")
METHODS = ("GET", "HEAD", "POST", *OTHER, "OPTIONS")
HEADING = "\t".join(["address", "method", *ROLES])


def file_of(part: str) -> Path:
    return Path(__file__).parent / f"{part}.tsv"


def read(part: str) -> list[str]:
    return file_of(part).read_text().splitlines()


def write(part: str, lines: list[str]) -> None:
    file_of(part).write_text("".join(f"{line}\n" for line in lines))


def lines(answers: dict[str, dict[str, list[str]]]) -> list[str]:
    """The lines of a table from address → method → a word for each role. Methods that get the same share a line.

    Where they say what is to be expected, they are left out: HEAD beside GET, OPTIONS beside OTHER.
    """
    found = [HEADING]
    for address, by_method in answers.items():
        alike: dict[tuple[str, ...], list[str]] = {}
        for method, words in by_method.items():
            alike.setdefault(tuple(words), []).append(method)
        found += ["\t".join([address, " ".join(_short(methods)), *words]) for words, methods in alike.items()]
    return found


def _short(methods: list[str]) -> list[str]:
    """The names of methods that get the same answers, as few as say it."""
    if set(OTHER) <= set(methods):
        methods = [method for method in methods if method not in (*OTHER, "OPTIONS")] + ["OTHER"]
    return [method for method in methods if method != "HEAD" or "GET" not in methods]
