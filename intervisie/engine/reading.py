"""Readers for single values in a method's JSON. All take a value and its place, and raise MethodError with that place."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from intervisie.engine.errors import MethodError
from intervisie.engine.method import Text

T = TypeVar("T")
_MISSING = object()


class Reader:
    """One JSON object with its place in the file. Every key must be asked for: `done` complains about the rest."""

    def __init__(self, data: object, path: str) -> None:
        if not isinstance(data, Mapping):
            raise MethodError(path or "method", "must be an object")
        self._data, self._path, self._asked = data, path, set[str]()

    def place(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def names(self) -> list[str]:
        return [str(key) for key in self._data]

    def get(self, key: str, read: Callable[[object, str], T], default: object = _MISSING) -> T:
        """The value of `key`, read; the default where it is not there. Raises MethodError."""
        self._asked.add(key)
        if key not in self._data:
            if default is _MISSING:
                raise MethodError(self.place(key), "is missing")
            return default  # type: ignore[return-value]
        return read(self._data[key], self.place(key))

    def done(self) -> None:
        for key in self.names():
            if key not in self._asked:
                raise MethodError(self.place(key), "is not known")


def text(data: object, path: str) -> Text:
    """A text in both languages, neither of them empty."""
    read = Reader(data, path)
    result = Text(nl=read.get("nl", word), en=read.get("en", word))
    read.done()
    return result


def listed(read: Callable[[object, str], T]) -> Callable[[object, str], tuple[T, ...]]:
    """A reader for a list of what `read` reads."""

    def read_all(data: object, path: str) -> tuple[T, ...]:
        if not isinstance(data, (list, tuple)):
            raise MethodError(path, "must be a list")
        return tuple(read(one, f"{path}[{index}]") for index, one in enumerate(data))

    return read_all


def one_of(*words: str) -> Callable[[object, str], str]:
    """A reader for one of these words."""

    def read_word(data: object, path: str) -> str:
        if not isinstance(data, str) or data not in words:
            raise MethodError(path, f"must be one of {', '.join(words)}")
        return data

    return read_word


def word(data: object, path: str) -> str:
    """A text that is not empty."""
    if not isinstance(data, str) or not data.strip():
        raise MethodError(path, "must be a text")
    return data


def whole(data: object, path: str) -> int:
    """A whole number, 0 or more."""
    if type(data) is not int or data < 0:
        raise MethodError(path, "must be a whole number, 0 or more")
    return data


def number(data: object, path: str) -> float:
    """A number above 0 and below 1000."""
    if type(data) not in (int, float) or not 0 < float(data) < 1000:  # type: ignore[arg-type]
        raise MethodError(path, "must be a number above 0")
    return float(data)  # type: ignore[arg-type]


def truth(data: object, path: str) -> bool:
    """True or false."""
    if type(data) is not bool:
        raise MethodError(path, "must be true or false")
    return data
