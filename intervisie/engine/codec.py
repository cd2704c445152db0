"""Frozen dataclasses to JSON values and back, exactly. Fields that hold their default are left out."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Turn = Callable[[Any], Any]


def encode(value: Any) -> dict[str, Any]:
    """A dataclass instance as a JSON object."""
    kind: Any = type(value)
    result: dict[str, Any] = _encoder(kind)(value)
    return result


def decode(kind: type[T], data: object) -> T:
    """The instance of `kind` in this JSON object. Raises ValueError for a shape that does not fit."""
    shape: Any = kind
    try:
        result: T = _decoder(shape)(data)
        return result
    except (TypeError, KeyError, AttributeError) as problem:
        raise ValueError(f"no {kind.__name__}: {problem}") from problem


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _same(value: Any) -> Any:
    return value


@cache
def _encoder(kind: Any) -> Turn:
    """What turns a value of this type into JSON; sets are sorted so that equal states give equal bytes."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        inner = _encoder(_only(args))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        inner = _encoder(args[0])
        return lambda value: [inner(one) for one in value]
    if origin is frozenset:
        return sorted
    if origin is Mapping:
        inner = _encoder(args[1])
        return lambda value: {str(key): inner(one) for key, one in value.items()}
    if is_dataclass(kind):
        return _object_encoder(kind)
    return _same


def _object_encoder(kind: Any) -> Turn:
    hints = get_type_hints(kind)
    parts = [(field.name, _default(field), _encoder(hints[field.name])) for field in fields(kind)]

    def turn(value: Any) -> dict[str, Any]:
        result = {}
        for name, default, inner in parts:
            one = getattr(value, name)
            if one is default or one == default:
                continue
            result[name] = inner(one)
        return result

    return turn


@cache
def _decoder(kind: Any) -> Turn:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        inner = _decoder(_only(args))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        inner = _decoder(args[0])
        return lambda value: tuple([inner(one) for one in _as_list(value)])
    if origin is frozenset:
        inner = _decoder(args[0])
        return lambda value: frozenset([inner(one) for one in _as_list(value)])
    if origin is Mapping:
        key, inner = args[0], _decoder(args[1])
        return lambda value: {key(name): inner(one) for name, one in value.items()}
    if is_dataclass(kind):
        return _object_decoder(kind)
    return _plain(kind)


def _object_decoder(kind: Any) -> Turn:
    hints = get_type_hints(kind)
    inner = {field.name: _decoder(hints[field.name]) for field in fields(kind)}

    def turn(data: Any) -> Any:
        return kind(**{name: inner[name](value) for name, value in data.items()})

    return turn


def _plain(kind: type) -> Turn:
    def turn(value: Any) -> Any:
        if kind is float and type(value) is int:
            return float(value)
        if type(value) is not kind:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value

    return turn


_as_list = _plain(list)


def _only(args: tuple[Any, ...]) -> Any:
    """The type beside None in `X | None`."""
    (kind,) = (one for one in args if one is not NoneType)
    return kind
