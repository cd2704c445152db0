"""Reads settings from the environment. The documented table of all of them is in docs/operations.md (tested)."""

import os
from datetime import date

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The value of `name` without surrounding white space, or `default` where it is unset."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """The value of `name` as yes or no. Raises ImproperlyConfigured on any other word."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def number(name: str, default: int) -> int:
    """The value of `name` as a whole number. Raises ImproperlyConfigured on anything else."""
    raw = text(name)
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """The value of `name` as a list, split at commas; empty parts are left out."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def days(name: str, default: str) -> list[int]:
    """The value of `name` as numbers of days, split at commas. Raises ImproperlyConfigured on anything else."""
    raw = words(name, default)
    if not all(word.isdecimal() and 0 < int(word) <= 30 for word in raw):
        raise ImproperlyConfigured(f"{name} must be numbers of days from 1 to 30, not {','.join(raw)!r}.")
    return sorted({int(word) for word in raw})


def day(name: str) -> date | None:
    """The value of `name` as a day, written 2026-05-31; None where it is unset. Raises ImproperlyConfigured."""
    raw = text(name)
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a day like 2026-05-31, not {raw!r}.") from None


def some(name: str, allowed: tuple[str, ...], default: str) -> list[str]:
    """The value of `name` as a list of words that are all `allowed`. Raises ImproperlyConfigured on any other."""
    found = words(name, default)
    if not set(found) <= set(allowed):
        raise ImproperlyConfigured(f"{name} may name {', '.join(allowed)}, not {','.join(found)!r}.")
    return found


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """The value of `name`, one of `allowed`. Raises ImproperlyConfigured on any other word."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def whole(**more: str) -> dict[str, str]:
    """The environment with `more` in it, for a program that we start."""
    return {**os.environ, **more}
